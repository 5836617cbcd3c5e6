"""Ids of rows as a request names them. Pure."""

#: Longer numbers are in no column, and Python itself refuses to read very long ones.
_LONGEST = 18


def row_id(text: str) -> int:
    """Read an id; 0, which no row has, for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0

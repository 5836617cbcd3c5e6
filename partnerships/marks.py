"""A short mark of what a form showed: it differs when anything in it was changed since. Pure."""

import hashlib


def mark_of(*values: object) -> str:
    """Values whose `repr` tells all of them: numbers, texts, dates and tuples of these."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]

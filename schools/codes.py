"""Codes of catalogue rows, made from their names: Latin letters, digits and underscores. Pure."""

from collections.abc import Collection

from common.search import fold

LONGEST = 60
#: The code of a name in letters that this table does not know.
NAMELESS = "row"
_ROOM_FOR_NUMBER = 6
_SOUNDS = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
_LATIN = dict(zip("абвгдежзийклмнопрстуфхцчшщыэюя", _SOUNDS.split(), strict=True))
_LATIN |= {"ъ": "", "ь": ""}


def code_of(name: str, taken: Collection[str]) -> str:
    """A code that is not taken yet; with a number at its end where the plain one is."""
    code = _latin(name)[: LONGEST - _ROOM_FOR_NUMBER].strip("_") or NAMELESS
    if code not in taken:
        return code
    numbered = (f"{code}_{number}" for number in range(2, len(taken) + 3))
    return next(one for one in numbered if one not in taken)


def _latin(name: str) -> str:
    letters = "".join(_LATIN.get(letter, letter) for letter in fold(name))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in letters)
    return "_".join(words.split())

"""Who answers for an event, as plans write it: persons, posts, organisations, «все ОО». Pure."""

import re
from collections.abc import Iterable

#: Posts that plans of schools name most.
ROLES = (
    "директора школ",
    "заместители директоров по УВР",
    "руководители школьных МО",
    "педагог-психолог",
    "классные руководители",
    "все ОО",
)
_BREAKS = re.compile(r"[;\r\n]+")


def split(text: str) -> list[str]:
    """Those who are named: «;» and a line break separate, a comma may be inside of a post."""
    parts = (" ".join(part.split()) for part in _BREAKS.split(text))
    return [part for part in parts if part]


def joined(text: str) -> str:
    """The same in one line, as it is stored."""
    return "; ".join(split(text))


def suggestions(schools: Iterable[str]) -> list[str]:
    """What may be put in at one press: posts, then the schools of the pair."""
    return [*ROLES, *schools]

"""Slips of typists and of text recognition, mended before anything is read: folded text in, the
same out."""

import re
from collections.abc import Callable


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


Mended = str | Callable[[re.Match[str]], str]
_LIST: tuple[tuple[str, Mended], ...] = (
    # «О к т я б р ь» is one word
    (r"\b(?:[а-я] ){3,}[а-я]\b", _joined),
    # letters for digits: «1О.10.2026», «l5.10», «З0.09»; and back: «0ктябрь», «сентя6рь»
    (r"(?<=\d)[оo](?=[.\d/-]|\b)", "0"),
    (r"\b[оo](?=\d[.\d/])", "0"),
    (r"\b[lі|i](?=\d[.\d/])", "1"),
    (r"\bз(?=\d[.\d/])", "3"),
    (r"\b0(?=кт)", "о"),
    (r"(?<=[а-я])6(?=р)", "б"),
    # «15,10,2026» and «15 10 2026»
    (r"\b(\d{1,2})([ ,])(\d{1,2})\2(\d{4})(?!\d)", r"\1.\3.\4"),
    # other signs for a dash between two dates, a slash between two words
    (r"(?<=\S)\s*(?:\.{3,}|~|→|->)\s*(?=\w)", " - "),
    (r"(?<=[а-я.])(?<!п)\s*/\s*(?=[а-я]{3})", "-"),
    # midnight never begins anything: «15 октября, 14.00»
    (r",?\s*\b\d{1,2}\.00\b(?!\.\d)(?:\s*ч[а-я]*)?", " "),
)
_SLIPS = tuple((re.compile(pattern), how) for pattern, how in _LIST)


def mended(text: str) -> str:
    for pattern, how in _SLIPS:
        text = pattern.sub(how, text)
    return text

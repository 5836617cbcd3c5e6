"""Folding of texts for search, order and uniqueness; alike on SQLite and PostgreSQL.

SQLite knows case for ASCII only, so whatever is searched is folded in Python, stored in a
column of its own and looked up by plain `contains` of an equally folded query.
"""

import re
import unicodedata
from string import ascii_lowercase
from typing import Self

from django.db import models

MAX_TERMS = 10
MAX_TERM = 100
SORT_KEY_LENGTH = 200

_DROPPED = dict.fromkeys(map(ord, "«»‹›„“”‟‚‘’‛\"'`´\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CHANGED = str.maketrans({"ё": "е"} | dict.fromkeys("‐‑‒–—−", "-"))
_NUMBER_SIGN = re.compile(r"\s*(?:№[№.]*|(?<![a-z0-9])n[oо°º]?\.?)\s*(?=[0-9])")
_TOKENS = re.compile(r"[0-9]+|[^\W0-9_]+")

_JOINED = re.compile(r"(?<=\w)\(|\)(?=\w)")  # «О(С)ОШ» stands where «ОСОШ» would

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_KIN = str.maketrans("әғҙҗіїқҡңөҫүұһє", "агзжииккносуухе")  # neighbours of Russian letters
_BREAK, _NUMBER, _LATIN = "0", "1", "2"
_LETTERS = dict(zip(_CYRILLIC, "3456789" + ascii_lowercase[:25], strict=True))


def fold(text: str) -> str:
    """Return the form in which texts are stored for search and compared.

    Lower case, ё as е, plain spaces and hyphens, no quotes, and every spelling of
    a number («№ 3», «№3», «N 3», «No 3») as « №3» with one space before it.
    """
    text = unicodedata.normalize("NFC", text).lower().translate(_CHANGED).translate(_DROPPED)
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(_NUMBER_SIGN.sub(" №", text).split())


def terms(query: str) -> list[str]:
    """Return the folded words of a query, each once; a very long query is cut."""
    words = (word[:MAX_TERM] for word in fold(query[: MAX_TERMS * MAX_TERM]).split())
    return list(dict.fromkeys(words))[:MAX_TERMS]


def name_key(text: str) -> str:
    """Return letters and digits only, for uniqueness of names; legal forms stay in it."""
    return "".join(c for c in fold(text) if c.isalnum())


def sort_key(text: str) -> str:
    """Return a natural sort key of [0-9a-z] only, so that no collation reorders it.

    One character stands for a Russian letter, two for a Latin one. A number is written with its
    length in front, so «СОШ №2» precedes «СОШ №14». Order: numbers, Latin, Russian.
    """
    tokens = _TOKENS.findall(_JOINED.sub("", fold(text)).translate(_KIN))
    return _BREAK.join(_encoded(token) for token in tokens)[:SORT_KEY_LENGTH]


def _encoded(token: str) -> str:
    if token[0].isascii() and token[0].isdigit():
        digits = token.lstrip("0") or "0"
        length = min(len(digits), 35)
        return _NUMBER + ("0123456789" + ascii_lowercase)[length] + digits
    return "".join(_encoded_letter(letter) for letter in token)


def _encoded_letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    base = unicodedata.normalize("NFKD", letter)[0]  # é stands with e
    return _LATIN + base if base in ascii_lowercase else ""


class SearchQuerySet(models.QuerySet):
    """Adds `.search()` to a query set over a model with a folded column."""

    def search(self, query: str, field: str = "search_key") -> Self:
        """Keep the rows whose folded column contains every word of the query."""
        rows = self
        for term in terms(query):
            rows = rows.filter(**{f"{field}__contains": term})
        return rows

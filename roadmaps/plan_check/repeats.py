"""Events of a plan whose titles say the same. Pure.

Two titles are alike when they share two thirds of their words. Such sets must share one of their
rarest words, so each title is compared with those alone that have it: a plan of 3,000 rows costs
no 3,000 × 3,000 comparisons.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from math import ceil

from roadmaps.plan_check.content import Found
from roadmaps.plan_check.facts import PlanFacts, PlanRow
from roadmaps.plan_check.finding import Item, think

ALIKE = Fraction(2, 3)
_PART, _WHOLE = ALIKE.numerator, ALIKE.denominator
#: Endings of Russian words differ; these first letters tell the word.
_STEM = 6
#: No more titles are looked at for one row, those with its rarest words first.
_TRIED = 100
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "в,во,для,до,же,за,и,из,к,ко,на,не,о,об,от,по,с,со,у".split(",")  # noqa: SIM905 - a list of words
)

Words = frozenset[str]


def repeats(facts: PlanFacts) -> Found:
    """Rows that repeat an earlier one, each with the one that it resembles most."""
    if not facts.rows:
        return None
    items = tuple(
        Item(row.place, "повторяет", other.place, "" if share == 1 else _share_words(share))
        for row, other, share in alike(facts.rows)
    )
    return [think("repeat", "Мероприятия повторяют друг друга", items)] if items else []


def alike(rows: Iterable[PlanRow]) -> list[tuple[PlanRow, PlanRow, Fraction]]:
    """(row, an earlier one, share of common words) in the order of the plan."""
    named = [(row, words) for row in rows if (words := words_of(row.title))]
    frequency = Counter(word for _, words in named for word in words)
    first: dict[Words, PlanRow] = {}
    holders: dict[tuple[str, int], list[Words]] = defaultdict(list)
    found = []
    for row, words in named:
        if words in first:
            found.append((row, first[words], Fraction(1)))
            continue
        rare = _rarest(words, frequency)
        if best := _nearest(words, islice(_candidates(words, rare, holders), _TRIED)):
            found.append((row, first[best], Fraction(*_common(words, best))))
        first[words] = row
        for word in rare:
            holders[word, len(words)].append(words)
    return found


def _candidates(
    words: Words, rare: list[str], holders: Mapping[tuple[str, int], list[Words]]
) -> Iterator[Words]:
    """Earlier titles with one of the rare words and about as many words in all."""
    size = len(words)
    sizes = range(ceil(size * _PART / _WHOLE), size * _WHOLE // _PART + 1)
    for word in rare:
        for other in sizes:
            yield from reversed(holders.get((word, other), ()))


def words_of(title: str) -> Words:
    """Stems of the words that mean something."""
    words = _WORD.findall(title.casefold().replace("ё", "е"))
    return frozenset(_stem(word) for word in words if word not in _SMALL)


def _stem(word: str) -> str:
    """A word with figures is a name and has no ending."""
    return word[:_STEM] if word.isalpha() else word


def _rarest(words: Words, frequency: Counter[str]) -> list[str]:
    """A set that shares two thirds with another shares one of these."""
    kept = len(words) - ceil(len(words) * ALIKE) + 1
    return sorted(words, key=lambda word: (frequency[word], word))[:kept]


def _nearest(words: Words, others: Iterable[Words]) -> Words | None:
    """The most alike of those that are alike at all; the first of equals."""
    best, share = None, 0.0
    for other in others:
        common, whole = _common(words, other)
        if common * _WHOLE >= whole * _PART and common / whole > share:
            best, share = other, common / whole
    return best


def _common(one: Words, other: Words) -> tuple[int, int]:
    """How many words both have, and how many they have together."""
    common = len(one & other)
    return common, len(one) + len(other) - common


def _share_words(share: Fraction) -> str:
    return "на две трети" if share < Fraction(4, 5) else "почти полностью"

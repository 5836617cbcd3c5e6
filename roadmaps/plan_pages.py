"""Which rows of a long plan stand on which page: at most a hundred, across the three stages. Pure.

A plan of three thousand rows must open as quickly as one of a hundred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roadmaps.enums import Stage

PER_PAGE = 100


@dataclass(frozen=True)
class PageLink:
    """A page of the plan in a list of pages."""

    number: int
    text: str
    current: bool


@dataclass(frozen=True)
class PlanPages:
    """Pages of a plan; `sizes` is how many rows each stage has, `number` the page asked for."""

    sizes: Mapping[int, int]
    asked: int = 1
    per_page: int = PER_PAGE

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def number(self) -> int:
        """The nearest page that there is."""
        return max(1, min(self.asked, self.last))

    @property
    def first_row(self) -> int:
        """How many rows stand before this page."""
        return (self.number - 1) * self.per_page

    @property
    def has_others(self) -> bool:
        return self.last > 1

    def before(self, stage: int) -> int:
        """How many rows stand before the stage."""
        return sum(self.sizes.get(one, 0) for one in Stage.values if one < stage)

    def page_of(self, stage: int, place: int) -> int:
        """The page of the row that is `place`-th in its stage (from 1)."""
        return max(1, -(-(self.before(stage) + place) // self.per_page))

    def first_page_of(self, stage: int) -> int:
        return self.page_of(stage, 1)

    def ends_here(self, stage: int) -> bool:
        """Whether the place behind the last row of the stage is on this page."""
        return self.page_of(stage, max(1, self.sizes.get(stage, 0))) == self.number

    @property
    def links(self) -> list[PageLink]:
        """«строки 101–200» for each page; of very many the neighbours, the first and the last."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        return [self._link(page) for page in _within(near, self.last)]

    def _link(self, page: int) -> PageLink:
        start = (page - 1) * self.per_page + 1
        end = min(page * self.per_page, self.total)
        return PageLink(page, f"{start}–{end}" if end > start else str(start), page == self.number)


def asked_page(value: str) -> int:
    """The page of an address; nonsense is the first one."""
    return int(value[:9]) if value.isascii() and value.isdigit() else 1


def _within(pages: Iterable[int], last: int) -> list[int]:
    return [page for page in sorted(set(pages)) if 1 <= page <= last]

"""Pages of a list: never an error for a bad number, never a count of a whole large table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

COUNTED = 1000
_FARTHEST = 100_000  # beyond it the offset alone is not worth trying


@dataclass(frozen=True)
class Page:
    """One page. `total` and `last` are None when there are more than 1,000 rows."""

    items: list[Any]
    number: int
    per_page: int
    has_next: bool
    total: int | None
    path: str
    query: QueryDict

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_others(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def last(self) -> int | None:
        return None if self.total is None else _last(self.total, self.per_page)

    @property
    def total_text(self) -> str:
        return _text(self.total)

    @property
    def next_url(self) -> str:
        return self.url_for(self.number + 1)

    @property
    def previous_url(self) -> str:
        return self.url_for(self.number - 1)

    @property
    def links(self) -> list[tuple[int, str]]:
        """Numbers worth a link with their addresses: the first, the neighbours, the last."""
        near = {1, self.number - 1, self.number, self.last or 1}
        near |= {self.number + 1} if self.has_next else set()
        return [(number, self.url_for(number)) for number in sorted(near) if number > 0]

    def url_for(self, number: int) -> str:
        """Return the address of another page; the other parameters of the query stay."""
        query = self.query.copy()
        query.pop("page", None)
        if number > 1:
            query["page"] = str(number)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page_of(rows: QuerySet | Sequence[Any], request: HttpRequest, per_page: int = 25) -> Page:
    """Return the page named by the `page` parameter; the nearest one if there is no such page.

    The rows come first: a page that is not full is the last one, so nothing need be counted.
    """
    number = _asked(request)
    items = _slice(rows, number, per_page) if number <= _FARTHEST else []
    if not items and number > 1:
        number = _last(_whole(rows), per_page)
        items = _slice(rows, number, per_page)
    return Page(
        items=items[:per_page],
        number=number,
        per_page=per_page,
        has_next=len(items) > per_page,
        total=_total(rows, number, per_page, len(items)),
        path=request.path,
        query=request.GET,
    )


@dataclass(frozen=True)
class First:
    """The first rows of a list on a page of several; counted only where not all are shown."""

    rows: list[Any]
    total: str
    more: bool

    @classmethod
    def of(cls, rows: QuerySet, limit: int, counted: int = 100) -> Self:
        """`counted`: beyond it the exact number helps nobody and costs time."""
        found = list(rows[: limit + 1])
        more = len(found) > limit
        return cls(found[:limit], total_of(rows, counted) if more else str(len(found)), more)

    @property
    def count(self) -> int:
        """For the form of a word after the number: «больше 100» goes with the plural."""
        return int(self.total) if self.total.isdigit() else 0


def total_of(rows: QuerySet | Sequence[Any], limit: int = COUNTED) -> str:
    """How many rows there are, for a heading or a link: «12», «больше 1000»."""
    return _text(_count(rows, limit), limit)


def _text(total: int | None, limit: int = COUNTED) -> str:
    return f"больше {limit}" if total is None else str(total)


def _asked(request: HttpRequest) -> int:
    try:
        return max(1, int(request.GET.get("page", "1")[:9]))
    except ValueError:
        return 1


def _last(total: int, per_page: int) -> int:
    return max(1, -(-total // per_page))


def _count(rows: QuerySet | Sequence[Any], limit: int = COUNTED) -> int | None:
    """Count up to the limit; None beyond. The database stops there too, and sorts nothing."""
    if isinstance(rows, QuerySet):
        found = (rows if rows.query.is_sliced else rows.order_by())[: limit + 1].count()
    else:
        found = len(rows)
    return None if found > limit else found


def _slice(rows: QuerySet | Sequence[Any], number: int, per_page: int) -> list[Any]:
    """The page's rows and one more, if there is one: it tells that a next page exists."""
    start = (number - 1) * per_page
    return list(rows[start : start + per_page + 1])


def _total(rows: QuerySet | Sequence[Any], number: int, per_page: int, found: int) -> int | None:
    """As `_count`, known without asking where the page is the last one."""
    if found > per_page:
        return _count(rows)
    total = (number - 1) * per_page + found
    return None if total > COUNTED else total


def _whole(rows: QuerySet | Sequence[Any]) -> int:
    """The full count that only a page that does not exist costs."""
    return rows.order_by().count() if isinstance(rows, QuerySet) else len(rows)

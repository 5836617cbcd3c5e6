"""Heads of a table by which its rows may be sorted; the choice lives in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django import forms
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict

PARAMETER = "sort"
Rows = TypeVar("Rows", bound=QuerySet)


@dataclass(frozen=True)
class Order:
    """Columns of the database by which a key sorts. `largest_first`: so a first click sorts."""

    fields: tuple[str, ...]
    largest_first: bool = False


@dataclass(frozen=True)
class Head:
    """Heading of a column. `url` asks for the rows sorted by it; `state` as in `aria-sort`."""

    title: str
    url: str = ""
    state: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Sorting:
    """The order that the address asks for, among those that a list offers; the first is usual."""

    orders: Mapping[str, Order]
    key: str
    is_descending: bool
    request: HttpRequest

    @classmethod
    def of(cls, request: HttpRequest, orders: Mapping[str, Order]) -> Self:
        """Read `?sort=name` or `?sort=-name`; anything unknown is the usual order."""
        asked = request.GET.get(PARAMETER, "")
        key = asked.removeprefix("-")
        if key not in orders:
            usual = next(iter(orders))
            return cls(orders, usual, orders[usual].largest_first, request)
        return cls(orders, key, asked.startswith("-"), request)

    def sorted(self, rows: Rows) -> Rows:
        """Sort by the columns and then by key, all in one direction, as the indexes are; an
        empty value is the smallest on both databases. A column may be an annotation."""
        return rows.order_by(
            *(
                self._by(name, _may_be_empty(rows, name))
                for name in (*self.orders[self.key].fields, "pk")
            )
        )

    def _by(self, name: str, may_be_empty: bool) -> OrderBy:
        # Named only where a column may be empty: PostgreSQL's indexes know no other order.
        empty = True if may_be_empty else None
        if self.is_descending:
            return F(name).desc(nulls_last=empty)
        return F(name).asc(nulls_first=empty)

    def head(self, title: str, key: str = "") -> Head:
        """Heading with a link where `key` is one of the orders; a second click turns it round."""
        order = self.orders.get(key)
        if order is None:
            return Head(title)
        if key != self.key:
            return Head(title, self._url(key, order.largest_first))
        state = "descending" if self.is_descending else "ascending"
        return Head(title, self._url(key, not self.is_descending), state)

    def _url(self, key: str, is_descending: bool) -> str:
        query = self.request.GET.copy()
        for name in ("page", PARAMETER):
            query.pop(name, None)
        usual = next(iter(self.orders))
        if key != usual or is_descending != self.orders[usual].largest_first:
            query[PARAMETER] = f"-{key}" if is_descending else key
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


def _may_be_empty(rows: QuerySet, name: str) -> bool:
    if name == "pk":
        return False
    if name in rows.query.annotations:
        return True
    field: Any = rows.model._meta.get_field(name)
    return bool(field.null)


def back_to(request: HttpRequest, url: str) -> str:
    """The list with the filter that the person came from: the field `back` holds its query."""
    query = QueryDict(request.POST.get("back", "")[:2000].replace("\0", ""))
    return f"{url}?{query.urlencode()}" if query else url


def chosen_words(chosen: forms.Form) -> str:
    """What a filter narrows by, in words: «Вид: Гимназия; Какие: закрытые»."""
    shown = [chosen[name] for name in chosen.changed_data if name in chosen.cleaned_data]
    return "; ".join(f"{field.label}: {_word(field)}" for field in shown)


def _word(field: forms.BoundField) -> str:
    choices = getattr(field.field, "choices", ())
    asked = str(field.value())
    return next((str(label) for value, label in choices if str(value) == asked), asked)

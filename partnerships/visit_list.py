"""Visits as rows, on the tab of a card, on a page of the section and in a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.search import terms
from common.sheets import Heading, Rows, Value
from common.verdicts import Verdict
from partnerships.models import Visit
from partnerships.models.curator import VisitQuerySet
from partnerships.rules import visits as rules

HEADINGS = (
    Heading("Дата", 12),
    Heading("Партнёрство", 34),
    Heading("Какая школа", 22),
    Heading("Цель", 40),
    Heading("Что выяснилось", 60),
    Heading("Следующий шаг", 40),
    Heading("Кто делает", 18),
    Heading("Срок шага", 12),
    Heading("Шаг сделан", 12),
    Heading("Кто записал", 26),
)


@dataclass(frozen=True)
class VisitRow:
    visit: Visit
    change: Verdict
    finish: Verdict
    is_overdue: bool


def rows_of(visits: Sequence[Visit], user: User) -> list[VisitRow]:
    """Rows for visits fetched by `with_names`; nothing is asked of the database."""
    today = timezone.localdate()
    return [
        VisitRow(
            visit,
            rules.can_change(user, visit),
            rules.can_finish_step(user, visit),
            visit.is_overdue(today),
        )
        for visit in visits
    ]


def narrowed(visits: VisitQuerySet, chosen: Mapping[str, Any], on: date) -> VisitQuerySet:
    """What the filter asks for."""
    for word in terms(chosen.get("q", "")):
        # `icontains` of SQLite knows ASCII only; a visit has no search column of its own.
        either = {word, word.capitalize(), word.upper()}
        visits = visits.filter(
            Q(
                *(Q(purpose__contains=one) | Q(found__contains=one) for one in either),
                _connector="OR",
            )
        )
    if side := chosen.get("side"):
        visits = visits.filter(next_step_side=side)
    match chosen.get("step"):
        case "owed":
            return visits.owed()
        case "overdue":
            return visits.overdue(on)
        case "done":
            return visits.exclude(step_done_on=None)
        case "none":
            return visits.filter(next_step="")
    return visits


def lines_of(rows: Rows) -> Iterator[list[Value]]:
    """Lines of the file under `HEADINGS`."""
    for visits in rows.chunks():
        for visit in visits:
            yield [
                visit.visited_on,
                visit.partnership.title,
                visit.school.school.short_name if visit.school else "",
                visit.purpose,
                visit.found,
                visit.next_step,
                visit.get_next_step_side_display(),
                visit.next_step_by,
                visit.step_done_on,
                visit.author.list_name,
            ]

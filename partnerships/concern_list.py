"""Signals that a filter asks for, on pages and in a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from common.listing import Order
from common.sheets import Heading, Rows, Value
from common.verdicts import Verdict
from partnerships.concern_steps import step_of
from partnerships.enums import CONCERN_TRANSITIONS, CONCERN_VERBS
from partnerships.models import Concern, ConcernTransition, Partnership, PartnershipMember
from partnerships.models.concern import ConcernQuerySet
from partnerships.rules import concerns as rules

ORDERS = {"date": Order(("created_at",), largest_first=True), "state": Order(("state",))}
HEADINGS = (
    Heading("Дата", 12),
    Heading("Партнёрство", 40),
    Heading("О какой школе", 26),
    Heading("Что случилось", 26),
    Heading("Подробно", 60),
    Heading("Кто сообщил", 24),
    Heading("Состояние", 22),
    Heading("Последнее решение", 60),
)


@dataclass(frozen=True)
class ConcernStep:
    verb: str
    label: str
    verdict: Verdict


@dataclass(frozen=True)
class ConcernRow:
    """A signal with what may be done about it; `last` is the latest step after it was raised."""

    concern: Concern
    last: ConcernTransition | None
    suggestion: str
    steps: list[ConcernStep]


def with_all(concerns: ConcernQuerySet) -> ConcernQuerySet:
    """Fetch along the pair with its members, the school, the author and the log."""
    members = PartnershipMember.objects.select_related("school")
    log = ConcernTransition.objects.select_related("by").order_by("-at", "-pk")
    return concerns.select_related(
        "author", "member__school", "partnership__municipality"
    ).prefetch_related(
        Prefetch("partnership__members", members),
        "partnership__curators",
        Prefetch("transitions", log),
    )


def narrowed(concerns: ConcernQuerySet, chosen: Mapping[str, Any]) -> ConcernQuerySet:
    """Those asked for by `ConcernFilter`; without a state, all that are not resolved."""
    state = chosen.get("state")
    if not state:
        concerns = concerns.unresolved()
    elif state != "all":
        concerns = concerns.filter(state=state)
    if kind := chosen.get("kind"):
        concerns = concerns.filter(kind=kind)
    if query := chosen.get("q", ""):
        found = Partnership.objects.mentioning(query).order_by()
        concerns = concerns.filter(partnership__in=found.values("pk"))
    return concerns


def rows_of(concerns: list[Concern], user: User) -> list[ConcernRow]:
    """Rows for signals fetched by `with_all`; no query more."""
    return [
        ConcernRow(
            concern=concern,
            last=_last(concern),
            suggestion=step_of(concern.kind, concern.state),
            steps=steps_of(concern, user),
        )
        for concern in concerns
    ]


def steps_of(concern: Concern, user: User) -> list[ConcernStep]:
    """What the person may do now; what is forbidden for good is left out."""
    found = (
        ConcernStep(verb, CONCERN_VERBS[verb].capitalize(), rules.can_move(user, concern, verb))
        for verb in CONCERN_TRANSITIONS
    )
    return [step for step in found if step.verdict]


def _last(concern: Concern) -> ConcernTransition | None:
    return next((step for step in concern.transitions.all() if step.verb != "open"), None)


def lines_of(rows: Rows) -> Iterator[list[Value]]:
    """Lines of the file under `HEADINGS`."""
    for chunk in rows.chunks():
        for concern in chunk:
            last = _last(concern)
            yield [
                timezone.localdate(concern.created_at),
                concern.partnership.title,
                str(concern.member.school) if concern.member else "",
                concern.get_kind_display(),
                concern.text,
                concern.author.list_name if concern.author else "",
                concern.get_state_display(),
                last.comment if last else "",
            ]

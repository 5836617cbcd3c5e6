"""Cooled pairs among many: the facts of `roadmaps.cooling` as columns of one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from partnerships.enums import MemberRole, PartnershipKind, PartnershipState
from partnerships.models import (
    CuratorAssignment,
    NetworkSettings,
    Partnership,
    PartnershipMember,
    PartnershipTransition,
    Visit,
)
from partnerships.models.partnership import PartnershipQuerySet
from roadmaps.cooling import REPORTS, Border, Contact, ContactKind, Facts, Reason, Why, reasons_of
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState
from roadmaps.models import EventReport, Occurrence, ReportTransition, StageContact
from schools.models import Municipality

_NEVER = Value(date(1, 1, 1), output_field=DateField())
_DECISIONS = ("return", "confirm", "set_aside")
_BEGINNINGS = ("start", "resume")
_ONE_DAY = timedelta(days=1)
_OF_PAIR = {"event__rows__roadmap__partnership": OuterRef("pk")}


@dataclass(frozen=True)
class Cooled:
    """A pair with what was found of it. `contact`: «6 дней назад, посещение»."""

    partnership: Partnership
    last: Contact | None
    contact: str
    reasons: list[Reason]


def border_of(municipality: Municipality, today: date) -> Border:
    return Border(today, NetworkSettings.of(municipality).quiet_days)


def with_facts(partnerships: PartnershipQuerySet, border: Border) -> PartnershipQuerySet:
    """Add what `facts_of` reads. Nothing is asked yet; each column costs a look into the rows of
    the pair alone."""
    held = Occurrence.objects.held().filter(**_OF_PAIR).order_by("-held_on")
    visits = Visit.objects.filter(partnership=OuterRef("pk")).order_by("-visited_on")
    meetings = StageContact.objects.filter(roadmap__partnership=OuterRef("pk"))
    begun = PartnershipTransition.objects.filter(instance=OuterRef("pk"), verb__in=_BEGINNINGS)
    return partnerships.annotate(
        last_held=Subquery(held.values("held_on")[:1]),
        last_visit=Subquery(visits.values("visited_on")[:1]),
        last_meeting=Subquery(meetings.order_by("-happened_on").values("happened_on")[:1]),
        began_at=Subquery(begun.order_by("-at", "-pk").values("at")[:1]),
        next_planned=Subquery(_planned(border).values("day")[:1]),
        **_decisions(),
        **_sides(border),
    )


def cooled(partnerships: PartnershipQuerySet, border: Border, why: str = "") -> PartnershipQuerySet:
    """Active pairs with a reason (or with this one), those longest without contact first.

    Teams and seminars have neither a side that helps nor one that is helped: no pairs.
    """
    active = partnerships.filter(state=PartnershipState.ACTIVE, kind=PartnershipKind.SUPPORT)
    rows = with_facts(active, border)
    last = Greatest(
        *(Coalesce(name, _NEVER) for name in ("last_held", "last_visit", "last_meeting"))
    )
    found = _conditions(border)
    asked = [found[Why(why)]] if why in set(Why) else list(found.values())
    return rows.annotate(last_day=last).filter(reduce(or_, asked)).order_by("last_day", "pk")


def facts_of(row: Any) -> Facts:
    """Facts of a pair fetched by `with_facts`."""
    days = {
        ContactKind.HELD: row.last_held,
        ContactKind.VISIT: row.last_visit,
        ContactKind.MEETING: row.last_meeting,
    }
    known = [Contact(day, kind) for kind, day in days.items() if day]
    returned = row.last_verb == row.verb_before == "return"
    return Facts(
        last=max(known, key=lambda contact: contact.day, default=None),
        began=_day(row.began_at),
        next_planned=row.next_planned,
        returned=_days(row.last_decided, row.decided_before) if returned else None,
        enough=row.enough_sent,
        lead_seen=(row.lead_sent or row.curator_came) if row.has_lead else None,
        target_seen=(row.target_sent or row.target_visited) if row.has_target else None,
    )


def cooled_rows(rows: Iterable[Any], border: Border) -> list[Cooled]:
    """Words for pairs fetched by `cooled`; nothing is asked of the database."""
    found = []
    for row in rows:
        facts = facts_of(row)
        contact = facts.last.words(border.today) if facts.last else "контактов не записано"
        found.append(Cooled(row, facts.last, contact, reasons_of(facts, border)))
    return found


def _planned(border: Border) -> QuerySet:
    """What begins or is due in the next days, in approved roadmaps that run."""
    days = (border.today, border.ahead)
    near = Q(starts_on__range=days) | Q(ends_on__range=days)
    rows = Occurrence.objects.filter(
        near,
        state=OccurrenceState.PLANNED,
        event__rows__roadmap__state=RoadmapState.RUNNING,
        **_OF_PAIR,
    )
    day = Case(When(starts_on__gte=border.today, then=F("starts_on")), default=F("ends_on"))
    return rows.annotate(day=day).order_by("day")


def _decisions() -> dict[str, Subquery]:
    """The two latest decisions about reports of the pair."""
    path = "instance__occurrence__event__rows__roadmap__partnership"
    rows = ReportTransition.objects.filter(verb__in=_DECISIONS, **{path: OuterRef("pk")})
    rows = rows.order_by("-at", "-pk")
    return {
        "last_verb": Subquery(rows.values("verb")[:1]),
        "last_decided": Subquery(rows.values("at")[:1]),
        "verb_before": Subquery(rows.values("verb")[1:2]),
        "decided_before": Subquery(rows.values("at")[1:2]),
    }


def _sides(border: Border) -> dict[str, Exists]:
    """Whether each side has shown itself lately, and whether there is such a side."""
    since = _moment(border.silence)
    path = "occurrence__event__rows__roadmap__partnership"
    sent = EventReport.objects.exclude(state=ReportState.DRAFT).filter(
        submitted_at__gte=since, **{path: OuterRef("pk")}
    )
    members = PartnershipMember.objects.filter(partnership=OuterRef("pk"), left_on=None)
    visits = Visit.objects.filter(partnership=OuterRef("pk"), visited_on__gte=border.silence)
    curators = CuratorAssignment.objects.filter(partnership=OuterRef("partnership"))

    def sent_by(role: str) -> Exists:
        own = {
            "school__partnerships__partnership": OuterRef("pk"),
            "school__partnerships__role": role,
        }
        return Exists(sent.filter(**own))

    return {
        "enough_sent": Exists(sent[REPORTS - 1 : REPORTS]),
        "has_lead": Exists(members.filter(role=MemberRole.LEAD)),
        "has_target": Exists(members.filter(role=MemberRole.TARGET)),
        "lead_sent": sent_by(MemberRole.LEAD),
        "target_sent": sent_by(MemberRole.TARGET),
        "curator_came": Exists(visits.filter(author__in=curators.values("member__user"))),
        "target_visited": Exists(visits.filter(school__role=MemberRole.TARGET)),
    }


def _conditions(border: Border) -> dict[Why, Q]:
    """The reasons of `cooling.reasons_of` as conditions on the columns of `with_facts`."""
    settled = Q(began_at=None) | Q(began_at__lt=_moment(border.quiet) + _ONE_DAY)
    lead_seen = Q(lead_sent=True) | Q(curator_came=True)
    target_seen = Q(target_sent=True) | Q(target_visited=True)
    both_there = Q(enough_sent=True, has_lead=True, has_target=True)
    return {
        Why.QUIET: Q(last_day__lte=border.quiet) & settled,
        Why.NO_PLAN: Q(next_planned=None) & settled,
        Why.RETURNS: Q(last_verb="return", verb_before="return"),
        Why.ONE_SIDE: both_there & ((lead_seen & ~target_seen) | (target_seen & ~lead_seen)),
    }


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _days(last: datetime, before: datetime) -> tuple[date, date]:
    return timezone.localdate(last), timezone.localdate(before)

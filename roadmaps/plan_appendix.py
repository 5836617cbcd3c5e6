"""A roadmap read from the database as its «Приложение к приказу»."""

from django.utils import timezone

from common.russian import numeric_date
from partnerships.agreement_draft import name_of
from roadmaps.enums import EventState
from roadmaps.exchange.appendix import Appendix, PlanRow, Signature
from roadmaps.models import Roadmap, RoadmapRow
from schools.models import Membership


def appendix_of(roadmap: Roadmap) -> Appendix:
    """The plan as it stands, without what was cancelled; two queries beside the roadmap's."""
    return Appendix(
        owner=roadmap.owner_title,
        period=roadmap.period,
        period_label=roadmap.period_label,
        rows=[_row(row) for row in _rows(roadmap)],
        order_number=roadmap.order_number,
        order_date=roadmap.order_date,
        signatures=_signatures(roadmap),
    )


def file_name(roadmap: Roadmap, suffix: str) -> str:
    day = numeric_date(timezone.localdate())
    return f"Дорожная карта, {roadmap.owner_title}, {day}.{suffix}".replace("/", "-")


def _rows(roadmap: Roadmap) -> list[RoadmapRow]:
    rows = RoadmapRow.objects.filter(roadmap=roadmap).exclude(event__state=EventState.CANCELLED)
    return list(rows.select_related("event").order_by("stage", "position", "pk"))


def _row(row: RoadmapRow) -> PlanRow:
    event = row.event
    return PlanRow(
        stage=row.stage,
        position=row.position,
        section=row.section,
        number=row.number,
        title=event.title,
        steps=event.steps,
        due_text=event.due_text,
        responsible=event.responsible,
        expected_result=event.expected_result,
        note=event.note,
    )


def _signatures(roadmap: Roadmap) -> list[Signature]:
    """A line for each school of the pair; the name where the school has one head now."""
    if roadmap.partnership is None:
        return [Signature(roadmap.municipality.committee_name)]
    members = [
        one
        for one in (*roadmap.partnership.leads, *roadmap.partnership.targets)
        if one.left_on is None
    ]
    own = [
        one.school_id for one in members if one.school.municipality_id == roadmap.municipality_id
    ]
    heads: dict[int, list[Membership]] = {}
    for person in Membership.objects.heads().active(timezone.localdate()).filter(school__in=own):
        heads.setdefault(person.school_id or 0, []).append(person)
    signed = []
    for one in members:
        found = heads.get(one.school_id, [])
        post, name = (found[0].post, found[0].name) if len(found) == 1 else ("", "")
        signed.append(Signature(name_of(one.school), post or "Руководитель", name))
    return signed

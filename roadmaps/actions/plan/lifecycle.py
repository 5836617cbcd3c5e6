"""A roadmap is made, approved, finished and opened again. Access is judged by the caller."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.transitions import move
from partnerships.models import CuratorAssignment, Partnership, PartnershipMember
from roadmaps.due import Period
from roadmaps.enums import OccurrenceState, Stage
from roadmaps.models import Roadmap, RoadmapRow, RoadmapStage
from schools.addressees import people_of


class AlreadyPlanned(Exception):
    """The pair has a roadmap within the period; `roadmap` is that one."""

    def __init__(self, roadmap: Roadmap) -> None:
        super().__init__(f"На этот период карта уже есть: {roadmap}")
        self.roadmap = roadmap


@transaction.atomic
def create_roadmap(
    *, partnership: Partnership, period: Period, by: User | None, again: bool = True
) -> Roadmap:
    """Make a draft with its three stages (R018).

    Without `again` a second one within the period is `AlreadyPlanned`.
    """
    if not again:
        # Of two submits at once the second waits here and then finds the first's roadmap.
        Partnership.objects.select_for_update().only("pk").get(pk=partnership.pk)
        same = partnership.roadmaps.filter(starts_on__lte=period.end, ends_on__gte=period.start)
        if twin := same.first():
            raise AlreadyPlanned(twin)
    roadmap = Roadmap.objects.create(
        municipality_id=partnership.municipality_id,
        partnership=partnership,
        starts_on=period.start,
        ends_on=period.end,
        created_by=by,
    )
    RoadmapStage.objects.bulk_create(RoadmapStage(roadmap=roadmap, stage=one) for one in Stage)
    return roadmap


@transaction.atomic
def approve(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    """Freeze the plan as baseline, clear «не утверждено», tell the schools.

    WrongState when somebody was first.
    """
    roadmap.approved_at, roadmap.approved_by = timezone.now(), by
    roadmap.baseline = baseline_of(roadmap)
    roadmap.save(update_fields=["approved_at", "approved_by", "baseline"])
    move(roadmap, "approve", by=by, comment=comment)
    roadmap.rows.filter(is_unapproved=True).update(is_unapproved=False)
    _tell_schools(roadmap, f"{roadmap} утверждена", by)


@transaction.atomic
def finish(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    move(roadmap, "finish", by=by, comment=comment)
    _tell_schools(roadmap, f"{roadmap} завершена", by)


@transaction.atomic
def reopen(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    move(roadmap, "reopen", by=by, comment=comment)
    _tell_schools(roadmap, f"{roadmap} возобновлена", by)


#: Verb of the workflow → its action.
MOVES = {"approve": approve, "finish": finish, "reopen": reopen}


def baseline_of(roadmap: Roadmap) -> dict[str, Any]:
    """The plan as it stands, as plain JSON: later changes are told against it."""
    rows = (
        roadmap.rows.select_related("event", "event__kind", "event__obligation")
        .prefetch_related("event__factors", "event__occurrences")
        .order_by("stage", "position", "pk")
    )
    return {
        "period": [roadmap.starts_on.isoformat(), roadmap.ends_on.isoformat()],
        "rows": [_frozen(row) for row in rows],
    }


def _frozen(row: RoadmapRow) -> dict[str, Any]:
    event = row.event
    return {
        "row": row.pk,
        "event": event.pk,
        "version": event.version,
        "stage": row.stage,
        "position": row.position,
        "label": row.label,
        "title": event.title,
        "kind": event.kind.name if event.kind else "",
        "due_text": event.due_text,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
        "responsible": event.responsible,
        "host": event.host_id,
        "expected_result": event.expected_result,
        "factors": sorted(factor.code for factor in event.factors.all()),
        "obligation": event.obligation.code if event.obligation else None,
        "state": event.state,
        "occurrences": [
            [
                time.starts_on and time.starts_on.isoformat(),
                time.ends_on and time.ends_on.isoformat(),
            ]
            for time in event.occurrences.all()
            if time.state != OccurrenceState.CANCELLED
        ],
    }


def _tell_schools(roadmap: Roadmap, text: str, by: User) -> None:
    """Tell the staff of the member schools and the pair's curators, but not who did it."""
    if roadmap.partnership_id is None:
        return
    members = PartnershipMember.objects.filter(partnership=roadmap.partnership_id)
    curators = CuratorAssignment.objects.active(timezone.localdate()).filter(
        partnership=roadmap.partnership_id
    )
    # A curator of a member school who is not assigned to the pair could not open the page.
    people = people_of(members.values("school")) | User.objects.filter(
        pk__in=curators.values("member__user")
    )
    notify(
        recipients=people.exclude(pk=by.pk),
        text=text,
        url_name="roadmaps:detail",
        url_args=[roadmap.pk],
    )

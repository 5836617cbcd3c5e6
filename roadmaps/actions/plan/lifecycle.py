"""A roadmap is sent to its schools, approved, paused, finished and opened again.

Access is judged by the caller.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.transitions import move
from partnerships.models import CuratorAssignment, PartnershipMember
from roadmaps.enums import SchoolWord
from roadmaps.models import Amendment, PlanAnswer, Roadmap, RoadmapRow
from roadmaps.rules.plan import asked_members
from roadmaps.snapshot import snapshots_of
from schools.addressees import people_of
from schools.models import Membership, School


@transaction.atomic
def send(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    """Ask the schools of the pair; every sending is a round of its own."""
    move(roadmap, "send", by=by, comment=comment)
    Roadmap.objects.filter(pk=roadmap.pk).update(round=F("round") + 1)
    roadmap.refresh_from_db(fields=["round"])
    tell_schools(roadmap, f"{roadmap} ждёт согласования школ", by, url_name="roadmaps:approval")


@transaction.atomic
def recall(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    move(roadmap, "recall", by=by, comment=comment)
    text = f"{roadmap} возвращена в черновик"
    tell_schools(roadmap, text, by, url_name="roadmaps:approval")


@dataclass(frozen=True)
class Order:
    """Who signs an approval, and the order; all of it may be unknown yet."""

    approver: Membership | None = None
    number: str = ""
    day: date | None = None


class WordsChanged(Exception):
    """A school answered otherwise while its plan was being approved; nothing is written."""


@transaction.atomic
def approve(
    *,
    roadmap: Roadmap,
    by: User,
    comment: str = "",
    order: Order | None = None,
    not_agreed: Collection[int] | None = None,
) -> None:
    """Freeze the plan as baseline, clear «не утверждено», tell the schools.

    WrongState when somebody was first. `not_agreed`: schools (ids) that the person was told of as
    not agreed; WordsChanged when those are others by now.
    """
    order = order or Order()
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    if not_agreed is not None and set(not_agreed) != {one.pk for one in without_word(roadmap)}:
        raise WordsChanged
    roadmap.approved_at, roadmap.approved_by = timezone.now(), by
    roadmap.baseline = baseline_of(roadmap)
    roadmap.approver, roadmap.order_number = order.approver, order.number
    roadmap.order_date = order.day
    roadmap.save(update_fields=[*_APPROVAL, "baseline"])
    move(roadmap, "approve", by=by, comment=comment)
    roadmap.rows.filter(is_unapproved=True).update(is_unapproved=False)
    tell_schools(roadmap, f"{roadmap} утверждена", by)


_APPROVAL = ("approved_at", "approved_by", "approver", "order_number", "order_date")


@transaction.atomic
def pause(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    """A paused roadmap owes nothing and its rows are not edited."""
    move(roadmap, "pause", by=by, comment=comment)
    tell_schools(roadmap, f"{roadmap} приостановлена", by)


@transaction.atomic
def resume(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    move(roadmap, "resume", by=by, comment=comment)
    tell_schools(roadmap, f"{roadmap} снова выполняется", by)


@transaction.atomic
def finish(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    move(roadmap, "finish", by=by, comment=comment)
    tell_schools(roadmap, f"{roadmap} завершена", by)


@transaction.atomic
def reopen(*, roadmap: Roadmap, by: User, comment: str = "") -> None:
    move(roadmap, "reopen", by=by, comment=comment)
    tell_schools(roadmap, f"{roadmap} возобновлена", by)


#: Verb of the workflow → its action.
MOVES = {
    "send": send,
    "recall": recall,
    "approve": approve,
    "pause": pause,
    "resume": resume,
    "finish": finish,
    "reopen": reopen,
}


def baseline_of(roadmap: Roadmap) -> dict[str, Any]:
    """The plan as it stands, as plain JSON: later changes are told against it.

    `edit` is the last step that is in it: reasons of changes are looked for after that one.
    """
    last = roadmap.edits.aggregate(last=Max("pk"))["last"]
    return {
        "period": [roadmap.starts_on.isoformat(), roadmap.ends_on.isoformat()],
        "edit": last or 0,
        "rows": snapshots_of(RoadmapRow.objects.filter(roadmap=roadmap)),
    }


def without_word(roadmap: Roadmap, amendment: Amendment | None = None) -> list[School]:
    """Schools that were to agree and have not: said nothing yet, or have remarks."""
    if amendment:
        said = PlanAnswer.objects.filter(amendment=amendment)
    else:
        said = PlanAnswer.objects.of_plan(roadmap)
    agreed = set(said.filter(word=SchoolWord.AGREED).values_list("school", flat=True))
    return [one.school for one in asked_members(roadmap) if one.school_id not in agreed]


def tell_schools(
    roadmap: Roadmap,
    text: str,
    by: User,
    url_name: str = "roadmaps:detail",
    pk: int | None = None,
) -> None:
    """Tell the staff of the member schools and the pair's curators, but not who did it.

    `url_name`: the page to open, of the roadmap or of the thing `pk`.
    """
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
        url_name=url_name,
        url_args=[pk or roadmap.pk],
    )

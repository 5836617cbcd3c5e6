"""Schools answer a plan or a change of it, the methodist answers their remarks.

Access is judged by the caller; what may have changed since is asked again under the lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from roadmaps.enums import AmendmentState, RoadmapState, SchoolWord
from roadmaps.models import Amendment, PlanAnswer, PlanRemark, Roadmap, RoadmapRow
from schools.addressees import keepers_of, people_of
from schools.models import School

#: How the reply of a remark begins: one column tells that it was answered, its text how.
TAKEN, REFUSED = "Учтено", "Отклонено"
_AGREED = "Снято: школа согласовала карту."


class NotAsked(Exception):
    """What was to be answered is not asked any more; the text is a sentence for the person."""


@dataclass(frozen=True)
class NewRemark:
    """A remark to one field of a row; without `row` to the plan as a whole."""

    text: str
    row: RoadmapRow | None = None
    field: str = ""


@transaction.atomic
def answer(
    *,
    roadmap: Roadmap,
    school: School,
    word: SchoolWord,
    by: User,
    round: int,
    comment: str = "",
    remarks: Sequence[NewRemark] = (),
    amendment: Amendment | None = None,
    on_paper: bool = False,
) -> PlanAnswer:
    """Write down what the school says; it may say otherwise until the plan is approved.

    NotAsked when the plan was approved, called back or sent anew meanwhile. A remark sent twice
    is written once; a school that agrees takes back what was not answered yet.
    """
    _check_asked(roadmap, amendment, round)
    said, _ = PlanAnswer.objects.update_or_create(
        roadmap=roadmap,
        amendment=amendment,
        round=0 if amendment else round,
        school=school,
        defaults={
            "word": word,
            "comment": comment,
            "by": by,
            "on_paper": on_paper,
            "at": timezone.now(),
        },
    )
    if word == SchoolWord.AGREED:
        said.remarks.filter(is_settled=False).update(is_settled=True, reply=_AGREED, settled_by=by)
    known = set(said.remarks.values_list("row", "field", "text"))
    PlanRemark.objects.bulk_create(
        PlanRemark(
            answer=said,
            row=one.row,
            label=one.row.label if one.row else "",
            field=one.field,
            text=one.text,
        )
        for one in remarks
        if (one.row.pk if one.row else None, one.field, one.text) not in known
    )
    what = f"{amendment}, {roadmap}" if amendment else str(roadmap)
    notify(
        recipients=keepers_of(roadmap.municipality_id).exclude(pk=by.pk),
        text=f"{school}: {SchoolWord(word).label}. {what}",
        url_name="roadmaps:amendment" if amendment else "roadmaps:approval",
        url_args=[amendment.pk if amendment else roadmap.pk],
    )
    return said


@transaction.atomic
def settle(*, remark: PlanRemark, is_taken: bool, text: str, by: User) -> None:
    """Answer a remark; NotAsked when somebody did it meanwhile."""
    beginning = TAKEN if is_taken else REFUSED
    reply = f"{beginning}. {text}" if text else f"{beginning}."
    open_ones = PlanRemark.objects.filter(pk=remark.pk, is_settled=False)
    if not open_ones.update(is_settled=True, reply=reply, settled_by=by):
        raise NotAsked("На это замечание уже ответили.")
    answer = remark.answer
    amended = answer.amendment_id
    notify(
        recipients=people_of([answer.school_id]).exclude(pk=by.pk),
        text=f"Ответ на замечание школы: {reply}",
        url_name="roadmaps:amendment" if amended else "roadmaps:approval",
        url_args=[amended or answer.roadmap_id],
    )


def _check_asked(roadmap: Roadmap, amendment: Amendment | None, round: int) -> None:
    now = Roadmap.objects.select_for_update().only("state", "round").get(pk=roadmap.pk)
    if amendment is not None:
        state = Amendment.objects.values_list("state", flat=True).get(pk=amendment.pk)
        if state != AmendmentState.AGREEING:
            label = AmendmentState(state).label
            raise NotAsked(f"{amendment} уже {label}: ответ не записан.")
    elif now.state != RoadmapState.AGREEING:
        label = now.get_state_display()
        raise NotAsked(f"Карта уже не на согласовании (сейчас: {label}): ответ не записан.")
    elif now.round != round:
        raise NotAsked("Карту отправили школам заново: прочитайте её ещё раз и ответьте.")

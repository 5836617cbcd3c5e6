"""Who of the member schools said what of a plan, or of a change of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from roadmaps.enums import PLANNING, AmendmentState, SchoolWord
from roadmaps.models import Amendment, PlanAnswer, PlanRemark, Roadmap
from roadmaps.rules.plan import asked_members
from schools.models import School


@dataclass(frozen=True)
class Word:
    """A school that was asked; `before_edits`: the last edit, where it came after the answer."""

    school: School
    role: str
    answer: PlanAnswer | None = None
    before_edits: datetime | None = None

    @property
    def code(self) -> str:
        return self.answer.word if self.answer else ""

    @property
    def has_agreed(self) -> bool:
        return self.code == SchoolWord.AGREED


def words_of(roadmap: Roadmap, amendment: Amendment | None = None) -> list[Word]:
    """One line a school; two queries. A change is answered as it was frozen, so edits of later
    do not make its answers old."""
    if amendment:
        said = PlanAnswer.objects.filter(amendment=amendment)
        edited = None
    else:
        said = PlanAnswer.objects.of_plan(roadmap)
        edited = last_edit_at(roadmap)
    answers = {one.school_id: one for one in said.select_related("by")}
    words = []
    for member in asked_members(roadmap):
        answer = answers.get(member.school_id)
        is_old = answer is not None and edited is not None and edited > answer.at
        words.append(
            Word(member.school, member.get_role_display(), answer, edited if is_old else None)
        )
    return words


def last_edit_at(roadmap: Roadmap) -> datetime | None:
    """When the plan became as it is: by a step of an editor or by taking one back."""
    found = roadmap.edits.aggregate(
        done=Max("at", filter=Q(undone_at=None)), undone=Max("undone_at")
    )
    return max((at for at in found.values() if at), default=None)


def remarks_of(roadmap: Roadmap, amendment: Amendment | None = None) -> QuerySet[PlanRemark]:
    """Remarks of all rounds, those that wait for an answer first; two queries with their names."""
    found = PlanRemark.objects.filter(answer__roadmap=roadmap, answer__amendment=amendment)
    rows = found.select_related("answer__school", "answer__by", "settled_by", "row__event")
    return rows.order_by("is_settled", "-pk")


def has_remarks() -> Exists:
    """Of a row: whether a school's remark to it waits for the methodist."""
    asked = Q(
        answer__amendment=None,
        answer__round=F("answer__roadmap__round"),
        answer__roadmap__state__in=sorted(PLANNING),
    ) | Q(answer__amendment__state=AmendmentState.AGREEING)
    return Exists(PlanRemark.objects.filter(asked, row=OuterRef("pk"), is_settled=False))

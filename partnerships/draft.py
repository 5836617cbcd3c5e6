"""A partnership as it was typed in: what a form hands to the actions, and what is wrong with it.

No requests and no queries here: matching and imports use the same rules.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from common.academic_year import AcademicYear
from common.partial_date import PartialDate
from partnerships.enums import GROUPS, MemberRole, PartnershipKind, PeriodKind, Scenario
from schools.models import AssessmentProcedure, Direction, RiskFactor, School

#: Beyond this a group is several groups.
MOST_MEMBERS = 60


class Complaint(NamedTuple):
    """What is wrong, in words, and at which field; `row` is the place of the member it is about."""

    field: str
    sentence: str
    row: int | None = None


@dataclass(frozen=True)
class MemberDraft:
    """A school in its role; `left_on` stays empty while it takes part."""

    school: School
    role: str
    contribution: str = ""
    joined_on: date | None = None
    left_on: date | None = None


def seats(
    leads: Iterable[School], targets: Iterable[School], participants: Iterable[School] = ()
) -> list[MemberDraft]:
    """Members of whom nothing but the role is known."""
    return [
        *(MemberDraft(school, MemberRole.LEAD) for school in leads),
        *(MemberDraft(school, MemberRole.TARGET) for school in targets),
        *(MemberDraft(school, MemberRole.PARTICIPANT) for school in participants),
    ]


@dataclass(frozen=True)
class PartnershipDraft:
    """`result` is None where it was not asked for: what is recorded stays."""

    members: Sequence[MemberDraft]
    kind: str = PartnershipKind.SUPPORT
    name: str = ""
    topic: str = ""
    reason: str = ""
    goal: str = ""
    product: str = ""
    scenario: str = Scenario.UNSET
    scenario_basis: str = ""
    lead_experience: str = ""
    procedure: AssessmentProcedure | None = None
    procedure_year: AcademicYear | None = None
    period_kind: str = PeriodKind.ACADEMIC
    start: PartialDate | None = None
    start_text: str = ""
    end: PartialDate | None = None
    factors: Sequence[RiskFactor] = ()
    directions: Sequence[Direction] = ()
    form_override: str = ""
    form_reason: str = ""
    result: str | None = None

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def roles(self) -> dict[int, str]:
        """Role by id of school."""
        return {member.school.pk: member.role for member in self.members}

    def complaints(self) -> list[Complaint]:
        """Everything that makes the draft no partnership; empty when it is sound."""
        return [*self._about_members(), *self._about_words(), *self._about_dates()]

    def _about_members(self) -> Iterator[Complaint]:
        seen: dict[int, MemberDraft] = {}
        for row, member in enumerate(self.members):
            first = seen.setdefault(member.school.pk, member)
            if first is not member:
                yield Complaint("school", _twice(first, member), row)
            if self.is_group and member.role == MemberRole.TARGET:
                sentence = "В команде и на семинаре целевых школ нет: выберите «участник»."
                yield Complaint("role", sentence, row)
            if member.joined_on and member.left_on and member.left_on < member.joined_on:
                yield Complaint("left", "Вышла раньше, чем вступила: проверьте даты.", row)
        if len(self.members) > MOST_MEMBERS:
            yield Complaint("members", f"Участников больше {MOST_MEMBERS}: разделите группу.")
        yield from self._about_sides()

    def _about_sides(self) -> Iterator[Complaint]:
        """Both sides are named, and somebody of each still takes part."""
        if self.is_group:
            yield from self._about_side(
                MemberRole.LEAD,
                "Назовите опорную школу: на её базе работает группа.",
                "Опорная школа вышла",
            )
            yield from self._about_side(
                MemberRole.PARTICIPANT, "Назовите хотя бы одного участника.", "Все участники вышли"
            )
            return
        yield from self._about_side(
            MemberRole.LEAD, "Назовите хотя бы одну школу-лидера.", "Все школы-лидеры вышли"
        )
        yield from self._about_side(
            MemberRole.TARGET, "Назовите хотя бы одну целевую школу.", "Все целевые школы вышли"
        )

    def _about_side(self, role: str, nobody: str, all_left: str) -> Iterator[Complaint]:
        side = [member for member in self.members if member.role == role]
        if not side:
            yield Complaint("members", nobody)
        elif all(member.left_on for member in side):
            sentence = f"{all_left}: назовите другую школу или завершите партнёрство."
            yield Complaint("members", sentence)

    def _about_words(self) -> Iterator[Complaint]:
        if self.is_group and not self.name:
            yield Complaint("name", "Назовите команду или семинар.")
        if self.procedure_year and not self.procedure:
            sentence = "Выберите оценочную процедуру, к которой относится год, или уберите год."
            yield Complaint("procedure", sentence)
        if self.form_override and not self.form_reason:
            yield Complaint("form_reason", "Напишите, почему форма решена вручную.")
        if self.form_reason and not self.form_override:
            sentence = "Выберите форму, к которой относится пояснение, или уберите его."
            yield Complaint("form_override", sentence)

    def _about_dates(self) -> Iterator[Complaint]:
        if self.start and self.end and self.end.latest < self.start.earliest:
            yield Complaint("end", "Окончание раньше начала.")


def _twice(first: MemberDraft, second: MemberDraft) -> str:
    role = MemberRole(first.role).label
    if first.role == second.role:
        return f"{second.school}: уже названа выше ({role})."
    return f"Школа не может быть партнёром самой себе: {second.school} уже названа ({role})."

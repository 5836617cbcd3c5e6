"""A partnership as it was typed in: what a form hands to the actions, and what is wrong with it.

No requests and no queries here: import from Excel uses the same rules later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from common.partial_date import PartialDate
from partnerships.enums import MemberRole, Scenario
from schools.models import Direction, Membership, RiskFactor, School


class Complaint(NamedTuple):
    """What is wrong, in words, and at which field."""

    field: str
    sentence: str


@dataclass(frozen=True)
class AgreementDraft:
    number: str = ""
    signed_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class PartnershipDraft:
    """`obligations` are the lead's: id of the obligation → quantity or «по необходимости».

    `result` is None where it was not asked for: what is recorded stays.
    """

    leads: Sequence[School]
    targets: Sequence[School]
    topic: str = ""
    reason: str = ""
    goal: str = ""
    scenario: str = Scenario.UNSET
    scenario_basis: str = ""
    start: PartialDate | None = None
    start_text: str = ""
    end: PartialDate | None = None
    agreement: AgreementDraft | None = None
    obligations: Mapping[int, int | None] = field(default_factory=dict)
    curators: Sequence[Membership] = ()
    contributions: Mapping[int, str] = field(default_factory=dict)
    factors: Sequence[RiskFactor] = ()
    directions: Sequence[Direction] = ()
    result: str | None = None

    @property
    def roles(self) -> dict[int, MemberRole]:
        """Role by id of school."""
        roles = {school.pk: MemberRole.TARGET for school in self.targets}
        return roles | {school.pk: MemberRole.LEAD for school in self.leads}

    def complaints(self) -> list[Complaint]:
        """Everything that makes the draft no partnership; empty when it is sound."""
        return [*self._about_members(), *self._about_dates(), *self._about_agreement()]

    def _about_members(self) -> list[Complaint]:
        found = []
        if not self.leads:
            found.append(Complaint("leads", "Отметьте хотя бы одну школу-лидера."))
        if not self.targets:
            found.append(Complaint("targets", "Отметьте хотя бы одну целевую школу."))
        leads = {school.pk for school in self.leads}
        twice = ", ".join(str(school) for school in self.targets if school.pk in leads)
        if twice:
            sentence = f"Одна школа не может быть и лидером, и целевой: {twice}."
            found.append(Complaint("targets", sentence))
        strangers = ", ".join(str(row) for row in self.curators if row.school_id not in leads)
        if strangers:
            sentence = f"Куратор должен работать в школе-лидере этого партнёрства: {strangers}."
            found.append(Complaint("curators", sentence))
        return found

    def _about_dates(self) -> list[Complaint]:
        if self.start and self.end and self.end.latest < self.start.earliest:
            return [Complaint("end", "Окончание раньше начала.")]
        return []

    def _about_agreement(self) -> list[Complaint]:
        signed = self.agreement and self.agreement.signed_on
        valid = self.agreement and self.agreement.valid_until
        if signed and valid and valid < signed:
            sentence = "Договор заканчивается раньше, чем заключён."
            return [Complaint("agreement_valid_until", sentence)]
        return []

"""One form for a new partnership and for a change: HTTP input to a `PartnershipDraft`."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db.models import Q

from common.partial_date import PartialDate
from partnerships.actions.members import UNSTARTED
from partnerships.draft import Complaint, PartnershipDraft
from partnerships.enums import (
    MemberRole,
    PartnershipKind,
    PeriodKind,
    Scenario,
)
from partnerships.forms.aims import AimsFields
from partnerships.forms.card_fields import CardFields
from partnerships.forms.members import MembersFields, row_of, rows_of
from partnerships.models import Partnership
from partnerships.network_form import FormVerdict, Party, form_of
from partnerships.period import parse_partial, period_text
from schools.forms.by_name import suggestions
from schools.models import AssessmentProcedure, Municipality, School

#: Fields whose values go to the draft as they are.
_PLAIN = (
    *("topic", "reason", "goal", "scenario_basis", "lead_experience", "procedure"),
    *("procedure_year", "period_kind", "form_override", "form_reason"),
)
#: Only groups have a name and a product of their own; only help of a lead has a scenario.
_OF_GROUPS = ("kind", "name", "product")
#: Errors are told in the order of the page: the fields of the rows stand between these.
_FIRST = ("version", "kind", "name")
_SECOND = ("topic", "goal", "product", "factors", "directions")
_BASIS = ("procedure", "procedure_year", "scenario_basis", "lead_experience")
_OVERRIDE = ("form_override", "form_reason")


class PartnershipForm(MembersFields, AimsFields, CardFields):
    """Members must be named; everything else may be left «не указано».

    `found`: schools of the rows that are known already; `rows` and `focus` are of a form that
    is shown again with a row more or less.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        municipality: Municipality,
        partnership: Partnership | None = None,
        is_group: bool = False,
        rows: Sequence[int] = (),
        found: Mapping[int, School] | None = None,
        focus: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.municipality, self.partnership, self.is_group = municipality, partnership, is_group
        self.found = dict(found or {})
        members = partnership.members.all() if partnership else ()
        self.offer_members(
            rows_of(data) if data is not None else rows,
            known={member.pk: member for member in members},
            is_group=is_group,
            may_go=partnership is None or partnership.state in UNSTARTED,
            focus=focus,
        )
        self.offer_aims(municipality, partnership)
        self._offer_procedures()
        for name in ("scenario",) if is_group else _OF_GROUPS:
            del self.fields[name]
        if is_group:
            self.fields["reason"].label = "Почему выбраны эти участники"
        self.order_fields([*_FIRST, *self.member_fields, *_SECOND])

    @classmethod
    def of(cls, partnership: Partnership) -> Self:
        """The form of a partnership as it is written down."""
        members = [
            *partnership.leads,
            *partnership.targets,
            *partnership.members_with(MemberRole.PARTICIPANT),
        ]
        initial = {name: getattr(partnership, name) for name in (*_PLAIN, *_OF_GROUPS)}
        for index, member in enumerate(members):
            initial |= row_of(member, index, partnership.municipality)
        initial |= {
            "version": partnership.version,
            "scenario": partnership.scenario,
            "factors": [row.pk for row in partnership.factors.all()],
            "directions": [row.pk for row in partnership.directions.all()],
            "result": partnership.result,
            "start": partnership.start_text or _text(partnership.start),
            "end": _text(partnership.end),
        }
        return cls(
            municipality=partnership.municipality,
            partnership=partnership,
            is_group=partnership.is_group,
            rows=range(len(members)),
            found={index: member.school for index, member in enumerate(members)},
            initial=initial,
        )

    def again(self, *, without: int | None = None, one_more: bool = False) -> Self:
        """The same form, not sent yet: what was typed stays, a row comes or goes."""
        typed = {
            name: field.widget.value_from_datadict(self.data, {}, name)
            for name, field in self.fields.items()
        }
        rows = [index for index in self.rows if index != without]
        new = max([-1, *self.rows]) + 1
        if one_more:
            rows.append(new)
            typed[f"role_{new}"] = MemberRole.PARTICIPANT if self.is_group else MemberRole.TARGET
        return type(self)(
            municipality=self.municipality,
            partnership=self.partnership,
            is_group=self.is_group,
            rows=rows,
            found={index: school for index, school in self.found.items() if index in rows},
            focus=new if one_more else None,
            initial=typed,
        )

    def _offer_procedures(self) -> None:
        known = self.partnership.procedure_id if self.partnership else None
        rows = AssessmentProcedure.objects.for_municipality(self.municipality)
        field: Any = self.fields["procedure"]
        field.queryset = rows.filter(Q(is_retired=False) | Q(pk=known))

    # --- what the page shows beside the fields -------------------------------------------

    @property
    def names(self) -> list[str]:
        """Names to choose schools from; none where there are too many."""
        return suggestions(School(municipality=self.municipality))

    @property
    def schools_to_help(self) -> list[School]:
        """Schools of this municipality whose profiles say what to work on."""
        helped = (
            (MemberRole.LEAD, MemberRole.PARTICIPANT) if self.is_group else (MemberRole.TARGET,)
        )
        return [
            school
            for index, school in self.found.items()
            if self[f"role_{index}"].value() in helped
            if school.municipality_id == self.municipality.pk and not school.is_external
        ]

    @property
    def form_now(self) -> FormVerdict | None:
        """Form of networking that the named members make; None until two are named (R156–R158)."""
        parties = [Party(school.org_type, school.department) for school in self.found.values()]
        return form_of(parties) if len(parties) > 1 else None

    @property
    def period_read(self) -> str:
        """The period in the portal's words, as far as what is typed can be read."""
        dates = []
        for name in ("start", "end"):
            try:
                dates.append(parse_partial(str(self[name].value() or "")))
            except ValueError:
                dates.append(None)
        return period_text(*dates)

    @property
    def basis_is_open(self) -> bool:
        return any(self[name].value() or self[name].errors for name in _BASIS)

    @property
    def override_is_open(self) -> bool:
        return any(self[name].value() or self[name].errors for name in _OVERRIDE)

    def tell_of_misnamed_only(self) -> bool:
        """Leave only the errors of schools that were not found; False where all were."""
        for name in set(self.errors) - self.misnamed:
            del self.errors[name]
        return bool(self.misnamed)

    # --- what was typed ------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.clean_members()
        places = [index for index, _ in self.drafted()]
        for complaint in self.draft().complaints():
            self._complain(complaint, places)
        return data

    def _complain(self, complaint: Complaint, places: Sequence[int]) -> None:
        """Put the sentence at its field; about members as such, at the first row that is empty."""
        name: str | None = complaint.field
        if complaint.row is not None:
            name = f"{complaint.field}_{places[complaint.row]}"
        elif complaint.field == "members":
            if self.misnamed:
                return
            empty = [index for index in self.rows if index not in self.found]
            name = f"school_{empty[0]}" if empty else None
        if name is None or name not in self.errors:
            self.add_error(name, complaint.sentence)

    def draft(self) -> PartnershipDraft:
        """What was typed, as far as it could be read."""
        data = self.cleaned_data
        card = self.partnership
        kind = data.get("kind") or (card.kind if card and self.is_group else None)
        plain = {name: data.get(name) or _EMPTY.get(name, "") for name in _PLAIN}
        return PartnershipDraft(
            members=[member for _, member in self.drafted()],
            kind=(kind or PartnershipKind.SEMINAR) if self.is_group else PartnershipKind.SUPPORT,
            name=data.get("name", ""),
            product=data.get("product", ""),
            scenario=data.get("scenario") or Scenario.UNSET,
            factors=list(data.get("factors") or []),
            directions=list(data.get("directions") or []),
            result=data.get("result"),
            start=data.get("start"),
            start_text=self._start_text(),
            end=data.get("end"),
            **plain,
        )

    def _start_text(self) -> str:
        """As typed; a start that was not touched keeps its text."""
        card = self.partnership
        if card and "start" not in self.changed_data:
            return card.start_text
        return (self["start"].value() or "").strip()


#: Where nothing typed is no empty text.
_EMPTY: dict[str, Any] = {
    "procedure": None,
    "procedure_year": None,
    "period_kind": PeriodKind.ACADEMIC,
}


def _text(when: PartialDate | None) -> str:
    return str(when) if when else ""

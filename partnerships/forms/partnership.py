"""One form for a new partnership and for a change: HTTP input to a `PartnershipDraft`."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role
from common.fields import SeveralRows
from common.partial_date import PartialDate
from common.widgets import date_input
from partnerships.actions import refuse_loss
from partnerships.draft import AgreementDraft, PartnershipDraft
from partnerships.enums import MemberRole, ObligationSide, Scenario
from partnerships.forms.aims import AimsFields
from partnerships.models import Obligation, Partnership
from partnerships.period import parse_partial
from schools.models import Membership, Municipality, School

_WHEN = "Как известно: «2025», «сентябрь 2025» или «01.09.2025»"
HOW_OFTEN = "Напишите целое число от 1 до 999 или оставьте пустым"
_PLAIN = ("topic", "reason", "goal", "scenario", "scenario_basis")


class PartialDateField(forms.CharField):
    """Text in, `PartialDate` or None out; what was typed stays in `form.data`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=100, help_text=_WHEN, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_partial(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None


def _schools(label: str, hint: str) -> SeveralRows:
    return SeveralRows(
        School.objects.none(),
        label=label,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PartnershipForm(AimsFields):
    """Members must be named; everything else may be left «не указано»."""

    leads = _schools("Школы-лидеры", "Кто помогает. Можно отметить несколько")
    targets = _schools("Целевые школы", "Кому помогают. Можно отметить несколько")
    topic = forms.CharField(label="Тема", required=False, max_length=500)
    reason = forms.CharField(
        label="Почему выбран этот партнёр",
        required=False,
        max_length=500,
        help_text="Например: опыт, приобретённый в проекте «500+»",
    )
    scenario = forms.ChoiceField(label="Сценарий", choices=Scenario, initial=Scenario.UNSET)
    scenario_basis = forms.CharField(
        label="Основание сценария",
        required=False,
        max_length=500,
        help_text="Результаты ЕГЭ, ГИА, олимпиад; опыт руководителя",
    )
    goal = forms.CharField(
        label="Общая цель", required=False, max_length=3000, widget=forms.Textarea({"rows": 3})
    )
    start = PartialDateField(label="Начало")
    end = PartialDateField(label="Окончание")
    has_agreement = forms.BooleanField(label="Договор о сотрудничестве заключён", required=False)
    agreement_number = forms.CharField(label="Номер договора", required=False, max_length=50)
    agreement_signed_on = forms.DateField(
        label="Дата договора", required=False, widget=date_input()
    )
    agreement_valid_until = forms.DateField(
        label="Действует до", required=False, widget=date_input()
    )
    curators = SeveralRows(
        Membership.objects.none(),
        label="Кураторы",
        help_text="Сотрудники школы-лидера с ролью «Куратор»",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        partnership: Partnership | None = None,
        **kwargs: Any,
    ) -> None:
        self.partnership = partnership
        if partnership:
            kwargs["initial"] = _initial_of(partnership)
        super().__init__(*args, **kwargs)
        self._offer_members(municipality)
        self.offer_aims(municipality, partnership)
        self.obligations = self._offer_obligations(municipality)
        self._offer_contributions()
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def _offer_members(self, municipality: Municipality) -> None:
        """Open schools of the municipality, and whoever is a member already."""
        known = Q(partnerships__partnership=self.partnership) if self.partnership else Q(pk__in=[])
        local = Q(municipality=municipality, closed_on=None)
        schools = School.objects.filter(local | known).distinct()
        for name in ("leads", "targets"):
            self.fields[name].queryset = schools  # type: ignore[attr-defined]
        curators = Membership.objects.active(timezone.localdate()).filter(
            municipality=municipality, role=Role.CURATOR
        )
        offered: Any = self.fields["curators"]
        offered.queryset = curators.select_related("school").order_by("name")
        offered.label_from_instance = lambda row: f"{row.name}, {row.school}"

    def _offer_obligations(self, municipality: Municipality) -> list[Obligation]:
        promised = Q(pk__in=self.initial.get("promised", []))
        rows = Obligation.objects.for_municipality(municipality)
        obligations = list(rows.filter(Q(is_retired=False) | promised))
        for row in obligations:
            self.fields[f"promise_{row.pk}"] = forms.BooleanField(label=row.name, required=False)
            self.fields[f"quantity_{row.pk}"] = forms.IntegerField(
                label="Раз за год",
                required=False,
                min_value=1,
                max_value=999,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HOW_OFTEN),
                widget=forms.NumberInput(
                    {
                        "class": "short",
                        "inputmode": "numeric",
                        "aria-label": f"Раз за год: {row.label}",
                    }
                ),
            )
        return obligations

    def _offer_contributions(self) -> None:
        members = self.partnership.members.all() if self.partnership else []
        for member in members:
            self.fields[f"contribution_{member.school_id}"] = forms.CharField(
                label=f"Вклад: {member.school}",
                required=False,
                max_length=500,
                initial=member.contribution,
            )

    def _layout(self) -> Layout:
        promises = [Row(f"promise_{o.pk}", f"quantity_{o.pk}") for o in self.obligations]
        contributions = [name for name in self.fields if name.startswith("contribution_")]
        word = "Сохранить партнёрство" if self.partnership else "Предложить партнёрство"
        return Layout(
            Fieldset("Участники", Row("leads", "targets"), *contributions),
            Fieldset("О чём", "topic", "reason", Row("scenario", "scenario_basis"), "goal"),
            Fieldset("Над чем работают", _ticks("factors", "directions")),
            Fieldset("Период", Row("start", "end")),
            Fieldset(
                "Договор",
                "has_agreement",
                Row("agreement_number", "agreement_signed_on", "agreement_valid_until"),
            ),
            Fieldset(
                "Обязательства школы-лидера",
                HTML('<p class="hint">Без числа – «по мере необходимости»</p>'),
                Div(*promises, css_class="flow"),
            )
            if promises
            else Div(),
            Fieldset("Сопровождение", "curators"),
            Fieldset("Что получилось", "result") if "result" in self.fields else Div(),
            ButtonHolder(Submit("save", word)),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = data.get("agreement_number") or data.get("agreement_signed_on")
        if named and not data.get("has_agreement"):
            sentence = "Отметьте, что договор заключён, или уберите его номер и дату."
            self.add_error("has_agreement", sentence)
        draft = self.draft()
        for complaint in draft.complaints():
            if complaint.field not in self.errors:
                self.add_error(complaint.field, complaint.sentence)
        if self.partnership and not self.errors:
            try:
                refuse_loss(self.partnership, draft)
            except ValidationError as error:
                self.add_error(None, error)
        return data

    def draft(self) -> PartnershipDraft:
        """What was typed, as far as it could be read."""
        data = self.cleaned_data
        return PartnershipDraft(
            leads=list(data.get("leads") or []),
            targets=list(data.get("targets") or []),
            curators=list(data.get("curators") or []),
            factors=list(data.get("factors") or []),
            directions=list(data.get("directions") or []),
            result=data.get("result"),
            start=data.get("start"),
            start_text=(self["start"].value() or "").strip(),
            end=data.get("end"),
            agreement=self._agreement(),
            obligations=self._promised(),
            contributions=self._contributions(),
            **{name: data.get(name, "") for name in _PLAIN},
        )

    def _agreement(self) -> AgreementDraft | None:
        data = self.cleaned_data
        if not data.get("has_agreement"):
            return None
        return AgreementDraft(
            number=data.get("agreement_number", ""),
            signed_on=data.get("agreement_signed_on"),
            valid_until=data.get("agreement_valid_until"),
        )

    def _promised(self) -> dict[int, int | None]:
        """A quantity without a tick is a promise too."""
        data = self.cleaned_data
        pairs = {o.pk: data.get(f"quantity_{o.pk}") for o in self.obligations}
        return {pk: n for pk, n in pairs.items() if n or data.get(f"promise_{pk}")}

    def _contributions(self) -> dict[int, str]:
        prefix = "contribution_"
        return {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }


def _ticks(*names: str) -> Div:
    """Long lists of ticks, each in columns."""
    return Div(*(Field(name, wrapper_class="all") for name in names), css_class="form")


def _initial_of(partnership: Partnership) -> dict[str, Any]:
    agreement = partnership.agreements.first()
    lead_side = partnership.obligations.filter(side=ObligationSide.LEAD)
    promised = dict(lead_side.values_list("obligation", "quantity"))
    return {
        **{name: getattr(partnership, name) for name in _PLAIN},
        "leads": _school_ids(partnership, MemberRole.LEAD),
        "targets": _school_ids(partnership, MemberRole.TARGET),
        "factors": [row.pk for row in partnership.factors.all()],
        "directions": [row.pk for row in partnership.directions.all()],
        "result": partnership.result,
        "start": partnership.start_text or _text(partnership.start),
        "end": _text(partnership.end),
        "has_agreement": agreement is not None,
        "agreement_number": agreement.number if agreement else "",
        "agreement_signed_on": agreement.signed_on if agreement else None,
        "agreement_valid_until": agreement.valid_until if agreement else None,
        "promised": list(promised),
        **{f"promise_{pk}": True for pk in promised},
        **{f"quantity_{pk}": quantity for pk, quantity in promised.items()},
        "curators": list(partnership.curators.filter(until=None).values_list("member", flat=True)),
    }


def _school_ids(partnership: Partnership, role: MemberRole) -> list[int]:
    return [member.school_id for member in partnership.members_with(role)]


def _text(when: PartialDate | None) -> str:
    return str(when) if when else ""

"""What schools say of a plan, what the methodist replies, who signs the approval."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from accounts.roles import Role
from common.widgets import date_input
from roadmaps.actions.plan.agreement import NewRemark
from roadmaps.actions.plan.lifecycle import Order
from roadmaps.enums import SchoolWord
from roadmaps.forms.fields import Limits, offer
from roadmaps.models import RoadmapRow
from roadmaps.plan_fields import FIELDS
from schools.models import Membership, Municipality, School

_WHOLE = "строка в целом"


class AnswerForm(Limits, forms.Form):
    """The word of one school; remarks to rows stand beside, a form a row."""

    school = forms.ModelChoiceField(School.objects.none(), label="Школа", empty_label=None)
    word = forms.ChoiceField(choices=SchoolWord, widget=forms.HiddenInput)
    round = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Общее замечание или пояснение",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, schools: Sequence[School], on_paper: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["school"], School.objects.filter(pk__in=[one.pk for one in schools]))
        if on_paper:
            self.fields["school"].label = "Со слов какой школы"
        elif len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = schools[0].pk


class RemarkForm(Limits, forms.Form):
    """A remark to one row: to which of its fields, and what."""

    field = forms.ChoiceField(
        label="К какой графе",
        required=False,
        choices=[("", _WHOLE), *((one.name, one.label) for one in FIELDS)],
    )
    text = forms.CharField(
        label="Замечание",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, row: RoadmapRow, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"row{row.pk}", **kwargs)
        self.row = row

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("field") and not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Напишите, что изменить, или оставьте «строка в целом»")
        return data

    @property
    def remark(self) -> NewRemark | None:
        if not self.cleaned_data.get("text"):
            return None
        return NewRemark(self.cleaned_data["text"], self.row, self.cleaned_data["field"])


class ReplyForm(Limits, forms.Form):
    """The methodist's answer to a remark; a refusal says why."""

    is_taken = forms.TypedChoiceField(
        choices=[("yes", "Учтено"), ("no", "Отклонено")],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
    )
    text = forms.CharField(
        label="Ответ школе",
        required=False,
        max_length=1900,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_taken") is False and not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Напишите школе, почему замечание отклонено")
        return data


class ApprovalForm(Limits, forms.Form):
    """Who signs, the order, and why without the word of schools that have not agreed."""

    approver = forms.ModelChoiceField(
        Membership.objects.none(), label="Чьей подписью утверждается", required=False
    )
    order_number = forms.CharField(
        label="Номер приказа",
        required=False,
        max_length=50,
        help_text="Можно оставить пустым, если приказа ещё нет",
    )
    order_date = forms.DateField(
        label="Дата приказа",
        required=False,
        widget=date_input(),
        error_messages={"invalid": "Такой даты нет. Пример: 01.09.2026"},
    )
    comment = forms.CharField(
        label="Пояснение",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    not_agreed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, municipality: Municipality, lacking: Iterable[School], **kwargs: Any
    ) -> None:
        people = committee_of(municipality)
        lacking = list(lacking)
        initial = {
            "approver": _signatory(people, municipality),
            "not_agreed": ",".join(str(one.pk) for one in lacking),
        }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        offer(self.fields["approver"], people, "не указано")
        if lacking:
            names = ", ".join(str(one) for one in lacking)
            comment = self.fields["comment"]
            comment.required = True
            comment.label = f"Почему без согласия: {names}"
            sentence = f"Напишите, почему план утверждается без согласия: {names}"
            comment.error_messages["required"] = sentence

    @property
    def order(self) -> Order:
        data = self.cleaned_data
        return Order(data["approver"], data["order_number"], data["order_date"])

    @property
    def seen(self) -> set[int]:
        """Schools of which the person was told that they have not agreed."""
        told = self.cleaned_data["not_agreed"].split(",")
        return {int(one) for one in told if one.isdecimal() and len(one) < 19}


class SendForm(Limits, forms.Form):
    """Why the approved plan changes; `last_edit` is the plan that was read."""

    reason = forms.CharField(
        label="Причина изменения",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Напишите, почему меняется утверждённый план"},
    )
    last_edit = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(Limits, forms.Form):
    """A word beside a step of the workflow, told in the history."""

    comment = forms.CharField(
        label="Пояснение",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Останется в истории карты",
    )


def committee_of(municipality: Municipality) -> Any:
    """People of the committee and of the method office today."""
    people = Membership.objects.active(timezone.localdate())
    return people.filter(municipality=municipality, school=None).order_by("name", "pk")


def _signatory(people: Any, municipality: Municipality) -> int | None:
    """The default signatory where he is among the people, otherwise the chair."""
    rows = list(people.values_list("pk", "name", "role"))
    named = [pk for pk, name, _ in rows if name and name == municipality.signatory_name]
    chairs = [pk for pk, _, role in rows if role == Role.CHAIR]
    return next(iter([*named, *chairs]), None)

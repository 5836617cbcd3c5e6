"""Forms of curators: who, of which target, on which days; the last day."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Row, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from accounts.roles import STAFF_ROLES, Role
from common.fields import OneRow
from common.widgets import date_input
from partnerships.enums import MemberRole
from partnerships.models import Partnership, PartnershipMember
from schools.models import Membership

_BACK = '<a class="btn plain wide" href="{}">Не сейчас</a>'


class PersonRow(OneRow):
    def label_from_instance(self, obj: Any) -> str:
        words = [obj.name, obj.post, obj.school.short_name]
        role = "" if obj.role == Role.CURATOR else " – без роли «Куратор» в портале"
        return ", ".join(word for word in words if word) + role


class TargetRow(OneRow):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.school.short_name)


class CuratorForm(forms.Form):
    """A person of the leader school's team (R047)."""

    member = PersonRow(
        Membership.objects.none(),
        label="Кто",
        empty_label="выберите",
        help_text="Люди управленческих команд школ-лидеров. Записывать посещения в портале может "
        "тот, у кого есть роль «Куратор»: её даёт страница «Люди»",
    )
    target = TargetRow(
        PartnershipMember.objects.none(),
        label="Какую школу ведёт",
        required=False,
        empty_label="все целевые школы",
    )
    since = forms.DateField(label="С какого числа", widget=date_input())
    until = forms.DateField(label="По какое число", required=False, widget=date_input())

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = [member.school_id for member in partnership.leads if member.left_on is None]
        roles = [Role.CURATOR, *STAFF_ROLES]
        people = Membership.objects.active(timezone.localdate()).filter(school__in=leads)
        people = people.filter(Q(role__in=roles) | Q(in_team=True)).select_related("school")
        targets = PartnershipMember.objects.filter(
            partnership=partnership, role=MemberRole.TARGET, left_on=None
        )
        fields: dict[str, Any] = self.fields
        fields["member"].queryset = people.order_by("school__sort_key", "name", "pk")
        fields["target"].queryset = targets.select_related("school")
        fields["since"].initial = timezone.localdate
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("member", "target"),
            Row("since", "until"),
            ButtonHolder(Submit("assign", "Назначить куратора")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Дата окончания раньше даты начала.")
        return data


class CuratorEndForm(forms.Form):
    until = forms.DateField(label="Последний день", widget=date_input())

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "until",
            ButtonHolder(
                Submit("end", "Завершить назначение", css_class="bad wide"),
                HTML(format_html(_BACK, back_url)),
            ),
        )

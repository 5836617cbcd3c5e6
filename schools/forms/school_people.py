"""Forms of the people of one school: a contact, a correction, the team, a new director."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from accounts.models import User
from accounts.roles import Role
from common.fields import OneRow
from common.russian import long_date, numeric_date
from common.widgets import date_input
from schools.actions.people import heads_leaving
from schools.forms.closing import EARLIEST
from schools.forms.people import SOMEBODY_ELSE, account_with, is_somebody_else
from schools.heads import is_head_post
from schools.models import Membership, Municipality, School, TeamFunction

BACK = '<a class="btn plain" href="{}">Не сейчас</a>'


class TeamFields(forms.ModelForm):
    """Membership of the management team and the function in it (R047, R139)."""

    function = OneRow(
        TeamFunction.objects.none(),
        label="Функция в команде",
        required=False,
        empty_label="не указана",
        help_text="Кто указан с функцией, тот в управленческой команде",
    )

    def offer_functions(self, municipality: Municipality | None) -> None:
        """Functions in use, and the one chosen before."""
        rows = TeamFunction.objects.for_municipality(municipality)
        chosen = Q(is_retired=False) | Q(pk=self.instance.function_id)
        self.fields["function"].queryset = rows.filter(chosen)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("function"):
            data["in_team"] = True
        return data


class ContactForm(TeamFields):
    """Somebody who does not sign in: a deputy, a psychologist, a contact for the network."""

    class Meta:
        model = Membership
        fields = ["name", "post", "email", "phone", "in_team", "function", "since", "until"]
        widgets = {"since": date_input(), "until": date_input()}
        labels = {"post": "Должность или за что отвечает", "until": "Последний день работы"}
        help_texts = {
            "name": "Полностью, как в документах",
            "post": "Например: заместитель директора, контакт по сетевому взаимодействию",
            "email": "Рабочая: её увидят работники школ и комитета муниципалитета",
            "until": "Если человек уже не работает",
        }

    def __init__(self, *args: Any, school: School, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        self.fields["post"].required = True
        self.offer_functions(school.municipality)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "name",
            "post",
            "email",
            "phone",
            Fieldset("Управленческая команда", "in_team", "function"),
            Fieldset("Когда работает", Row("since", "until")),
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(BACK, back_url))),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Это раньше первого дня работы.")
        return data


class CorrectionForm(TeamFields):
    """What was written down wrongly about a person at a post. The way in stays as it is."""

    class Meta:
        model = Membership
        fields = ["name", "post", "email", "phone", "since", "in_team", "function"]
        widgets = {"since": date_input()}
        help_texts = {"email": "Для связи. Почта, с которой человек входит, от этого не меняется"}

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_since = self.instance.since
        team = [Fieldset("Управленческая команда", "in_team", "function")]
        if self.instance.school_id is None:
            team = []
            del self.fields["in_team"], self.fields["function"]
        else:
            self.offer_functions(self.instance.municipality)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("name", "post"),
            "email",
            Row("phone", "since"),
            *team,
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(BACK, back_url))),
        )

    def clean_since(self) -> date | None:
        since, today = self.cleaned_data["since"], timezone.localdate()
        works = self.was_since is None or self.was_since <= today
        if since and since > today and works and self.instance.role:
            raise forms.ValidationError(
                "Человек уже работает: укажите день не позже сегодняшнего. "
                "Чтобы прервать работу, завершите её."
            )
        if since and self.instance.until and since > self.instance.until:
            last = long_date(self.instance.until)
            raise forms.ValidationError(f"Это позже последнего дня работы: {last}")
        return since


class TeamForm(TeamFields):
    """The part of a row with a role that the school itself keeps."""

    class Meta:
        model = Membership
        fields = ["in_team", "function"]

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_functions(self.instance.municipality)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "in_team",
            "function",
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(BACK, back_url))),
        )


class DirectorForm(forms.ModelForm):
    """The new director and the last day of the old one. Without mail there is no way in."""

    last_day = forms.DateField(
        label="Последний день прежнего директора",
        required=False,
        widget=date_input(),
        help_text="Не указан – день перед первым днём нового. В этот день вход ещё открыт",
    )

    class Meta:
        model = Membership
        fields = ["name", "post", "email", "phone", "since"]
        widgets = {"since": date_input()}
        labels = {"since": "Первый день нового директора"}
        help_texts = {
            "name": "Полностью, как в документах",
            "post": "Исполняющий обязанности – «И.о. директора»",
            "email": "На неё придёт приглашение. Без почты директор будет записан без входа",
        }

    def __init__(self, *args: Any, school: School, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = self.instance.school = school
        self.instance.municipality = school.municipality
        self.leaving: list[Membership] = []
        self.known: User | None = None
        self.ends_on: date | None = None
        self.fields["post"].required = True
        self.fields["since"].required = True
        self.fields["post"].initial = "Директор"
        self.helper = FormHelper()
        self.helper.form_error_title = "Директор не сменён: исправьте отмеченное"
        self.helper.layout = Layout(
            "name",
            "post",
            "email",
            "phone",
            "since",
            "last_day",
            ButtonHolder(Submit("check", "Продолжить"), HTML(format_html(BACK, back_url))),
        )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        self.known = account_with(email) if email else None
        return email

    def clean_since(self) -> date:
        return _not_long_ago(self.cleaned_data["since"])

    def clean_last_day(self) -> date | None:
        day = self.cleaned_data["last_day"]
        return _not_long_ago(day) if day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        self.instance.role = Role.DIRECTOR if data["email"] else ""
        if not data["email"] and not is_head_post(data["post"]):
            self.add_error(
                "post",
                "Без почты портал узнаёт руководителя по должности: начните её словами "
                "«Директор» или «И.о. директора».",
            )
        if is_somebody_else(self.known, data["name"]):
            self.add_error("email", SOMEBODY_ELSE)
        if not self.errors:
            self._clean_days(data["since"], data["last_day"])
        return data

    def _clean_days(self, since: date, last_day: date | None) -> None:
        self.leaving = heads_leaving(self.school, since)
        planned = Membership.objects.heads_of(self.school).filter(since__gte=since)
        head = planned.filter(Q(until=None) | Q(until__gte=since)).first()
        if head and head.since:
            self.add_error(
                "since",
                f"На это время директором уже назначен другой человек: {head.name}, "
                f"с {long_date(head.since)} Исправьте день или отмените то назначение "
                "в разделе «Люди».",
            )
        last = self.ends_on = last_day or since - timedelta(days=1)
        if last > since:
            self.add_error("last_day", "Это позже первого дня нового директора.")
        begun = [head.since for head in self.leaving if head.since and head.since > last]
        if begun:
            self.add_error(
                "last_day", f"Прежний директор начал работать позже: {long_date(max(begun))}"
            )
        if not self.errors and any(self._is_the_same(head) for head in self.leaving):
            self.add_error("name", "Этот человек уже директор школы: менять некого.")

    def _is_the_same(self, head: Membership) -> bool:
        """Who acted and is now appointed has another post; both stay on the card."""
        data = self.cleaned_data
        if head.post != data["post"] or bool(head.role) != bool(data["email"]):
            return False
        return head.user == self.known if self.known and head.user else head.name == data["name"]


def _not_long_ago(day: date) -> date:
    """The day before the first one of the calendar is no day at all."""
    if day < EARLIEST:
        raise forms.ValidationError(f"Проверьте год: {numeric_date(day)} – слишком давно.")
    return day

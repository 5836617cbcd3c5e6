"""Forms of the people of a team or seminar (R137–R142)."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Row, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from common.fields import OneRow
from common.widgets import date_input
from partnerships.models import Partnership, TeamPerson
from partnerships.team_people import Candidates, label_of
from schools.models import Membership, TeamFunction

LIST_ID = "team-people"
_BACK = '<a class="btn plain" href="{}">Не сейчас</a>'
_NOBODY = (
    "Среди людей школ-участниц и методистов такого нет. Проверьте имя или внесите человека "
    "в карточку его школы, на вкладку «Люди»."
)


class PersonByName(forms.CharField):
    """A person typed by name, with suggestions; a namesake is told by school or post."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"list": LIST_ID, "autocomplete": "off"})
        super().__init__(max_length=400, widget=widget, **kwargs)

    def clean_among(self, text: str, candidates: Candidates) -> Membership:
        found = candidates.named(text)
        if not found:
            raise forms.ValidationError(_NOBODY)
        if len(found) > 1:
            names = "; ".join(label_of(row) for row in found[:5])
            raise forms.ValidationError(f"Подходят несколько: {names}. Напишите точнее.")
        return found[0]


class TeamPersonForm(forms.ModelForm):
    """Who, in which function (R139), what for, since when. A person once written stays."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    person = PersonByName(
        label="Кто",
        help_text="Человек школы-участницы или методист. Начните писать фамилию",
        error_messages={"required": "Назовите человека."},
    )
    function = OneRow(
        TeamFunction.objects.none(), label="Функция", required=False, empty_label="не указана"
    )

    class Meta:
        model = TeamPerson
        fields = ["function", "duty", "is_coordinator", "since", "until"]
        widgets = {"since": date_input(), "until": date_input()}
        help_texts = {
            "is_coordinator": "Координирует команду обычно методист",
            "until": "Пусто – участвует сейчас",
        }

    def __init__(
        self, *args: Any, partnership: Partnership, seen: str, back_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.candidates = Candidates.of(partnership, timezone.localdate())
        rows = TeamFunction.objects.for_municipality(partnership.municipality)
        chosen: Any = self.fields["function"]
        chosen.queryset = rows.filter(Q(is_retired=False) | Q(pk=row.function_id))
        self.fields["seen"].initial = seen
        if row.pk:
            del self.fields["person"]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "seen",
            *(() if row.pk else ("person",)),
            "function",
            "duty",
            "is_coordinator",
            Row("since", "until"),
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(_BACK, back_url))),
        )

    @property
    def suggestions(self) -> list[str]:
        return self.candidates.suggestions() if "person" in self.fields else []

    def clean_person(self) -> Membership:
        field: Any = self.fields["person"]
        person: Membership = field.clean_among(self.cleaned_data["person"], self.candidates)
        self.instance.person = person
        return person

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Это раньше, чем человек вошёл в состав.")
        return data

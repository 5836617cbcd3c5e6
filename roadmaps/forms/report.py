"""The report of a school about an event, and the comments of a methodist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from common.images import BadPhoto, CleanPhoto
from common.images import clean_photo as cleaned
from common.widgets import date_input
from roadmaps.actions.reports import Told
from roadmaps.models import TargetGroup
from schools.models import School

REMOTE = "remote"
LONGEST_OUTCOME = 5000
MOST_PEOPLE = 100_000


class PageField(forms.URLField):
    """The address of a page on the web; a file server is none."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": "Напишите адрес страницы целиком, например https://школа.рф/новости"
    }


class ReportForm(forms.Form):
    """Everything may be empty in a draft; what sending needs is asked by the model.

    Fields `group_<id>` count participants: blank means «not told», 0 means nobody.
    """

    held_on = forms.DateField(
        label="Когда прошло",
        required=False,
        widget=date_input(),
        error_messages={"invalid": "Такой даты нет. Пример: 19.11.2026"},
    )
    place = forms.ChoiceField(
        label="Где", required=False, error_messages={"invalid_choice": "Выберите место из списка"}
    )
    outcome = forms.CharField(
        label="Что получилось",
        required=False,
        max_length=LONGEST_OUTCOME,
        help_text="Два-три предложения: о чём договорились, что сделали",
        widget=forms.Textarea({"rows": 4}),
    )
    photo = forms.FileField(
        label="Фото",
        required=False,
        allow_empty_file=True,
        help_text="Один снимок до 20 МБ, уменьшится сам. Снимайте так, чтобы лиц не было видно",
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )
    photo_remove = forms.BooleanField(label="Убрать этот снимок", required=False)
    url = PageField(
        label="Страница о мероприятии на сайте школы",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Можно добавить позже",
        widget=forms.URLInput({"inputmode": "url", "placeholder": "https://"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(
        self,
        *args: Any,
        places: Sequence[School],
        groups: Iterable[TargetGroup],
        own: School,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _let_paste(self, "outcome")
        self.groups = {f"group_{group.pk}": group.pk for group in groups}
        self.places = {str(school.pk): school for school in places}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", "Выберите"),
            *(
                (pk, f"{school} (у нас)" if school == own else str(school))
                for pk, school in self.places.items()
            ),
            (REMOTE, "Дистанционно"),
        ]
        for group in groups:
            self.fields[f"group_{group.pk}"] = _people_field(group.name)
        self.order_fields(["held_on", "place", *self.groups])

    @property
    def wrong_groups(self) -> list[forms.BoundField]:
        """Counts with an error, in full width above the others."""
        return [self[name] for name in self.groups if self[name].errors]

    @property
    def right_groups(self) -> list[forms.BoundField]:
        return [self[name] for name in self.groups if not self[name].errors]

    def clean_photo(self) -> CleanPhoto | None:
        uploaded: UploadedFile | None = self.cleaned_data.get("photo")
        if not uploaded:
            return None
        try:
            return cleaned(cast("BinaryIO", uploaded))
        except BadPhoto as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def photo_name(self) -> str:
        uploaded = self.files.get("photo")
        return uploaded.name or "" if uploaded else ""

    def told(self, stored: Told) -> Told:
        """What the form says; where a field is wrong, what is stored stays."""
        data = self.cleaned_data
        said = replace(stored, **{k: data[k] for k in ("held_on", "outcome", "url") if k in data})
        if "place" in data:
            place = data["place"]
            said = replace(said, host=self.places.get(place), is_remote=place == REMOTE)
        counts = {pk: n for pk, n in stored.participants.items() if pk not in self._counts()}
        counts |= {pk: n for pk, n in self._counts().items() if n is not None}
        return replace(said, participants=counts)

    def _counts(self) -> dict[int, int | None]:
        return {
            pk: self.cleaned_data[name]
            for name, pk in self.groups.items()
            if name in self.cleaned_data
        }

    def add_gaps(self, gaps: list[tuple[str, str]]) -> None:
        """Put what sending lacks beside the fields; participants: beside the first group.

        A field that is wrong already says so itself: nothing of it was stored.
        """
        first_group = next(iter(self.groups), None)
        for name, sentence in gaps:
            places = list(self.groups) if name == "participants" else [name]
            if not any(self.has_error(place) for place in places):
                self.add_error(first_group if name == "participants" else name, sentence)


def _let_paste(form: forms.Form, name: str) -> None:
    """A browser would cut a long paste without a word; the server says it and loses nothing."""
    form.fields[name].widget.attrs.pop("maxlength", None)


def _people_field(name: str) -> forms.IntegerField:
    too_many = "Столько участников не бывает: проверьте число"
    return forms.IntegerField(
        label=name,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Напишите число цифрами",
            "min_value": "Число участников не бывает меньше 0",
            "max_value": too_many,
        },
    )


def initial_of(told: Told) -> dict[str, Any]:
    """Values of the form's fields for what is stored or guessed."""
    place = REMOTE if told.is_remote else str(told.host.pk if told.host else "")
    people = {f"group_{pk}": count for pk, count in told.participants.items()}
    return {
        "held_on": told.held_on,
        "place": place,
        "outcome": told.outcome,
        "url": told.url,
        **people,
    }


class CommentForm(forms.Form):
    """A reason of the methodist: for a return or for opening a report again."""

    comment = forms.CharField(
        label="Что исправить",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Напишите, что исправить: школа увидит эти слова"},
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _let_paste(self, "comment")
        if label:
            self.fields["comment"].label = label

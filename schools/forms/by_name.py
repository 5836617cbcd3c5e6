"""A school typed by its name: a list of forty thousand would be no help (decision 20)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from schools.models import School
from schools.names import school_key

#: Longer lists are no suggestion any more.
SUGGESTED = 100
LIST_ID = "known-schools"


class SchoolByName(forms.CharField):
    """Takes «СОШ N 3» as people write it and gives the school of the same municipality.

    `of`: the school whose page this is; it cannot be named itself. `known`: the school that is
    written down already, maybe one of another municipality; its name stays good. `only_open`:
    a closed one is refused unless it is the known one.
    """

    def __init__(
        self, *, of: School, known: School | None = None, only_open: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(
            required=False,
            max_length=200,
            widget=forms.TextInput({"list": LIST_ID, "autocomplete": "off"}),
            **kwargs,
        )
        self.of, self.known, self.only_open = of, known, only_open

    def prepare_value(self, value: Any) -> Any:
        return value.short_name if isinstance(value, School) else value

    def clean(self, value: Any) -> School | None:
        text = super().clean(value)
        if not text:
            return None
        key = school_key(text)
        if self.known and key == self.known.name_key:
            return self.known
        found = School.objects.filter(municipality=self.of.municipality_id, name_key=key).first()
        if found is None:
            raise ValidationError("Такой школы в муниципалитете нет. Напишите, например: СОШ №3.")
        if found.pk == self.of.pk:
            raise ValidationError("Это сама школа: назовите другую или оставьте пустым.")
        if self.only_open and found.closed_on:
            raise ValidationError(f"{found}: уже закрыта. Назовите действующую.")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def suggestions(school: School) -> list[str]:
    """Names of the other schools; none where there are too many to look through."""
    others = School.objects.of(school.municipality).open().exclude(pk=school.pk)
    names = list(others.values_list("short_name", flat=True)[: SUGGESTED + 1])
    return names if len(names) <= SUGGESTED else []

"""Fields of our own: an academic year, a column derived from its row, a choice of rows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from common.academic_year import AcademicYear


def _year(value: Any) -> AcademicYear | None:
    """Turn a column, form or fixture value into the academic year; ValueError in Russian."""
    if value is None or value == "":
        return None
    if isinstance(value, AcademicYear):
        return value
    return AcademicYear(value) if isinstance(value, int) else AcademicYear.parse(str(value))


class AcademicYearFormField(forms.CharField):
    """Takes «2026/27» and gives `AcademicYear`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, "empty_value": None} | kwargs)

    def clean(self, value: Any) -> AcademicYear | None:
        try:
            return _year(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return _year(initial) != _year(data)
        except ValueError:
            return True


class OneRow(forms.ModelChoiceField):
    """Choice of one row. An id of more than 64 bits is no row: SQLite raises instead."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError:
            sentence = self.error_messages["invalid_choice"]
            params = {"value": value}
            raise ValidationError(sentence, code="invalid_choice", params=params) from None


class SeveralRows(forms.ModelMultipleChoiceField):
    """Choice of several rows. An id of more than 64 bits is no row: SQLite raises instead."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            sentence = self.error_messages["invalid_choice"]
            params = {"value": ", ".join(map(str, value))}
            raise ValidationError(sentence, code="invalid_choice", params=params) from None


class AcademicYearField(models.Field):
    """A small integer column (the starting year) that is an `AcademicYear` in Python.

    Lookups take an `AcademicYear`, its starting year as a number, or its label.
    """

    description = "Учебный год"

    def get_internal_type(self) -> str:
        return "SmallIntegerField"

    def from_db_value(self, value: int | None, *_: Any) -> AcademicYear | None:
        return None if value is None else AcademicYear(value)

    def to_python(self, value: Any) -> AcademicYear | None:
        try:
            return _year(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def get_prep_value(self, value: Any) -> int | None:
        year = _year(super().get_prep_value(value))
        return None if year is None else year.start

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        defaults = {"form_class": AcademicYearFormField} | kwargs
        return super().formfield(*args, **defaults)


class DerivedField(models.CharField):
    """A text column filled from a method of its row whenever the row is saved.

    Works in `save()`, `bulk_create()` and `full_clean()`. Not in `update()` nor
    `bulk_update()`; and `save(update_fields=…)` must name the column to refresh it.
    A value longer than the column is cut.
    """

    def __init__(self, *args: Any, compute: str, **kwargs: Any) -> None:
        self.compute = compute
        super().__init__(*args, **{"editable": False} | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"compute": self.compute}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        method = getattr(model_instance, self.compute, None)
        if method is not None:  # a model of a migration has no methods: keep what is there
            setattr(model_instance, self.attname, method()[: self.max_length])
        return super().pre_save(model_instance, add)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return value if model_instance is None else self.pre_save(model_instance, add=False)

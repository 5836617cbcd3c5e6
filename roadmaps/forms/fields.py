"""What several forms of the editor share: limits in words, short names, choices."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from common.fields import OneRow, SeveralRows
from common.russian import grouped


class Limits(forms.BaseForm):
    """Too long a text is answered by a sentence; the browser must not cut what is pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_limits()

    def set_limits(self) -> None:
        """Once more by a form that adds fields of its own."""
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
            limit = getattr(field, "max_length", None)
            if limit:
                field.error_messages["max_length"] = _too_long(limit)


class Lines(forms.CharField):
    """A text of several lines, as a cell of a Word table has: one-line fields glue their words."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        """A browser sends other line ends than are kept: they are no change."""
        return "\n".join((super().to_python(value) or "").splitlines())


class Labelled(OneRow):
    """Shows the short name of a catalogue's row."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class LabelledMany(SeveralRows):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


def offer(field: forms.Field, rows: QuerySet, empty: str = "") -> None:
    """Set what a field offers; `empty` names the choice of nothing."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
    field.queryset = rows
    if empty:
        field.empty_label = empty


def _too_long(limit: int) -> str:
    return f"Слишком длинно: %(show_value)s знаков, помещается {grouped(limit)}. Сократите текст"

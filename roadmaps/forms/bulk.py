"""What to do with several rows; a deed asks for its own fields and for no others."""

from typing import Any

from django import forms

from roadmaps.actions.plan.bulk import Change
from roadmaps.enums import BulkDeed, Stage
from roadmaps.forms.why import WhyFields
from roadmaps.models import EventKind, Roadmap

_ADD, _REPLACE = "add", "replace"


class BulkForm(WhyFields, forms.Form):
    deed = forms.ChoiceField(
        label="Что сделать",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Выберите, что сделать со строками",
            "invalid_choice": "Такого действия нет: выберите одно из списка",
        },
    )
    stage = forms.TypedChoiceField(
        label="Этап",
        coerce=int,
        required=False,
        error_messages={"invalid_choice": "Такого этапа нет: этапов ровно три"},
    )
    due_text = forms.CharField(label="Срок", required=False, max_length=500)
    responsible = forms.CharField(
        label="Ответственные",
        required=False,
        max_length=2000,
        help_text="Должности, люди или «все ОО» через точку с запятой",
    )
    mode = forms.ChoiceField(
        label="Что с прежними ответственными",
        choices=[(_ADD, "оставить, добавить новых"), (_REPLACE, "заменить новыми")],
        required=False,
    )
    kind = forms.ModelChoiceField(
        label="Вид мероприятия", queryset=EventKind.objects.none(), required=False
    )
    reason = forms.CharField(label="Почему отменяете", required=False, max_length=300)

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        gone = BulkDeed.CANCEL if roadmap.is_draft else BulkDeed.DELETE
        fields["deed"].choices = [(one.value, one.label) for one in BulkDeed if one != gone]
        if gone == BulkDeed.CANCEL:
            del fields["reason"]
        fields["stage"].choices = [
            ("", "выберите"),
            *((stage.value, f"{stage.value}. {stage.short}") for stage in Stage),
        ]
        kinds = EventKind.objects.for_municipality(roadmap.municipality).current()
        fields["kind"].queryset = kinds
        fields["kind"].empty_label = "выберите"
        self.ask_why(roadmap)

    def is_same(self) -> bool:
        """A cancelling tells its own reason."""
        return self.cleaned_data.get("deed") in (None, BulkDeed.CANCEL)

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        deed = data.get("deed")
        needed, sentence = _NEEDED.get(deed or "", ("", ""))
        if needed and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, sentence)
        return data

    @property
    def change(self) -> Change:
        data = self.cleaned_data
        return Change(
            deed=BulkDeed(data["deed"]),
            stage=data["stage"] or 0,
            due_text=" ".join(data["due_text"].split()),
            responsible=" ".join(data["responsible"].split()),
            adds=data["mode"] != _REPLACE,
            kind=data["kind"],
            reason=data.get("reason", ""),
        )


_NEEDED: dict[str, tuple[str, str]] = {
    BulkDeed.STAGE: ("stage", "Выберите этап"),
    BulkDeed.DUE: ("due_text", "Напишите срок, один для всех строк"),
    BulkDeed.RESPONSIBLE: ("responsible", "Назовите ответственных"),
    BulkDeed.KIND: ("kind", "Выберите вид мероприятия"),
    BulkDeed.CANCEL: ("reason", "Напишите, почему отменяете мероприятия"),
}

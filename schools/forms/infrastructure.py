"""The form of the infrastructure check (R055–R058)."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Submit
from django import forms
from django.utils.html import format_html

from schools import clusters
from schools.actions.infrastructure import CheckDraft

_YES, _NO, _UNKNOWN = "yes", "no", "unknown"
_VALUES = {_YES: True, _NO: False, _UNKNOWN: None}
_FACT = [(_YES, "да"), (_NO, "нет"), (_UNKNOWN, "не указано")]
_DECISION = [(_UNKNOWN, "решения нет"), (_YES, "в зоне риска"), (_NO, "не в зоне риска")]
_FACTS = {
    "no_internet": clusters.NO_INTERNET,
    "no_computers": clusters.NO_COMPUTERS,
    "no_staff": clusters.NO_STAFF,
}
_BACK = '<a class="btn plain wide" href="{}">Не менять</a>'


def _named(fact: str) -> str:
    return f"{_FACTS[fact][:1].upper()}{_FACTS[fact][1:]}"


def _radios(label: str, choices: list[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=_VALUES.get,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": "Выберите один из ответов"},
    )


class InfrastructureForm(forms.Form):
    """Three facts, each да / нет / не указано, and a decision for when they do not tell.

    `mark` is that of the check when the form was opened.
    """

    no_internet = _radios(_named("no_internet"), _FACT)
    no_computers = _radios(_named("no_computers"), _FACT)
    no_staff = _radios(_named("no_staff"), _FACT)
    decided = _radios(
        "Решение вручную",
        _DECISION,
        "Только пока по показателям вывод сделать нельзя; показывается как принятое вручную",
    )
    decision_basis = forms.CharField(
        label="Основание решения",
        required=False,
        max_length=300,
        help_text="Например: справка отдела, приказ № 12 от 01.09.2026",
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, before: CheckDraft, back_url: str, **kwargs: Any) -> None:
        words = {value: key for key, value in _VALUES.items()}
        shown = {name: words[getattr(before, name)] for name in (*_FACTS, "decided")}
        shown |= {"decision_basis": before.decision_basis, "mark": before.mark}
        super().__init__(*args, **{"initial": shown} | kwargs)
        self.before = before
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "mark",
            Fieldset("Показатели", *_FACTS),
            Fieldset("Если показатели не известны", "decided", "decision_basis"),
            ButtonHolder(Submit("save", "Сохранить проверку"), HTML(format_html(_BACK, back_url))),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data["decided"] is None:
            self._refuse_idle_basis(data["decision_basis"])
        elif not data["decision_basis"]:
            self.add_error(
                "decision_basis", "Укажите основание: без него решения вручную не бывает."
            )
        elif self._is_needless():
            sentence = "Показатели уже дают ответ. Выберите «решения нет» или «не указано» у них."
            self.add_error("decided", sentence)
        return data

    def _refuse_idle_basis(self, basis: str) -> None:
        """A basis left from a decision that is taken back goes with it; a new one is a slip."""
        if basis and basis != self.before.decision_basis:
            self.add_error("decided", "Основание указано, а решения нет: выберите его.")

    def _is_needless(self) -> bool:
        """A new decision where facts tell. An older one may stand: it is not counted."""
        facts = (self.cleaned_data[name] for name in _FACTS)
        was = (self.before.decided, self.before.decision_basis)
        now = (self.cleaned_data["decided"], self.cleaned_data["decision_basis"])
        return clusters.facts_tell(*facts) and was != now

    def shown(self, name: str) -> str:
        """The value of a field in words."""
        value = self[name].value() or ""
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))

    @property
    def draft(self) -> CheckDraft:
        """What a valid form says."""
        data = {name: self.cleaned_data[name] for name in CheckDraft.__dataclass_fields__}
        if data["decided"] is None:
            data["decision_basis"] = ""
        return CheckDraft(**data)

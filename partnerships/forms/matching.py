"""Choice of candidates, decisions about pairs and the filter of their list."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms

from partnerships.enums import PairRuleKind
from partnerships.matching.facts import PRESETS
from schools.models import Municipality

SHOW_ALL = "all"
PEER_CONTEXT = "peer_context"


class CandidateFilter(forms.Form):
    """What matters more, and whom to show. `places`: municipalities where the person may look
    for a lead; asked only where there are several.
    """

    weights = forms.ChoiceField(
        label="Что важнее",
        required=False,
        choices=[(one.code, one.name) for one in PRESETS.values()],
    )
    show = forms.ChoiceField(
        label="Кого показать",
        required=False,
        choices=[("", "с нужным опытом"), (SHOW_ALL, "все школы")],
    )
    scenario = forms.ChoiceField(
        label="Сценарий",
        required=False,
        choices=[("", "любой"), (PEER_CONTEXT, "2: обе школы в сложном контексте")],
    )
    q = forms.CharField(label="Название школы-лидера", required=False, max_length=200)
    place = forms.TypedChoiceField(label="Где искать", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, places: Sequence[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(places) < 2:
            del self.fields["place"]
            return
        own, *others = places
        field: Any = self.fields["place"]
        field.choices = [("", str(own)), *((str(one.pk), str(one)) for one in others)]


class PairRuleForm(forms.Form):
    """A decision about two schools. `seen`: `mark_of` the decision that the form shows."""

    kind = forms.ChoiceField(label="Решение", choices=PairRuleKind, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Почему",
        max_length=300,
        help_text="Например: директора договорились; школы далеко друг от друга",
        error_messages={"required": "Напишите, почему так решено."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        back = HTML(f'<a class="btn plain wide" href="{back_url}">Не сейчас</a>')
        self.helper.layout = Layout(
            "kind", "reason", "seen", ButtonHolder(Submit("save", "Записать решение"), back)
        )


class PairRuleFilter(forms.Form):
    """Filter of the list of decisions."""

    q = forms.CharField(label="Школа", required=False, max_length=200)
    kind = forms.ChoiceField(
        label="Решение", required=False, choices=[("", "любое"), *PairRuleKind.choices]
    )

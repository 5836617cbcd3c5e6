"""Filter of cooled pairs; lives in the address."""

from django import forms

from roadmaps.cooling import WHY_WORDS


class CooledFilter(forms.Form):
    q = forms.CharField(label="Тема или школа", required=False, max_length=200)
    why = forms.ChoiceField(
        label="Почему",
        required=False,
        choices=[("", "любая причина"), *((why.value, text) for why, text in WHY_WORDS.items())],
    )

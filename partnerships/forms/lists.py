"""Filter of the list; lives in the address."""

from django import forms

from partnerships.enums import PartnershipState


class PartnershipFilter(forms.Form):
    q = forms.CharField(label="Тема или школа", required=False, max_length=200)
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "Любое"), *((s.value, s.label.capitalize()) for s in PartnershipState)],
    )

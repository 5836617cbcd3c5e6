"""Choice of the story of a roadmap."""

from django import forms

from roadmaps.plan_history import KINDS


class HistoryFilter(forms.Form):
    """The choice lives in the address."""

    kind = forms.ChoiceField(label="Что", required=False, choices=[("", "всё"), *KINDS.items()])
    row = forms.CharField(required=False, widget=forms.HiddenInput)

"""A mark of a step of the algorithm (R126–R136)."""

from django import forms

from roadmaps.forms.fields import Limits


class MarkForm(Limits, forms.Form):
    """What proves that a step is done; the mark may stand without words."""

    note = forms.CharField(label="Чем подтверждается", max_length=500, required=False)

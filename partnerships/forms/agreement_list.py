"""Filter of the list of agreements; lives in the address."""

from django import forms

SHOWN = [
    ("", "все"),
    ("ending", "скоро заканчиваются"),
    ("over", "срок истёк"),
    ("no_scan", "без скана"),
    ("no_number", "без номера или даты"),
]


class AgreementFilter(forms.Form):
    q = forms.CharField(label="Номер, школа или тема", required=False, max_length=200)
    show = forms.ChoiceField(label="Какие договоры", required=False, choices=SHOWN)

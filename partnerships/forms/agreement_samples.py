"""Templates of agreements: the form with the places explained beside, the choice of an example."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from partnerships.agreement_text import OWN_LINE, PLACES, problems
from partnerships.models import AgreementTemplate
from schools.forms.catalogues import CatalogueForm

#: Sentences about one text; more would only hide the first.
MOST_PROBLEMS = 5


class AgreementTemplateForm(CatalogueForm):
    """A text whose places the portal can fill."""

    class Meta:
        model = AgreementTemplate
        fields = ["name", "text"]
        widgets = {"text": forms.Textarea({"rows": 30})}
        help_texts = {
            "text": "Абзац – одна строка. «# » в начале строки – название документа, "
            "«## » – заголовок раздела, «- » – пункт списка"
        }

    def lines(self) -> list[Any]:
        return ["name", HTML(_places()), "text"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        found = problems(text)
        if found:
            raise ValidationError(found[:MOST_PROBLEMS])
        return text


def _places() -> str:
    """Which places there are and what each brings."""
    rows = (
        (place, f"{words}; отдельной строкой" if place in OWN_LINE else words)
        for place, words in PLACES
    )
    listed = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
    note = "Чего портал не знает, останется прочерком для записи от руки."
    return format_html(
        '<section class="box flow" aria-labelledby="places"><h2 id="places">Места, которые '
        'заполнит портал</h2><dl class="facts small">{}</dl><p class="small">{}</p></section>',
        listed,
        note,
    )


class TryForm(forms.Form):
    """By which partnership to try a template; lives in the address."""

    q = forms.CharField(label="Школа или тема партнёрства", required=False, max_length=200)

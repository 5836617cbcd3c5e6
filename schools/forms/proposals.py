"""Forms of what a school proposes to change in its card."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Submit
from django import forms
from django.utils.html import format_html

from schools.enums import ProposalState
from schools.forms.school import OwnFactsForm, how_many, how_to_reach, where_it_is


class ProposalForm(OwnFactsForm):
    """The present card, to be written over; and why."""

    comment = forms.CharField(
        label="Пояснение для методиста",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Можно не писать. Например: новый телефон с 1 сентября",
    )

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = "Не отправлено: исправьте отмеченное"
        self.helper.layout = Layout(
            Fieldset("Организация", "full_name", "department"),
            how_many(),
            where_it_is(),
            how_to_reach(),
            Fieldset("Пояснение", "comment"),
            ButtonHolder(
                Submit("propose", "Отправить методисту"),
                HTML(format_html('<a class="btn plain" href="{}">Не отправлять</a>', back_url)),
            ),
        )


class RefuseForm(forms.Form):
    """Why not: the school reads it."""

    reason = forms.CharField(
        label="Почему",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Причину увидит школа",
        error_messages={"required": "Напишите причину: школа должна понять, что исправить."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class ProposalFilter(forms.Form):
    """Which proposals; lives in the address."""

    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "Все"), *ProposalState.choices]
    )

"""The form of an information resource and the filter of their list (R098)."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.utils.html import format_html

from partnerships.models import Material
from schools.forms.attached import WithFile

_BACK = '<a class="btn plain" href="{}">Не сейчас</a>'


class MaterialForm(WithFile):
    """A link, a file or both. `seen` is the mark of what the form showed."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    url = forms.URLField(
        label="Ссылка",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Напишите адрес целиком, например https://школа.рф/материалы"},
    )

    class Meta:
        model = Material
        fields = ["title", "note", "url"]
        help_texts = {"note": "Одно-два предложения: кому и для чего"}
        error_messages = {"title": {"required": "Назовите материал."}}

    def __init__(self, *args: Any, seen: str, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        files = self.offer_file(self.instance.file)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "seen",
            "title",
            "note",
            "url",
            *files,
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(_BACK, back_url))),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        held = self.instance.file is not None and not data.get("drop_file")
        if not self.errors and not (data.get("url") or data.get("upload") or held):
            self.add_error("url", "Укажите ссылку или приложите файл.")
        self.ask_again()
        return data


class MaterialFilter(forms.Form):
    """Search and choice of the list; those taken back are there for who keeps them."""

    q = forms.CharField(label="Название или о чём", required=False, max_length=200)
    what = forms.ChoiceField(
        label="Что приложено",
        required=False,
        choices=[("", "неважно"), ("file", "файл"), ("link", "ссылка")],
    )
    state = forms.ChoiceField(
        label="Какие",
        required=False,
        choices=[("", "действующие"), ("retired", "убранные"), ("all", "все")],
    )

    def __init__(self, *args: Any, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not keeps:
            del self.fields["state"]

"""A form with one paper attached: it is told by its content, and the old one may be taken away."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from common.files import StoredFile
from schools import uploads

_AGAIN = "Выберите файл ещё раз: вместе с ошибками он не сохраняется."


class WithFile(forms.ModelForm):
    """Fields `upload` and, where a file is there already, `drop_file`. The last line of `clean`
    of a form is `self.ask_again()`."""

    upload = forms.FileField(
        label="Файл",
        required=False,
        allow_empty_file=True,
        help_text=uploads.HINT,
        widget=forms.FileInput({"accept": uploads.ACCEPT}),
    )
    drop_file = forms.BooleanField(label="Убрать приложенный файл", required=False)

    def offer_file(self, held: StoredFile | None) -> list[str]:
        """Say which file is there; return the names of the fields for the layout."""
        if held is None:
            del self.fields["drop_file"]
            return ["upload"]
        said = f"Сейчас приложен {held.original_name}. Новый файл его заменит"
        self.fields["upload"].help_text = format_html("{}. {}", said, uploads.HINT)
        return ["upload", "drop_file"]

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("upload")
        if upload is not None:
            uploads.checked(upload)
        return upload

    def ask_again(self) -> None:
        """A browser sends a file once: a form with errors must ask for it anew."""
        if self.errors and self.files.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _AGAIN)

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data

"""Forms of the workbooks: what is handed in, which template is wanted."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from common.academic_year import AcademicYear
from common.russian import NBSP, counted
from schools.enums import ImportKind
from schools.exchange.kinds import KINDS
from schools.exchange.package import MAX_BYTES, Package, WorkbookError
from schools.exchange.reading import MAX_ROWS

#: Academic years around the current one that a workbook may be about.
YEARS_BACK, YEARS_AHEAD = 4, 1
_ROWS = counted(MAX_ROWS, "строки", "строк", "строк")


def years_to_choose() -> list[tuple[str, str]]:
    """The current academic year first, then the next and the past ones."""
    now = AcademicYear.of(timezone.localdate()).start
    starts = [now, now + YEARS_AHEAD, *range(now - 1, now - YEARS_BACK - 1, -1)]
    years = [AcademicYear(start) for start in starts]
    return [(year.label, f"{year.label} учебный год") for year in years]


def kinds_to_choose() -> list[tuple[str, str]]:
    return [(kind.value, kind.label.capitalize()) for kind in ImportKind if kind in KINDS]


class _YearField(forms.ChoiceField):
    def clean(self, value: Any) -> AcademicYear | None:
        told = super().clean(value)
        return AcademicYear.parse(told) if told else None


class _OfKind(forms.Form):
    """A kind in the address or hidden; the year only where the kind needs one."""

    kind = forms.ChoiceField(widget=forms.HiddenInput)
    year = _YearField(label="Учебный год")

    def __init__(self, *args: Any, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_to_choose()  # type: ignore[attr-defined]
        self.fields["kind"].initial = kind.value
        if KINDS[kind].needs_year:
            self.fields["year"].choices = years_to_choose()  # type: ignore[attr-defined]
        else:
            del self.fields["year"]
        self.helper = FormHelper()


class TemplateForm(_OfKind):
    """Which template to make. Two buttons: an empty one, one filled with what is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "template_%s"} | kwargs)
        self.helper.form_method = "get"
        self.helper.form_tag = False


class UploadForm(_OfKind):
    """The workbook itself. What cannot be a workbook at all is refused before it is queued."""

    file = forms.FileField(
        label="Заполненная таблица",
        help_text=f"Книга Excel (.xlsx) до 20{NBSP}МБ, не больше {_ROWS}",
        widget=forms.FileInput({"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": "Выберите файл."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *self.fields, ButtonHolder(Submit("upload", "Загрузить и проверить"))
        )

    def clean_file(self) -> UploadedFile:
        """Whether it can be read row by row is found out in the background."""
        file = self.cleaned_data["file"]
        try:
            Package(file.read(MAX_BYTES + 1))
        except WorkbookError as problem:
            raise forms.ValidationError(str(problem)) from None
        return file

"""A plan handed in as a table: pasted or as a file; its tables and columns; its acceptance."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.russian import NBSP
from roadmaps.enums import DraftOrigin, Stage
from roadmaps.exchange.columns import Field, Layout
from roadmaps.exchange.grid import MAX_ROWS, Table
from roadmaps.exchange.source import (
    MAX_BYTES,
    OfficeFileError,
    Source,
    TableError,
    of_file,
    of_paste,
    title_of,
)
from roadmaps.forms.why import WhyFields
from roadmaps.models import Roadmap

NOTHING = "Вставьте таблицу в поле или выберите файл."
BOTH = "Выбраны и файл, и вставленная таблица. Оставьте что-то одно."
AGAIN = "Выберите файл ещё раз: вместе с ошибками он не сохраняется."
PASTED = "Вставленная таблица"


class ExchangeForm(forms.Form):
    """`html` is filled by static/js/paste.js; without scripts the plain text is read."""

    text = forms.CharField(
        label="Таблица из Word или Excel",
        required=False,
        strip=False,
        help_text="Выделите таблицу в документе, скопируйте (Ctrl+C) и вставьте сюда (Ctrl+V)",
        widget=forms.Textarea({"rows": 8, "data-paste": "id_html"}),
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label="Или файл",
        required=False,
        allow_empty_file=True,
        help_text=(
            f"Документ Word (.docx) или книга Excel (.xlsx) до 20{NBSP}МБ, "
            f"не больше {MAX_ROWS} строк"
        ),
        widget=forms.FileInput({"accept": ".docx,.xlsx"}),
    )

    #: What was read, where the form is valid.
    origin: DraftOrigin
    source: Source
    source_name: str

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file: UploadedFile | None = data.get("file")
        has_text = bool((data.get("text") or "").strip() or (data.get("html") or "").strip())
        if file and has_text:
            self.add_error("file", BOTH)
        elif file:
            self._read("file", file)
        elif has_text and not self.errors:
            self._read("text", None)
        elif not self.errors:
            self.add_error("text", NOTHING)
        return data

    def _read(self, field: str, file: UploadedFile | None) -> None:
        try:
            if file:
                name = str(file.name)
                self.origin, self.source = of_file(file.read(MAX_BYTES + 1), name)
                self.source_name = name
            else:
                data = self.cleaned_data
                self.origin, self.source_name = DraftOrigin.PASTE, PASTED
                self.source = of_paste(data["text"], data["html"])
        except (OfficeFileError, TableError) as problem:
            self.add_error(field, str(problem))


class TablesForm(forms.Form):
    """Which tables of the document are the plan."""

    tables = forms.MultipleChoiceField(
        label="Какие таблицы взять",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одну таблицу."},
    )

    def __init__(self, *args: Any, tables: list[Table], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tables"].choices = [  # type: ignore[attr-defined]
            (str(number), f"{title_of(table, number)}, строк: {len(table.lines)}. {table.sample}")
            for number, table in enumerate(tables)
        ]

    @property
    def chosen(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["tables"]]


class ColumnsForm(forms.Form):
    """What each column of one table is; begins with what was understood."""

    def __init__(self, data: Any, *, number: int, layout: Layout) -> None:
        super().__init__(data, prefix=f"t{number}")
        self.number = number
        choices = [(field.value, field.label) for field in Field]
        for column in layout.columns:
            self.fields[f"c{column.place}"] = forms.ChoiceField(
                label=column.name, choices=choices, initial=column.field.value
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and Field.TITLE not in data.values():
            raise forms.ValidationError(
                "Укажите, в какой графе названия мероприятий: без них строки не добавить."
            )
        return data

    @property
    def chosen(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class AcceptForm(WhyFields, forms.Form):
    """Why an approved plan grows; nothing is asked otherwise."""

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_why(roadmap)


class BulkStageForm(forms.Form):
    bulk_stage = forms.TypedChoiceField(
        label="Этап всем взятым строкам",
        coerce=int,
        choices=[(stage.value, f"{stage.value}. {stage.short}") for stage in Stage],
    )

"""An .xlsx file as a package of parts: what it is, and that unpacking it does no harm. Pure.

The reader gets a package that we wrote ourselves out of checked parts.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import ClassVar

from common.office_file import DAMAGED, MAX_BYTES, OfficeFile, OfficeFileError, Words

__all__ = ["DAMAGED", "EXPECTED", "MAX_BYTES", "XLSX", "Package", "SheetPart", "WorkbookError"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPECTED = "Нужна книга Excel в формате .xlsx: скачайте шаблон и заполните его."
SAVE_AS = "Откройте файл в Excel и выберите «Сохранить как» – «Книга Excel (.xlsx)»."
_MACROS = (
    f"В книге есть макросы, такие файлы не принимаются. {SAVE_AS} Макросы в нём не сохранятся."
)
_REQUIRED = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_SHARED = ("xl/styles.xml", "xl/sharedstrings.xml")
_HIDDEN = frozenset({"hidden", "veryHidden"})


def words_of_book(expected: str) -> Words:
    """Sentences about a book, whatever it is wanted for."""
    return Words(
        expected=expected,
        save_as=SAVE_AS,
        broken=f"Файл повреждён и не читается. {SAVE_AS}",
        too_large=(
            "В книге слишком много содержимого: распакованная она больше 100 МБ. "
            "Оставьте один лист с таблицей, без рисунков и оформления пустых ячеек."
        ),
        too_many_bytes="Файл больше 20 МБ. Разделите таблицу на несколько файлов.",
        locked="Книга защищена паролем. Снимите пароль и загрузите её снова.",
        not_this=f"Это не книга Excel (возможно, текст или CSV). {expected} {SAVE_AS}",
    )


class WorkbookError(OfficeFileError):
    """The workbook cannot be taken; the text is a Russian sentence that says what is expected."""


@dataclass(frozen=True)
class SheetPart:
    """A sheet in the order of the book; `path` is «» where it holds no table."""

    name: str
    path: str
    hidden: bool


class Package(OfficeFile):
    """An .xlsx file whose parts may be read. Raises `WorkbookError` for anything else."""

    words: ClassVar[Words] = words_of_book(EXPECTED)
    error = WorkbookError

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        if b"macroEnabled" in self.part("[content_types].xml"):
            raise WorkbookError(_MACROS)

    def check_parts(self, names: dict[str, str]) -> None:
        if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
            raise WorkbookError(_MACROS)
        if "word/document.xml" in names:
            raise WorkbookError(f"Это документ Word. {self.words.expected}")
        if "content.xml" in names and "mimetype" in names:
            raise WorkbookError(f"Это таблица OpenDocument (.ods). {SAVE_AS}")
        if "xl/workbook.bin" in names:
            raise WorkbookError(f"Это двоичная книга (.xlsb). {SAVE_AS}")
        if any(name.startswith("xl/externallinks/") for name in names):
            raise WorkbookError(
                "Книга ссылается на другие файлы. Разорвите связи («Данные» – «Изменить связи») "
                "и вставьте вместо формул значения."
            )
        if any(name not in names for name in _REQUIRED):
            raise WorkbookError(f"Это не книга Excel. {self.words.expected}")

    def sheets(self) -> list[SheetPart]:
        """Sheets in their order, with the part that holds each."""
        relations = self.elements(self.part("xl/_rels/workbook.xml.rels"), "Relationship")
        targets = {
            row["Id"]: posixpath.normpath(posixpath.join("/xl", row["Target"])).lstrip("/")
            for row in relations
            if row.get("Type", "").endswith("/worksheet") and "Id" in row and "Target" in row
        }
        return [
            SheetPart(
                row.get("name", ""), targets.get(_id_of(row), ""), row.get("state") in _HIDDEN
            )
            for row in self.elements(self.part("xl/workbook.xml"), "sheet")
        ]

    def with_sheet_alone(self, path: str, xml: bytes) -> bytes:
        """A package of the same book in which no sheet but this one has its part."""
        out = io.BytesIO()
        wanted = [*_REQUIRED, *(name for name in _SHARED if name in self._names)]
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for name in wanted:
                package.writestr(self._names[name], self.part(name))
            package.writestr(path, xml)
        return out.getvalue()

    def whole(self) -> bytes:
        """The book written anew, every part of it checked."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for low, name in self._names.items():
                if not low.endswith("/"):
                    package.writestr(name, self.part(low))
        return out.getvalue()


def _id_of(row: dict[str, str]) -> str:
    return next((value for name, value in row.items() if name.endswith(":id")), "")

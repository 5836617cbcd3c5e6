"""Tables of a .docx file. The file is distrusted (`common.office_file`) and read as a stream. Pure.

A document of two thousand rows is read in one pass: an object tree of it would cost a hundred
times its size.
"""

from typing import ClassVar
from xml.parsers import expat

from common.office_file import OfficeFile, OfficeFileError, Words
from roadmaps.exchange.grid import Builder, Table, TableError, Written, cleaned, filled

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXPECTED = "Нужен документ Word (.docx) с таблицей плана или книга Excel (.xlsx)."
_SAVE_AS = "Откройте файл в Word и выберите «Сохранить как» – «Документ Word (.docx)»."
NO_TABLES = (
    "В документе нет ни одной таблицы. Загрузите файл, в котором план записан таблицей, "
    "или скопируйте таблицу и вставьте её в поле."
)
_BROKEN = f"Документ повреждён и не читается. {_SAVE_AS}"
#: Beyond it the text alone would fill a book.
_MAX_XML = 60 * 1024 * 1024
_NAMED = 200


class WordFile(OfficeFile):
    """A .docx file whose parts may be read."""

    words: ClassVar[Words] = Words(
        expected=_EXPECTED,
        save_as=_SAVE_AS,
        broken=_BROKEN,
        too_large=(
            "В документе слишком много содержимого: распакованный он больше 100 МБ. "
            "Скопируйте таблицу плана в новый документ и загрузите его."
        ),
        too_many_bytes="Файл больше 20 МБ. Скопируйте таблицу плана в новый документ без рисунков.",
        locked="Документ защищён паролем. Снимите пароль и загрузите его снова.",
        not_this=f"Это не документ Word. {_EXPECTED}",
    )

    def check_parts(self, names: dict[str, str]) -> None:
        if "content.xml" in names and "mimetype" in names:
            raise OfficeFileError(f"Это документ OpenDocument (.odt). {_SAVE_AS}")
        if "word/document.xml" not in names or "[content_types].xml" not in names:
            raise OfficeFileError(f"Это не документ Word. {_EXPECTED}")


def read(content: bytes) -> list[Table]:
    """Tables of the document in their order. Raises `OfficeFileError`, `TableError`."""
    xml = WordFile(content).part("word/document.xml")
    if len(xml) > _MAX_XML:
        raise OfficeFileError(WordFile.words.too_large)
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise OfficeFileError(_BROKEN) from None
    tables = filled(walk.tables)
    if not tables:
        raise TableError(NO_TABLES)
    return tables


#: What stands in the text beside its letters.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class _Walk:
    """One pass over `word/document.xml`. A table inside a cell becomes lines of the cell."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._depth = 0
        self._builder = Builder()
        self._row: list[Written] = []
        self._skipped = 0
        self._cell = Written("")
        self._text: list[str] = []
        self._above: list[str] = []
        self._reads = False
        #: Inside what is not shown: the older copy of a drawing, a deleted row.
        self._hidden = 0
        self._in_row_marks = False
        self._row_is_deleted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "Fallback" or self._hidden:
            self._hidden += tag == "Fallback"
            return
        if tag == "t":
            self._reads = True
        elif tag in _SIGNS and not (tag == "br" and _told(attributes, "type") == "page"):
            self._text.append(_SIGNS[tag])
        elif tag == "tbl":
            self._open_table()
        elif self._depth == 1:
            self._of_table(tag, attributes)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if self._hidden:
            self._hidden -= tag == "Fallback"
        elif tag == "t":
            self._reads = False
        elif tag == "p":
            self._paragraph()
        elif tag == "tbl":
            self._close_table()
        elif self._depth == 1 and tag == "tc":
            self._cell.text = cleaned("".join(self._text))
            self._row.append(self._cell)
        elif self._depth == 1 and tag == "tr":
            self._close_row()
        elif tag == "trPr":
            self._in_row_marks = False

    def data(self, text: str) -> None:
        if self._reads and not self._hidden:
            self._text.append(text)

    def _of_table(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tr":
            self._row, self._skipped, self._row_is_deleted = [], 0, False
        elif tag == "tc":
            self._cell, self._text = Written(""), []
        elif tag == "trPr":
            self._in_row_marks = True
        elif tag == "del" and self._in_row_marks:
            self._row_is_deleted = True
        elif tag == "gridSpan":
            self._cell.columns = _number(_told(attributes, "val"))
        elif tag == "gridBefore":
            self._skipped = _number(_told(attributes, "val"), least=0)
        elif tag == "vMerge" and _told(attributes, "val") in {"", "continue"}:
            self._cell.continues = True

    def _open_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._builder = Builder()

    def _close_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            name = " ".join(" ".join(self._above[-2:]).split())
            self.tables.append(Table(name[:_NAMED], tuple(self._builder.lines)))
            self._above, self._text = [], []

    def _close_row(self) -> None:
        if not self._row_is_deleted:
            self._builder.add(self._row, self._skipped)

    def _paragraph(self) -> None:
        if self._depth:
            self._text.append("\n")
            return
        if text := cleaned("".join(self._text)):
            self._above.append(text)
        self._text = []


def _told(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name: prefixes differ from program to program."""
    found = (value for key, value in attributes.items() if key.rpartition(":")[2] == name)
    return next(found, "")


def _number(text: str, least: int = 1) -> int:
    return max(least, int(text)) if text.isdecimal() and len(text) < 5 else least

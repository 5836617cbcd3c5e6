"""Tables of the HTML that Word, Excel and LibreOffice put into the clipboard. Pure.

Nothing of the HTML is ever shown: only the texts of its cells are kept.
"""

import re
from html.parser import HTMLParser

from roadmaps.exchange.grid import Builder, Table, TableError, Written, cleaned, filled

#: What ends a line of text before and after itself.
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"})
_UNSHOWN = frozenset({"style", "script", "head", "title", "xml", "template", "del"})
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_NAMED = 200
#: Word writes a page of a plan in a few dozen kilobytes; what is longer is no table.
MAX_LENGTH = 5_000_000
TOO_LONG = (
    "Вставленное слишком велико, чтобы прочитать его целиком. Скопируйте одну таблицу плана, "
    "без рисунков, или загрузите документ Word (.docx)."
)
#: `<!DOCTYPE …>`, `<![if …]>`: declarations show nothing, and the parser chokes on broken ones.
_DECLARATION = re.compile(r"<![^<>]*>")
#: What looks like a tag that never ends: no «>» before the next tag begins.
_ENDLESS = re.compile(r"<(?=[a-zA-Z/!?](?:[^<>]|<(?![a-zA-Z/!?]))*(?:<|\Z))")


def read(html: str) -> list[Table]:
    """Tables in their order; none where there are none. Raises `TableError`."""
    if len(html) > MAX_LENGTH:
        raise TableError(TOO_LONG)
    walk = _Walk()
    walk.feed(_tamed(html))
    walk.close()
    walk.finish()
    return filled(walk.tables)


def _tamed(html: str) -> str:
    """The same without comments and declarations, and with endless tags as text.

    For each of those the parser of the standard library looks through all that follows: a minute
    for sixty kilobytes. Here nothing is looked at twice.
    """
    parts, place = [], 0
    while (start := html.find("<!--", place)) >= 0:
        parts.append(html[place:start])
        end = html.find("-->", start)
        place = end + 3 if end >= 0 else len(html)
    parts.append(html[place:])
    return _ENDLESS.sub("&lt;", _DECLARATION.sub("", "".join(parts)))


class _Walk(HTMLParser):
    """Forgives what clipboards leave out: closing tags of cells, rows and tables.

    Conditional comments of Word are comments, except `<![if …]>`, whose content is
    shown: there stand the bullets and numbers of lists (`mso-list:Ignore`), which a reader of the
    plan sees too. A table inside a cell becomes lines of the cell.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._depth = 0
        self._builder = Builder()
        self._row: list[Written] | None = None
        self._cell: Written | None = None
        self._text: list[str] = []
        self._above: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._hidden.clear()  # a head that was never closed
        if tag in _UNSHOWN:
            self._hidden.append(tag)
        if self._hidden:
            return
        if tag == "table":
            self._open_table()
        elif tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS or (self._depth > 1 and tag in {"tr", "td", "th"}):
            self._break()
        elif self._depth == 1 and tag == "tr":
            self._close_row()
            self._row = []
        elif self._depth == 1 and tag in {"td", "th"}:
            self._close_cell()
            told = dict(attrs)
            self._cell = Written("", _number(told.get("colspan")), _number(told.get("rowspan")))
            self._text = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSHOWN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag in _BLOCKS:
            self._break()
        elif tag == "table" and self._depth:
            self._close_table()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._close_cell()
        elif self._depth == 1 and tag == "tr":
            self._close_row()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        # A line break of the source is a space: lines are told by tags.
        self._text.append(_SPACES.sub(" ", data))

    def finish(self) -> None:
        """A clipboard may be cut anywhere."""
        if self._depth:
            self._depth = 1
            self._close_table()

    def _break(self) -> None:
        if self._depth == 0:
            self._keep_above()
        elif self._text and self._text[-1] != "\n":
            self._text.append("\n")

    def _keep_above(self) -> None:
        if text := _plain("".join(self._text)):
            self._above.append(text)
        self._text = []

    def _open_table(self) -> None:
        if self._depth == 0:
            self._keep_above()
            self._builder, self._row, self._cell = Builder(), None, None
        else:
            self._break()
        self._depth += 1

    def _close_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._close_row()
            name = " ".join(" ".join(self._above[-2:]).split())
            self.tables.append(Table(name[:_NAMED], tuple(self._builder.lines)))
            self._above, self._text = [], []
        else:
            self._break()

    def _close_row(self) -> None:
        self._close_cell()
        if self._row is not None:
            self._builder.add(self._row)
        self._row = None

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        if self._row is None:
            self._row = []
        self._cell.text = _plain("".join(self._text))
        self._row.append(self._cell)
        self._cell, self._text = None, []


def _plain(text: str) -> str:
    """Empty lines are how clipboards set paragraphs apart."""
    lines = (" ".join(line.split()) for line in cleaned(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _number(told: str | None) -> int:
    text = (told or "").strip()
    return max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1

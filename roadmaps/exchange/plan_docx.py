"""A roadmap as «Приложение к приказу» in DOCX, to be edited further and read back.

Landscape A4, the head of the table repeated on every page, stages and sections as merged rows.
A number that is only the place of a row is Word's own numbering, as a person would make it: it
moves with the row, and reads back as none. Times New Roman, because any machine has it.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from roadmaps.enums import Stage
from roadmaps.exchange.appendix import HEADINGS, Appendix, Cells, Group, lines_of

FACE, SIZE = "Times New Roman", Pt(12)
#: Widths of the columns in millimetres, without and with the note; together 257.
_WIDTHS = (14, 95, 38, 55, 55)
_WIDTHS_WITH_NOTE = (14, 78, 34, 45, 44, 42)
_TWIPS = 56.6929
#: Ids of our lists, far from those of the template.
_LISTS = 900


def written(plan: Appendix) -> bytes:
    """The file."""
    document = docx.Document()
    _set_page(document)
    _set_face(document)
    title, whose = plan.title_lines
    document.core_properties.title = f"{title}. {whose}"[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "ru-RU"
    for line in plan.order_lines:
        _paragraph(document, line, WD_ALIGN_PARAGRAPH.RIGHT)
    _paragraph(document, title, WD_ALIGN_PARAGRAPH.CENTER, bold=True, before=12)
    _paragraph(document, whose, WD_ALIGN_PARAGRAPH.CENTER, after=8)
    numbers = _Numbers(document)
    body = document.element.body
    body.insert(len(body) - 1, parse_xml("".join(_table(plan, numbers))))
    _signatures(document, plan)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)


def _set_face(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, SIZE
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)
    for alphabet in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{alphabet}"), FACE)
    style.paragraph_format.space_after = Pt(0)


def _paragraph(
    document: Any, text: str, align: Any, *, bold: bool = False, before: int = 0, after: int = 0
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run(text).bold = bold
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)


def _signatures(document: Any, plan: Appendix) -> None:
    """Paragraphs, no table: the file then has one table, and is read back unasked."""
    for place, one in enumerate(plan.signatures):
        _paragraph(document, one.school, WD_ALIGN_PARAGRAPH.LEFT, before=18 if not place else 10)
        words = f"{one.post}  {one.line}" if one.post else one.line
        _paragraph(document, words, WD_ALIGN_PARAGRAPH.LEFT, before=6)
        document.paragraphs[-2].paragraph_format.keep_with_next = True


def _table(plan: Appendix, numbers: "_Numbers") -> Iterator[str]:
    widths = _WIDTHS_WITH_NOTE if plan.has_notes else _WIDTHS
    columns = len(widths)
    twips = [round(width * _TWIPS) for width in widths]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    yield from (f'<w:gridCol w:w="{width}"/>' for width in twips)
    yield "</w:tblGrid>"
    yield _row([_cell(text, bold=True) for text in HEADINGS[:columns]], is_head=True)
    for line in lines_of(plan):
        if isinstance(line, Group):
            yield _row([_cell(line.text, bold=True, span=columns, centred=line.is_stage)])
        else:
            yield _row(_cells(line, columns, numbers))
    yield "</w:tbl>"


def _cells(line: Cells, columns: int, numbers: "_Numbers") -> list[str]:
    first, *others = line.texts[:columns]
    number = _cell(first) if line.place is None else _cell("", list_id=numbers.of(*line.place))
    return [number, *map(_cell, others)]


def _row(cells: Sequence[str], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, *, bold: bool = False, span: int = 1, centred: bool = False, list_id: int = 0
) -> str:
    """Each line is a paragraph."""
    merged = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    marks = "<w:keepNext/>" if span > 1 else ""
    if list_id:
        marks += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>'
    marks += '<w:jc w:val="center"/>' if centred else ""
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    paragraphs = "".join(
        f"<w:p><w:pPr>{marks}</w:pPr>"
        + (f'<w:r>{style}<w:t xml:space="preserve">{escape(line)}</w:t></w:r>' if line else "")
        + "</w:p>"
        for line in text.split("\n")
    )
    return f"<w:tc>{merged}{paragraphs}</w:tc>"


class _Numbers:
    """Lists «1.1», «1.2» … of Word, one per stage; a row after one with a number of its own
    begins its list at its place."""

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        self._next, self._last = _LISTS, dict[int, tuple[int, int]]()
        for stage in Stage:
            self._define(stage.value)

    def of(self, stage: int, position: int) -> int:
        list_id, last = self._last.get(stage, (0, 0))
        if not list_id or position != last + 1:
            list_id = self._begin(stage, position)
        self._last[stage] = (list_id, position)
        return list_id

    def _define(self, stage: int) -> None:
        xml = (
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LISTS + stage}">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{stage}.%1"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
        )
        # Definitions stand before the lists that use them.
        self._numbering.insert(0, parse_xml(xml))

    def _begin(self, stage: int, position: int) -> int:
        self._next += 1
        xml = (
            f'<w:num {nsdecls("w")} w:numId="{self._next}">'
            f'<w:abstractNumId w:val="{_LISTS + stage}"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{position}"/></w:lvlOverride></w:num>'
        )
        self._numbering.append(parse_xml(xml))
        return self._next

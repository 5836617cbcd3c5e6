"""The draft of an agreement as a DOCX that people go on writing: real headings, lists, a table of
signatures, A4 with the margins of the справка. Times New Roman, because it is opened on any
machine.
"""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from partnerships.agreement_text import (
    Block,
    Heading,
    Items,
    Paragraph,
    Party,
    Signatures,
    Title,
    clean,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACE, SIZE = "Times New Roman", Pt(12)
#: Characters that a property of a DOCX holds at most.
_PROPERTY = 255
_SIDES = ("Сторона 1", "Сторона 2")
_LINE = "_" * 22


def written(blocks: Sequence[Block], title: str, author: str) -> bytes:
    """The file; `title` and `author` are told in its properties."""
    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    document.core_properties.title = clean(title)[:_PROPERTY]
    document.core_properties.author = clean(author)[:_PROPERTY]
    document.core_properties.language = "ru-RU"
    document.core_properties.comments = ""
    for block in blocks:
        _add(document, block)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _add(document: Any, block: Block) -> None:
    match block:
        case Title(text):
            document.add_paragraph(text, style="Title")
        case Heading(text):
            document.add_heading(text, level=1)
        case Paragraph(text):
            document.add_paragraph(text)
        case Items(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case Signatures(first, second):
            _add_signatures(document, first, second)


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    # The number of the page at the top, none on the first: as in the справка.
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.first_line_indent = Mm(0)
    run = number.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _set_face(normal)
    body = normal.paragraph_format
    body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.first_line_indent = Mm(12.5)
    body.space_after, body.line_spacing = Pt(0), 1.15
    for name, before, after in (("Title", 0, 12), ("Heading 1", 12, 6)):
        style = document.styles[name]
        _set_face(style)
        style.font.bold = True
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.first_line_indent = Mm(0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        style.paragraph_format.keep_with_next = True
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)
    items = document.styles["List Bullet"].paragraph_format
    items.left_indent, items.first_line_indent = Mm(20), Mm(-6)


def _set_face(style: Any) -> None:
    """One face for all alphabets: a theme's face would win over a name given alone."""
    style.font.name, style.font.size = FACE, SIZE
    style.font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)
    for alphabet in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{alphabet}"), FACE)
    language = style.element.get_or_add_rPr().find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        style.element.get_or_add_rPr().append(language)
    language.set(qn("w:val"), "ru-RU")


def _add_signatures(document: Any, first: Sequence[Party], second: Sequence[Party]) -> None:
    """Two columns; a row is never broken between pages."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, words in zip(table.rows[0].cells, _SIDES, strict=True):
        _write(cell.paragraphs[0], words, bold=True)
    _repeat_head(table.rows[0])
    for number in range(max(len(first), len(second), 1)):
        cells = table.add_row().cells
        for cell, side in zip(cells, (first, second), strict=True):
            _sign(cell, side[number] if number < len(side) else None, is_empty=bool(side))
    for row in table.rows:
        _keep_whole(row)


def _sign(cell: Any, party: Party | None, *, is_empty: bool) -> None:
    """Name of the school, post, a line to sign on. A side with fewer schools has an empty cell;
    a side without any has a line to write on."""
    if party is None and is_empty:
        return
    told = party or Party(_LINE)
    _write(cell.paragraphs[0], told.name)
    _write(cell.add_paragraph(), told.post or _LINE)
    _write(cell.add_paragraph(), f"{_LINE} / {told.person or _LINE[:16]}")
    _write(cell.add_paragraph(), "М. П.")
    cell.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _write(paragraph: Any, words: str, *, bold: bool = False) -> None:
    paragraph.add_run(clean(words)).bold = bold
    paragraph.paragraph_format.first_line_indent = Mm(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(6)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

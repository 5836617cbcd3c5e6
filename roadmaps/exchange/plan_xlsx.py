"""A roadmap as a sheet with the columns of the appendix, to be edited further and read back.

Text is written as text, so nothing in it becomes a formula. A number that is only the place of a
row is a number with the format «1.0»; one that was written is text.
"""

import io
from typing import Any

import xlsxwriter

from roadmaps.exchange.appendix import HEADINGS, Appendix, Cells, Group, lines_of
from roadmaps.exchange.xlsx import OWN_SHEET

_WIDTHS = (7, 55, 22, 34, 34, 34)
_HEAD_ROW = 4
#: Characters that a cell holds at most.
_LONGEST = 32_767


def written(plan: Appendix) -> bytes:
    """The file."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(OWN_SHEET)
    book.set_properties({"title": ". ".join(plan.title_lines)[:255]})
    for number, line in enumerate((*plan.order_lines, *plan.title_lines)):
        sheet.write_string(number, 0, line)
    pen = _Pen(book, sheet)
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD_ROW, column, heading, pen.head)
    for number, one in enumerate(lines_of(plan), start=_HEAD_ROW + 1):
        pen.put(number, one)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    book.close()
    return made.getvalue()


class _Pen:
    """Writes a line of the plan in its format."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        usual = {"text_wrap": True, "valign": "top", "border": 1}
        self.head = book.add_format(usual | {"bold": True})
        self.stage = book.add_format(usual | {"bold": True, "align": "center"})
        self.section = book.add_format(usual | {"bold": True})
        self.text = book.add_format(usual | {"num_format": "@"})
        self.numbers = {
            stage: book.add_format(usual | {"num_format": f'"{stage}."0', "align": "left"})
            for stage in (1, 2, 3)
        }

    def put(self, row: int, line: Group | Cells) -> None:
        if isinstance(line, Group):
            style = self.stage if line.is_stage else self.section
            self.sheet.merge_range(row, 0, row, len(HEADINGS) - 1, "", style)
            self.sheet.write_string(row, 0, line.text, style)
            return
        for column, text in enumerate(line.texts):
            if column == 0 and line.place is not None:
                stage, position = line.place
                self.sheet.write_number(row, 0, position, self.numbers[stage])
            elif text:
                self.sheet.write_string(row, column, text[:_LONGEST], self.text)
            else:
                self.sheet.write_blank(row, column, None, self.text)

"""Plans as Word and Excel have them, written for the tests; every text in them is invented."""

import io
import zipfile

import docx

from roadmaps.actions.plan.drafts import keep_draft
from roadmaps.enums import DraftOrigin
from roadmaps.exchange.source import of_paste

HEADINGS = (
    "№ п/п",
    "Наименование мероприятия",
    "Сроки исполнения",
    "Ответственные исполнители",
    "Ожидаемый результат. Вид документа",
    "Отметка о выполнении, № дела",
)
#: Columns of an event that a table fills.
PLAN_TEXTS = ("title", "steps", "due_text", "responsible", "expected_result", "note")
#: A string is a row of one merged cell.
PLAN = (
    "1 этап. Знакомство",
    "Раздел 1. Первые встречи",
    (
        "1.1",
        "Встреча управленческих команд школ\nобмен рисковыми профилями\nпротокол намерений",
        "до 15.10.2026",
        "Директор школы-лидера,\nдиректор целевой школы,\nзам. директора по УВР;\n"
        "руководитель ШМО\nкуратор\nметодист",
        "Протокол",
        "дело № 12",
    ),
    (
        "1.2",
        "Анкетирование педагогов (в срок до 10 августа 2015 года)",
        "",
        "Педагог-психолог",
        "Справка\nДиаграммы",
        "",
    ),
    "Этап II. Методическая работа",
    ("2.1", "Семинар для учителей математики", "ежемесячно", "Методист; учителя", "", ""),
    "Рефлексивно-обобщающий",
    ("3.1", "Круглый стол", "май 2027", "Все ОО", "Резолюция", "не проводился"),
)


def cells() -> list[str]:
    """Every text of the plan, line by line."""
    return [
        line
        for row in PLAN
        for cell in ((row,) if isinstance(row, str) else row)
        for line in cell.split("\n")
        if line
    ]


def word_file(*plans, before="Дорожная карта", headings=HEADINGS) -> bytes:
    """A document with a table for each plan; stages and sections are merged rows."""
    document = docx.Document()
    for number, plan in enumerate(plans or (PLAN,), start=1):
        document.add_paragraph(f"{before} {number}" if len(plans) > 1 else before)
        table = document.add_table(rows=1, cols=len(headings))
        for cell, text in zip(table.rows[0].cells, headings, strict=True):
            cell.text = text
        for row in plan:
            own = table.add_row().cells
            if isinstance(row, str):
                own[0].merge(own[-1]).text = row
                continue
            for cell, text in zip(own, row, strict=True):
                cell.text = ""
                first, *others = text.split("\n")
                cell.paragraphs[0].add_run(first)
                for line in others:
                    cell.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def word_html(plan=PLAN, headings=HEADINGS) -> str:
    """As Word puts it into the clipboard."""
    head = "".join(
        f"<td width=100 style='width:75.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt'>"
        f"<p class=MsoNormal align=center><b><span style='font-size:12.0pt'>{text}"
        "<o:p></o:p></span></b></p></td>"
        for text in headings
    )
    rows = []
    for number, row in enumerate(plan):
        mark = f"<tr style='mso-yfti-irow:{number};page-break-inside:avoid'>"
        if isinstance(row, str):
            rows.append(
                f"{mark}<td width=600 colspan={len(headings)} valign=top><p class=MsoNormal "
                f"align=center><b>{row}<o:p></o:p></b></p></td></tr>"
            )
            continue
        told = "".join(
            "<td width=100 valign=top style='mso-border-alt:solid windowtext .5pt'>"
            + "".join(
                f"<p class=MsoNormal style='margin-bottom:0cm'><span lang=RU>{line or '&nbsp;'}"
                "<o:p></o:p></span></p>\r\n"
                for line in text.split("\n")
            )
            + "</td>"
            for text in row
        )
        rows.append(f"{mark}{told}</tr>")
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="utf-8">'
        "<meta name=Generator content='Microsoft Word 15'><!--[if gte mso 9]><xml>"
        "<w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        "<style><!-- p.MsoNormal {mso-style-parent:''; margin:0cm;} --></style></head>"
        "<body lang=RU><!--StartFragment--><p class=MsoNormal>Дорожная карта<o:p></o:p></p>"
        "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 "
        f"style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr>{head}</tr>"
        f"{''.join(rows)}</table><!--EndFragment--></body></html>"
    )


EXCEL_HTML = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta name=ProgId content=Excel.Sheet><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}
</style><![endif]--><style><!--table {mso-displayed-decimal-separator:"\\,";} .xl65
{mso-style-parent:style0; white-space:normal;}--></style></head>
<body link=blue><table border=0 cellpadding=0 cellspacing=0 width=600>
<!--StartFragment-->
 <col width=64 style='width:48pt'>
 <tr height=20><td rowspan=2 class=xl65 width=64>№</td>
  <td rowspan=2 class=xl65>Пошаговые мероприятия</td>
  <td colspan=4 class=xl65>Сроки реализации, квартал</td>
  <td rowspan=2 class=xl65>Контрольные показатели</td></tr>
 <tr height=20><td class=xl65>I</td><td>II</td><td>III</td><td>IV</td></tr>
 <tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td></tr>
 <tr><td class=xl65 align=right>1</td><td>Мастер-класс<br style='mso-data-placement:same-cell'>
  для классных руководителей</td><td></td><td>+</td><td></td><td>+</td><td>2 занятия</td></tr>
<!--EndFragment-->
</table></body></html>"""


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return made.getvalue()


def waiting_draft(roadmap, by, rows=("1\tУрок\tмай",)):
    """Rows that were pasted and wait to be accepted."""
    source = of_paste("\n".join(("№\tМероприятие\tСрок", *rows)), "")
    return keep_draft(
        roadmap=roadmap, origin=DraftOrigin.PASTE, name="Вставка", source=source, by=by
    )

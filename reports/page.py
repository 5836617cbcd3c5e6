"""From a frozen context to the HTML of the document. Asks the database nothing."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from common.drawings import line_plot
from common.russian import nbsp
from partnerships.network.drawing import draw
from partnerships.network.sheets import Sheet
from reports.builders.picture import graph_of
from reports.enums import DocumentKind

TEMPLATE = "reports/pdf/network.html"
AGREEMENT = "reports/pdf/agreement.html"
#: Class of a number or date that stands in the middle of its cell.
NUMBER = "num"


def html_of(context: dict[str, Any]) -> str:
    """Whole HTML document; texts get their unbreakable spaces here."""
    head = {name: nbsp(words) for name, words in context["head"].items()}
    if context.get("kind") == DocumentKind.AGREEMENT:
        told = {"head": head, "title": context["head"]["title"], "sections": sections_of(context)}
        return render_to_string(AGREEMENT, told)
    plain = f"Информационная справка {context['head']['title']} {context['head']['period']}"
    sections = sections_of(context)
    values = {
        "head": head,
        "title": plain,
        "sections": sections,
        "appendix": [
            block
            for section in sections
            for block in section["blocks"]
            if block["kind"] == "network" and block["is_wide"]
        ],
    }
    return render_to_string(TEMPLATE, values)


def sections_of(context: dict[str, Any], rows: int | None = None) -> list[dict[str, Any]]:
    """Sections ready for a template; with `rows`, tables are cut to so many and say so."""
    return [
        {
            "title": nbsp(section["title"]),
            "blocks": [_block(_cut(block, rows)) for block in section["blocks"]],
        }
        for section in context["sections"]
    ]


def _cut(block: dict[str, Any], rows: int | None) -> dict[str, Any]:
    if rows is None or block["kind"] != "table" or len(block["rows"]) <= rows:
        return block
    return block | {"rows": block["rows"][:rows], "left_out": len(block["rows"]) - rows}


def _block(block: dict[str, Any]) -> dict[str, Any]:
    match block["kind"]:
        case "table":
            return _table(block)
        case "plot":
            return block | {"caption": nbsp(block["caption"]), "svg": _svg(block)}
        case "network":
            return block | {"caption": nbsp(block["caption"]), "svg": _network(block)}
        case "list":
            items = [nbsp(item) for item in block["items"]]
            return block | {"intro": nbsp(block["intro"]), "items": list(_punctuated(items))}
        case "items":
            return block | {"items": [nbsp(item) for item in block["items"]]}
        case "signatures":
            return block | {"sides": [_side(side) for side in block["sides"]]}
    return block | {"text": nbsp(block["text"])}


def _side(side: dict[str, Any]) -> dict[str, Any]:
    parties = [{name: nbsp(words) for name, words in one.items()} for one in side["parties"]]
    return side | {"parties": parties}


def _punctuated(items: list[str]) -> Iterator[str]:
    """A list that goes on a sentence: semicolons and a full stop."""
    for number, item in enumerate(items, 1):
        yield f"{item.rstrip('.;')}{'.' if number == len(items) else ';'}"


def _table(block: dict[str, Any]) -> dict[str, Any]:
    columns, strong = block["columns"], set(block["strong"])
    return {
        "kind": "table",
        "caption": nbsp(block["caption"]),
        "css": "long" if block["is_long"] else "",
        "left_out": block.get("left_out", 0),
        "columns": [
            # No nbsp(): a narrow column breaks «О(С)ОШ №14» before its number.
            {"title": column["title"], "css": f"w{column['width']}" if column["width"] else ""}
            for column in columns
        ],
        "rows": [
            _row(row, columns) | {"is_strong": place in strong}
            for place, row in enumerate(block["rows"])
        ],
    }


def _row(row: list[str], columns: list[dict[str, Any]]) -> dict[str, Any]:
    cells = [_cell(text, column) for text, column in zip(row, columns, strict=True)]
    return {"name": cells[0]["text"], "cells": cells[1:]}


def _cell(text: str, column: dict[str, Any]) -> dict[str, Any]:
    if column["is_link"] and text.startswith("http"):
        return {"css": "", "links": text.split(" "), "text": ""}
    return {"css": NUMBER if column["is_number"] else "", "links": [], "text": nbsp(text)}


def _svg(block: dict[str, Any]) -> str:
    band = block["band"]
    drawn = line_plot(
        block["title"],
        block["description"],
        block["labels"],
        block["values"],
        band=(band[0], band[1]) if band else None,
        unit=block["unit"],
        uid=f"plot-{block['number']}",
    )
    return mark_safe(drawn)  # noqa: S308 - our own drawing, its texts are escaped


def _network(block: dict[str, Any]) -> str:
    graph = graph_of(block["graph"])
    sheet = Sheet(graph, block["is_wide"])
    drawn = draw(
        graph,
        f"{block['title']}. {block['description']}",  # becomes the alternative text of the PDF
        uid=block["code"],
        links=False,
        legend=True,
        sized=False,
        least=sheet.least,
    )
    return mark_safe(drawn)  # noqa: S308 - our own drawing, its texts are escaped

"""The picture as SVG text, one and the same for page, file and PDF.

Every colour comes twice, as in `common.drawings`: as an attribute, which a file and the PDF read,
and as a class, which the themes of the screen override. Heads of arrows are drawn: PT has none.
"""

import re
from collections.abc import Iterable

from django.utils.html import escape

from common.drawings import ACCENT, ACCENT_WASH, EDGE, INK, OK, SOFT
from partnerships.network.graph import Graph, Part
from partnerships.network.layout import lay_out
from partnerships.network.lettering import width_of
from partnerships.network.shapes import (
    LEADING,
    NAME,
    PADDING,
    STRIPE,
    TEXT,
    Arrow,
    Box,
    Label,
    Layout,
)

#: Signs that a text pasted from Word may hold and no SVG file may.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PAPER, BAD = "#fff", "#a1231b"
_FONT = "PT Sans, PT Serif, sans-serif"
_TONES = {"": ("", INK), "soft": ("s", SOFT), "ok": ("k", OK)}
#: A picture of such a width may shrink to the page; a wider one scrolls, a narrower one fits.
_FITS = range(930, 1320)
_LEGEND_ROW, _LEGEND_LEAST = 28, 480
_KEY_WIDTH, _KEY_HEIGHT = 34, 18

#: Words of the legend by what they explain.
LEGEND = (
    ("lead", "лидер"),
    ("both", "лидер и целевая"),
    ("target", "целевая"),
    ("alone", "без партнёра"),
    ("helps", "помогает"),
    ("over", "завершено"),
)
DIRECTION = "Стрелка идёт от того, кто помогает."


def draw(
    graph: Graph,
    title: str,
    description: str = "",
    *,
    uid: str = "net",
    links: bool = True,
    legend: bool = False,
    least: float = 0,
    sized: bool = True,
) -> str:
    """Draw the graph. `uid` must be unique on the page; without `links` schools lead nowhere;
    with `legend` the signs are explained in the picture itself; it is at least `least` units
    wide; not `sized` it takes the width that it is given."""
    layout = lay_out(graph)
    width, height, below = layout.width, layout.height, ""
    if legend:
        width = max(width, _LEGEND_LEAST, round(least))
        below, more = _legend(graph, height, width)
        height += more
    name = escape(uid)
    described = f'<desc id="{name}-d">{escape(description)}</desc>' if description else ""
    labelled = f"{name}-t {name}-d" if description else f"{name}-t"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="d net{_fit(width)}"'
        f' viewBox="0 0 {width:g} {height:g}"{_size(width, height) if sized else ""}'
        f' role="{"group" if links else "img"}" font-family="{_FONT}" aria-labelledby="{labelled}">'
        f'<title id="{name}-t">{escape(title)}</title>{described}',
        *(_arrow(arrow) for arrow in sorted(layout.arrows, key=lambda one: not one.link.is_over)),
        *(_label(label) for label in layout.labels),
        *(_school(box, links=links) for box in _reading(layout)),
        below,
        "</svg>",
    ]
    return _NO_XML.sub(" ", "".join(parts))


def size_of(graph: Graph) -> tuple[float, float]:
    """Width and height of the picture with its legend, in units of which its text has 14."""
    layout = lay_out(graph)
    width = max(layout.width, _LEGEND_LEAST)
    return width, layout.height + _legend(graph, layout.height, width)[1]


def keys(graph: Graph) -> list[tuple[str, str]]:
    """Signs of the legend that the picture uses, each with its word."""
    return [(_key_svg(code), word) for code, word in _used(graph)]


def _reading(layout: Layout) -> list[Box]:
    """Leads first, so that the keyboard meets those who help before those who are helped."""
    order = list(Part)
    return sorted(layout.boxes, key=lambda box: (order.index(box.part), box.y, box.x))


def _size(width: float, height: float) -> str:
    """In units of the text, so that who needs larger letters gets a larger picture."""
    return f' width="{width / 16:g}rem" height="{height / 16:g}rem"'


def _fit(width: float) -> str:
    return " fits" if int(width) in _FITS else ""


def _arrow(arrow: Arrow) -> str:
    over = arrow.link.is_over
    colour, css = (EDGE, "la e") if over else (ACCENT, "la")
    dash = ' stroke-dasharray="6 5"' if over else ""
    stroke = 2 if over else 2.5
    return (
        f'<path class="{css}" stroke="{colour}" stroke-width="{stroke}" fill="none"'
        f' d="{arrow.path}"{dash}/>' + _head(arrow.x, arrow.y, over=over)
    )


def _head(x: float, y: float, *, over: bool) -> str:
    css, colour = ("eh", EDGE) if over else ("a", ACCENT)
    return f'<path class="{css}" fill="{colour}" d="M{x + 2:g} {y:g}l-12 -6v12z"/>'


def _label(label: Label) -> str:
    lines = (
        _text(label.x, label.y + LEADING * (n + 1) - 4, line.text, *_TONES[line.tone], TEXT)
        for n, line in enumerate(label.lines)
    )
    told = " ".join(line.text for line in label.lines)
    full = f"<title>{escape(label.full)}</title>" if "…" in told else ""
    return f"<g>{full}{''.join(lines)}</g>"


def _school(box: Box, *, links: bool) -> str:
    body = f"<title>{escape(words_of(box))}</title>{_shape(box)}{_words(box)}"
    if links and box.node.url:
        return f'<a href="{escape(box.node.url)}">{body}</a>'
    return f"<g>{body}</g>"


def words_of(box: Box) -> str:
    """All of a school in words: full name, what it is here, its municipality and groups."""
    node = box.node
    told = [node.name, node.municipality, box.part.label, *node.groups]
    return ", ".join(filter(None, told))


def _shape(box: Box) -> str:
    place = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="4"'
    match box.part:
        case Part.LEAD:
            return f'<rect class="a" fill="{ACCENT}" {place}/>'
        case Part.BOTH:
            bar = f'x="{box.x:g}" y="{box.y:g}" width="{STRIPE}" height="{box.height:g}" rx="4"'
            return (
                f'<rect class="w la" fill="{ACCENT_WASH}" stroke="{ACCENT}" stroke-width="2"'
                f' {place}/><rect class="a" fill="{ACCENT}" {bar}/>'
            )
        case Part.ALONE if box.node.lacks_partner:
            return (
                f'<rect class="p lx" fill="{PAPER}" stroke="{BAD}" stroke-width="2"'
                f' stroke-dasharray="6 4" {place}/>'
            )
    return f'<rect class="p e" fill="{PAPER}" stroke="{EDGE}" stroke-width="1.5" {place}/>'


def _words(box: Box) -> str:
    x = box.x + PADDING + (STRIPE if box.part == Part.BOTH else 0)
    css, fill = ("on", PAPER) if box.part == Part.LEAD else ("", INK)
    middle = box.y + box.height / 2
    name = _text(x, middle - 4 if box.under else middle + 6, box.name, css, fill, NAME, bold=True)
    if not box.under:
        return name
    if box.part == Part.ALONE and box.node.lacks_partner:
        css, fill = "x", BAD
    elif box.part != Part.LEAD:
        css, fill = "s", SOFT
    return name + _text(x, middle + 17, box.under, css, fill, TEXT)


def _used(graph: Graph) -> Iterable[tuple[str, str]]:
    codes = {str(graph.part(node.key)) for node in graph.nodes}
    codes |= {"over" if link.is_over else "helps" for link in graph.links}
    return [(code, word) for code, word in LEGEND if code in codes]


def _legend(graph: Graph, top: float, width: float) -> tuple[str, float]:
    """Signs and their words in rows of the width, and the height of the rows."""
    x, y = 2.0, top + _LEGEND_ROW - 4
    parts = [_text(x, y, DIRECTION, "s", SOFT, TEXT)]
    x += round(width_of(DIRECTION, TEXT)) + 20
    for code, word in _used(graph):
        taken = _KEY_WIDTH + 8 + round(width_of(word, TEXT))
        if x + taken > width:
            x, y = 2.0, y + _LEGEND_ROW
        parts.append(f'<g transform="translate({x:g} {y - 14:g})">{_key(code)}</g>')
        parts.append(_text(x + _KEY_WIDTH + 8, y, word, "", INK, TEXT))
        x += taken + 20
    return "".join(parts), y + 12 - top


def _key_svg(code: str) -> str:
    return (
        f'<svg class="d key" width="{_KEY_WIDTH}" height="{_KEY_HEIGHT}"'
        f' viewBox="0 0 {_KEY_WIDTH} {_KEY_HEIGHT}" aria-hidden="true">{_key(code)}</svg>'
    )


def _key(code: str) -> str:
    outline = 'x="1" y="1" width="32" height="16" rx="3"'
    match code:
        case "lead":
            return f'<rect class="a" fill="{ACCENT}" width="34" height="18" rx="3"/>'
        case "both":
            return (
                f'<rect class="w la" fill="{ACCENT_WASH}" stroke="{ACCENT}" stroke-width="2"'
                f' {outline}/><rect class="a" fill="{ACCENT}" width="8" height="18" rx="3"/>'
            )
        case "alone":
            return (
                f'<rect class="p lx" fill="{PAPER}" stroke="{BAD}" stroke-width="2"'
                f' stroke-dasharray="5 3" {outline}/>'
            )
        case "helps":
            return (
                f'<path class="la" stroke="{ACCENT}" stroke-width="2.5" d="M0 9H24"/>'
                f'<path class="a" fill="{ACCENT}" d="M34 9l-12 -6v12z"/>'
            )
        case "over":
            return (
                f'<path class="la e" stroke="{EDGE}" stroke-width="2" stroke-dasharray="6 4"'
                f' d="M0 9H24"/><path class="eh" fill="{EDGE}" d="M34 9l-12 -6v12z"/>'
            )
    return f'<rect class="p e" fill="{PAPER}" stroke="{EDGE}" stroke-width="1.5" {outline}/>'


def _text(
    x: float, y: float, text: str, css: str, fill: str, size: int, *, bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    name = f' class="{css}"' if css else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}"{weight}{name}>'
        f"{escape(text)}</text>"
    )

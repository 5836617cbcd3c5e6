"""The time line as SVG text, the same for page and paper.

Every colour comes twice, as in `common.drawings`: an attribute, which paper reads, and a class,
which the themes of the screen override. A state is a shape first, so colour never speaks alone.
"""

import re
from collections.abc import Iterable

from django.utils.html import escape

from common.drawings import ACCENT, ACCENT_WASH, EDGE, INK, LINE, SOFT
from roadmaps.timeline.items import Time, days_words
from roadmaps.timeline.layout import HEAD, LABELS, LEADING, PADDING, SIGN, TEXT, Head, Layout, Row
from roadmaps.timeline.states import TimeState

#: Signs that a text pasted from Word may hold and no SVG may.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PAPER, BAD, WARN_WASH = "#fff", "#a1231b", "#fcf0d6"
_FONT = "PT Sans, PT Serif, sans-serif"
#: A picture of such a width may shrink to the page; a wider one scrolls.
_FITS = range(930, 1320)
_BAR = 6
#: Half of «сегодня» and the whole of «2026 г.», with air.
_TODAY, _YEAR = 32, 58


def draw(layout: Layout, title: str, uid: str = "timeline") -> str:
    """The whole picture; `uid` must be unique on the page."""
    name, fits = escape(uid), " fits" if int(layout.width) in _FITS else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="d net{fits}"'
        f' viewBox="0 0 {layout.width:g} {layout.height:g}"'
        f' width="{layout.width / 16:g}rem" height="{layout.height / 16:g}rem"'
        f' role="group" font-family="{_FONT}" aria-labelledby="{name}-t">'
        f'<title id="{name}-t">{escape(title)}</title>',
        *_strips(layout),
        *_months(layout),
        *_letters(layout),
        *(_head(head, layout) for head in layout.heads),
        *(_row(row) for row in layout.rows),
        _today(layout),
        "</svg>",
    ]
    return _NO_XML.sub(" ", "".join(parts))


def legend(states: Iterable[TimeState]) -> list[tuple[str, str]]:
    """Sign and word of each state that the picture shows."""
    return [(_key(state), state.word) for state in states]


def _key(state: TimeState) -> str:
    return (
        '<svg class="d key" width="34" height="18" viewBox="0 0 34 18" aria-hidden="true">'
        f"{_shape(state, 17, 9)}</svg>"
    )


def _strips(layout: Layout) -> Iterable[str]:
    """Bands of holidays and exams: a wash between dashed edges, and letters in the head."""
    top, height = HEAD - 20, layout.height - HEAD + 20
    for strip in layout.strips:
        look = (
            f'class="o" fill="{LINE}" fill-opacity="0.35"'
            if strip.band.kind == "holidays"
            else f'class="y" fill="{WARN_WASH}"'
        )
        width = max(strip.width, 2)
        edges = f"M{strip.x:g} {top}v{height:g}M{strip.x + width:g} {top}v{height:g}"
        told = f"{strip.band.name}: {days_words(strip.band.starts_on, strip.band.ends_on)}"
        yield (
            f"<g><title>{escape(told)}</title>"
            f'<rect {look} x="{strip.x:g}" y="{top}" width="{width:g}" height="{height:g}"/>'
            f'<path class="l" stroke="{LINE}" stroke-dasharray="2 4" d="{edges}"/></g>'
        )


def _letters(layout: Layout) -> Iterable[str]:
    for strip in layout.strips:
        yield _text(strip.middle, HEAD - 6, strip.band.letters, "s", SOFT, "middle")


def _months(layout: Layout) -> Iterable[str]:
    for month in layout.scale.months():
        year = f"{month.starts_on.year} г." if month.is_first else ""
        top = 6 if month.is_first else 24
        yield f'<path class="l" stroke="{LINE}" d="M{month.x:g} {top}V{layout.height:g}"/>'
        yield _text(month.x + 4, 38, month.word, "s", SOFT)
        if year:
            yield _text(month.x + 4, 18, year, "", INK, bold=True)


def _head(head: Head, layout: Layout) -> str:
    group = head.group
    y = head.y + 21
    parts = [
        f'<path class="la" stroke="{ACCENT}" stroke-width="2"'
        f' d="M0 {head.y + 29:g}H{layout.scale.right:g}"/>',
        _text(0, y, f"Этап {group.number}. {group.title}", "", INK, bold=True),
    ]
    if head.span:
        left, right = head.span
        parts.append(
            f'<path class="a" fill="{ACCENT}" d="M{left:g} {head.y + 13:g}H{right:g}'
            f'v10l-5 -5H{left + 5:g}l-5 5z"/>'
        )
    return f"<g>{''.join(parts)}</g>"


def _row(row: Row) -> str:
    line = row.line
    told = ". ".join(filter(None, [f"{line.label} {line.title}", line.due, line.words]))
    texts = "".join(
        _text(0, row.y + PADDING + LEADING * (n + 1) - 4, words, "", INK)
        for n, words in enumerate(row.title)
    )
    catch = (
        f'<rect class="p" fill="{PAPER}" fill-opacity="0" x="0" y="{row.y:g}"'
        f' width="{LABELS}" height="{row.height:g}"/>'
    )
    label = f'<a href="{escape(line.url)}"><title>{escape(told)}</title>{catch}{texts}</a>'
    return label + _span(row) + "".join(_sign_of(row, sign.time, sign.x) for sign in row.signs)


def _span(row: Row) -> str:
    """From first to last day; a side that is open fades in dashes."""
    left, right = row.span
    y = row.middle
    if row.open_left or row.open_right:
        return (
            f'<path class="la e" stroke="{EDGE}" stroke-width="2" stroke-dasharray="7 6"'
            f' fill="none" d="M{left:g} {y:g}H{right:g}"/>'
        )
    bars = [sign.bar for sign in row.signs if sign.bar]
    thin = (
        f'<path class="la e" stroke="{EDGE}" fill="none" d="M{left:g} {y:g}H{right:g}"/>'
        if len(row.signs) > 1
        else ""
    )
    return thin + "".join(
        f'<rect class="w la" fill="{ACCENT_WASH}" stroke="{ACCENT}" x="{x:g}" y="{y - _BAR:g}"'
        f' width="{max(end - x, 2):g}" height="{2 * _BAR}" rx="3"/>'
        for x, end in bars
    )


def _sign_of(row: Row, time: Time, x: float) -> str:
    told = ", ".join(filter(None, [time.words, time.state.word]))
    shape = _shape(time.state, x, row.middle)
    return f"<g><title>{escape(f'{row.line.label}: {told}')}</title>{shape}</g>"


def _shape(state: TimeState, x: float, y: float) -> str:
    """A disc, a ring, a ring with a dot, a triangle, a cross."""
    match state:
        case TimeState.HELD:
            return f'<circle class="a" fill="{ACCENT}" cx="{x:g}" cy="{y:g}" r="{SIGN}"/>'
        case TimeState.CANCELLED:
            return (
                f'<path class="la e" stroke="{EDGE}" stroke-width="2.5" fill="none"'
                f' d="M{x - 6:g} {y - 6:g}l12 12m0 -12l-12 12"/>'
            )
        case TimeState.OVERDUE:
            return (
                f'<path class="p lx" fill="{PAPER}" stroke="{BAD}" stroke-width="2.5"'
                f' d="M{x:g} {y - 8:g}l8.5 15h-17z"/>'
            )
    ring = (
        f'<circle class="p la" fill="{PAPER}" stroke="{ACCENT}" stroke-width="2.5"'
        f' cx="{x:g}" cy="{y:g}" r="{SIGN - 1}"/>'
    )
    if state == TimeState.WAITING:
        return ring + f'<circle class="a" fill="{ACCENT}" cx="{x:g}" cy="{y:g}" r="2.5"/>'
    return ring


def _today(layout: Layout) -> str:
    """A line through all rows; its word stands beside that of a year where they would meet."""
    if layout.today is None:
        return ""
    x = word = layout.today
    for month in layout.scale.months():
        if month.is_first and month.x - _TODAY < x < month.x + _YEAR + _TODAY:
            word = month.x + _YEAR + _TODAY
    line = f"M{x:g} {HEAD - 22}V{layout.height:g}"
    return f'<path class="lx" stroke="{BAD}" stroke-width="2" d="{line}"/>' + _text(
        word, 18, "сегодня", "x", BAD, "middle"
    )


def _text(
    x: float,
    y: float,
    text: str,
    css: str,
    fill: str,
    anchor: str = "start",
    *,
    bold: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    name = f' class="{css}"' if css else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{TEXT}" text-anchor="{anchor}" fill="{fill}"'
        f"{weight}{name}>{escape(text)}</text>"
    )

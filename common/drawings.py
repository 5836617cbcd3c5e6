"""Pictures drawn on the server as SVG text, one and the same for page and PDF.

Every colour comes twice: as an attribute, which the PDF reads, and as a class, which the themes
of the screen override. Texts are escaped; coordinates carry a dot, labels a comma.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape

from common.russian import NBSP, decimal_comma

ACCENT, ACCENT_WASH, LINE, EDGE = "#174a84", "#e8eff8", "#cfd6de", "#6a7684"
INK, SOFT, OK, OK_WASH = "#15202b", "#4a5866", "#1b6136", "#e5f2e9"

_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 92, 22, 34  # room for figures, band label, top figure, years
_INSET = 26  # from the frame to the first and the last point
_STEPS = (1, 2, 2.5, 5, 10)


def line_plot(
    title: str,
    description: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    band: tuple[float, float] | None = None,
    unit: str = "%",
    width: int = 620,
    height: int = 230,
    uid: str = "plot",
) -> str:
    """Draw values over periods, with the band of the target behind them.

    None is a period without data: its neighbours are joined by dashes, never by a zero.
    `uid` must be unique on the page: it names the title for screen readers.
    """
    if len(labels) != len(values):
        raise ValueError("Every label needs a value or None.")
    known = [value for value in values if value is not None]
    plot = _Plot(width, height, len(labels), nice_ticks([*known, *(band or ())]))
    points = [
        (number, plot.x(number), plot.y(value), value)
        for number, value in enumerate(values)
        if value is not None
    ]
    parts = [
        f'<svg class="d" viewBox="0 0 {width} {height}" role="img"'
        f' font-family="PT Sans, PT Serif" aria-labelledby="{escape(uid)}">'
        f'<title id="{escape(uid)}">{escape(_sentence(title, description))}</title>',
        _band(plot, band, unit) if band else "",
        *(_tick(plot, tick) for tick in plot.ticks),
        *(
            _text(plot.x(number), height - 10, label, "s", SOFT, 13, "middle")
            for number, label in enumerate(labels)
        ),
        *(_segment(one, other) for one, other in pairwise(points)),
        *(_point(point, is_last=point is points[-1]) for point in points),
        "</svg>",
    ]
    return "".join(parts)


def bar(total: float, done: float, planned: float | None = None) -> str:
    """Draw fulfilment: dark is done, grey is planned, pale is the whole. Figures stand beside."""
    middle = ""
    if planned is not None:
        middle = f'<rect class="h" fill="{EDGE}" width="{_share(planned, total)}" height="10"/>'
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="w e" fill="{ACCENT_WASH}" stroke="{EDGE}" width="100" height="10"'
        f' vector-effect="non-scaling-stroke"/>{middle}'
        f'<rect class="a" fill="{ACCENT}" width="{_share(done, total)}" height="10"/></svg>'
    )


def nice_ticks(values: Sequence[float], count: int = 4) -> list[float]:
    """Return round marks that enclose the values: about `count` steps of 1, 2, 2.5 or 5."""
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    if low == high:
        low, high = (0 if 0 <= low < 1 else low - 1), high + 1
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in _STEPS if power * factor >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    if low >= 0:
        first = max(first, 0)
    last = math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


@dataclass(frozen=True)
class _Plot:
    """The frame, and where a period and a value stand in it."""

    width: int
    height: int
    periods: int
    ticks: list[float]

    @property
    def right(self) -> int:
        return self.width - _RIGHT

    def x(self, number: int) -> float:
        room = self.right - _LEFT - 2 * _INSET
        if self.periods < 2:
            return round(_LEFT + _INSET + room / 2, 1)
        return round(_LEFT + _INSET + room * number / (self.periods - 1), 1)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        room = self.height - _TOP - _BOTTOM
        return round(_TOP + room * (high - float(value)) / (high - low), 1)


_Point = tuple[int, float, float, float]


def _band(plot: _Plot, band: tuple[float, float], unit: str) -> str:
    low, high = sorted(band)
    top, bottom = plot.y(high), plot.y(low)
    middle = (top + bottom) / 2
    limits = _figure(low) if low == high else f"{_figure(low)}–{_figure(high)}"
    return (
        f'<rect class="g" fill="{OK_WASH}" x="{_LEFT}" y="{top}"'
        f' width="{plot.right - _LEFT}" height="{max(round(bottom - top, 1), 1)}"/>'
        + _text(plot.right + 8, round(middle - 2, 1), "цель", "k", OK, 14)
        + _text(plot.right + 8, round(middle + 15, 1), f"{limits}{NBSP}{unit}", "k", OK, 14)
    )


def _tick(plot: _Plot, tick: float) -> str:
    y = plot.y(tick)
    line = f'<path class="l" stroke="{LINE}" d="M{_LEFT} {y}H{plot.right}"/>'
    return line + _text(_LEFT - 8, round(y + 5, 1), _figure(tick), "s", SOFT, 13, "end")


def _segment(one: _Point, other: _Point) -> str:
    whole = other[0] == one[0] + 1
    look = (
        f'class="la" stroke="{ACCENT}"'
        if whole
        else f'class="la e" stroke="{EDGE}" stroke-dasharray="5 5"'
    )
    path = f"M{one[1]} {one[2]}L{other[1]} {other[2]}"
    return f'<path {look} stroke-width="2.5" fill="none" d="{path}"/>'


def _point(point: _Point, *, is_last: bool) -> str:
    _, x, y, value = point
    figure = _text(x, round(y - 10, 1), decimal_comma(value), "", INK, 14, "middle", bold=is_last)
    return f'<circle class="a" fill="{ACCENT}" cx="{x}" cy="{y}" r="4.5"/>{figure}'


def _text(
    x: float,
    y: float,
    text: str,
    css: str,
    fill: str,
    size: int,
    anchor: str = "start",
    *,
    bold: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    name = f' class="{css}"' if css else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}"'
        f' fill="{fill}"{weight}{name}>{escape(text)}</text>'
    )


def _figure(value: float) -> str:
    return f"{float(value):.10g}".replace(".", ",")


def _sentence(title: str, description: str) -> str:
    return f"{title.rstrip('.')}. {description}".strip() if description else title


def _share(part: float, total: float) -> float:
    """Percent of the whole, never outside of the bar."""
    return round(min(max(100 * part / total, 0), 100), 1) if total else 0

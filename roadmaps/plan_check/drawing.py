"""Small bars «По месяцам», drawn on the server: colours twice, as in `common.drawings`. Pure."""

from collections.abc import Sequence

from django.utils.html import escape

from common.drawings import ACCENT, INK, SOFT
from common.russian import month_name
from roadmaps.plan_check.report import Month

#: One picture holds a year, so that its letters stay as large as those around it.
YEAR = 12
_STEP, _BAR, _HIGHEST, _BASE, _HEIGHT = 24, 18, 46, 66, 92


def months_svg(months: Sequence[Month], uid: str) -> str:
    """Bars of up to twelve months. `uid` must be unique on the page: it names the title."""
    most = max((month.events for month in months), default=0) or 1
    parts = [
        f'<svg class="d" viewBox="0 0 {YEAR * _STEP} {_HEIGHT}" role="img"'
        f' font-family="PT Sans, PT Serif" aria-labelledby="{escape(uid)}">'
        f'<title id="{escape(uid)}">{escape(in_words(months))}</title>',
        *(_column(place * _STEP, month, most) for place, month in enumerate(months)),
        "</svg>",
    ]
    return "".join(parts)


def in_words(months: Sequence[Month]) -> str:
    """The text alternative: «Мероприятий по месяцам: сентябрь 2026 – 2, …»."""
    told = ", ".join(
        f"{month_name(month.first.month)} {month.first.year} – {month.events}" for month in months
    )
    return f"Мероприятий по месяцам: {told}"


def _column(left: int, month: Month, most: int) -> str:
    height = round(_HIGHEST * month.events / most) or 1
    middle = left + _STEP // 2
    figure = _text(middle, _BASE - height - 4, month.events, "", INK) if month.events else ""
    letter = month_name(month.first.month)[0]
    return (
        f'<rect class="a" fill="{ACCENT}" x="{left + (_STEP - _BAR) // 2}" y="{_BASE - height}"'
        f' width="{_BAR}" height="{height}"/>{figure}{_text(middle, 84, letter, "s", SOFT)}'
    )


def _text(x: int, y: int, text: object, css: str, fill: str) -> str:
    name = f' class="{css}"' if css else ""
    return (
        f'<text x="{x}" y="{y}" font-size="14" text-anchor="middle" fill="{fill}"{name}>'
        f"{escape(str(text))}</text>"
    )

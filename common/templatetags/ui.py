"""Tags and filters of the interface: icons, badges, bars, Russian words and dates, links."""

import re
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common import drawings, russian
from common.badges import BADGES
from common.icons import ICONS
from common.listing import Head

register = template.Library()
_TAGS = re.compile(r"(<[^>]*>)")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Inline an icon; without a label it is decoration and hidden from screen readers."""
    strokes = ICONS[name]
    if label:
        return format_html(
            '<svg class="i" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>',
            label,
            strokes,
        )
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', strokes
    )


@register.simple_tag
def badge(code: str, extra: Any = "", word: str = "") -> SafeString:
    """Show a state by its code: `{% badge "overdue" extra=2 %}`. `word` replaces the word."""
    entry = BADGES[str(code)]
    text = f"{word or entry.word} {extra}" if extra not in ("", None) else word or entry.word
    return badge_text(text, entry.icon, entry.tone)


@register.simple_tag
def badge_text(text: Any, icon_name: str, tone: str = "") -> SafeString:
    """Show a badge with words of its own; tones are those of the catalogue."""
    css = f"badge {tone}" if tone else "badge"
    return format_html(
        '<span class="{}">{}{}</span>', css, icon(icon_name), russian.nbsp(str(text))
    )


@register.simple_tag
def bar(total: float, done: float, planned: float | None = None) -> SafeString:
    """Draw a bar of fulfilment; the numbers must stand beside it in words."""
    return mark_safe(drawings.bar(total, done, planned))  # noqa: S308 - numbers only


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the current query string with changes, «?» included; None or "" drops a key.

    Parameters given several times stay so; a list sets several.
    """
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        values = value if isinstance(value, list | tuple) else [value]
        kept = [str(item) for item in values if item not in ("", None)]
        if kept:
            parameters.setlist(name, kept)
    return f"?{parameters.urlencode()}"


@register.inclusion_tag("components/table_head.html")
def table_head(*heads: Any, action: str = "") -> dict[str, Any]:
    """Head of a table: titles, `Head`s or lists of them; `action` is read, not shown."""
    flat = [one for head in heads for one in (head if isinstance(head, list) else [head])]
    shown = [one if isinstance(one, Head) else Head(str(one)) for one in flat]
    return {"heads": [*shown, Head(action, is_hidden=True)] if action else shown}


@register.filter
def plural(number: Any, forms: str) -> str:
    """`{{ n|plural:"день,дня,дней" }}`: the word alone."""
    one, few, many = forms.split(",")
    return russian.plural(number or 0, one, few, many)


@register.filter
def counted(number: Any, forms: str) -> str:
    """`{{ n|counted:"день,дня,дней" }}`: the number and the word."""
    one, few, many = forms.split(",")
    return russian.counted(number or 0, one, few, many)


@register.filter(is_safe=True)
def nb(value: Any) -> str:
    """Typography of a text; in trusted HTML only what stands between the tags is touched."""
    if not isinstance(value, SafeString):
        return russian.nbsp(str(value))
    parts = _TAGS.split(value)
    parts[::2] = [russian.nbsp(part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - it was safe, and only spaces changed


@register.filter
def longdate(day: date | None) -> str:
    """24 ноября 2026 г., unbroken; nothing for no date."""
    return russian.nbsp(russian.long_date(day)) if day else ""


@register.filter
def shortdate(day: date | None) -> str:
    """24 ноября, unbroken; nothing for no date."""
    return russian.nbsp(russian.short_date(day)) if day else ""

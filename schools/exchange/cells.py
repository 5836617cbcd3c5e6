"""What a cell may hold: a raw value of a workbook → a clean one, or a sentence. Pure.

A parser takes the raw value of a cell that is not empty (an empty one and a lone dash never get
here) and raises `CellError`, whose text says in Russian what is expected. Whole numbers arrive
as floats, and what looks like a date may have become one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from common.academic_year import AcademicYear
from common.russian import decimal_comma, grouped, month_name, numeric_date
from common.search import name_key

Raw = str | float | int | bool | date | datetime | time | timedelta
Parser = Callable[[Raw], Any]

#: What a person writes to empty a field; an empty cell leaves it as it is.
DASHES = frozenset("-–—−")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2150, 12, 31)
#: Labels named in a sentence; the rest is on the sheet of catalogues.
LABELS_TOLD = 12

_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*г\.?)?|(\d{4})-(\d{2})-(\d{2})")
_MONTHS = {month_name(number, "genitive"): number for number in range(1, 13)}
_MONTH = re.compile(rf"\s+({'|'.join(_MONTHS)})\s+")
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class CellError(ValueError):
    """The cell holds something else; the text is a Russian sentence that says what is expected."""


def is_empty(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not _cleaned(raw))


def is_dash(raw: object) -> bool:
    return isinstance(raw, str) and _cleaned(raw) in DASHES


def shown(raw: Raw) -> str:
    """The value as a person sees it in the cell."""
    if isinstance(raw, bool):
        return "да" if raw else "нет"
    if isinstance(raw, date):
        return numeric_date(raw)
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{raw:.10g}".replace(".", ",")
    return _cleaned(str(raw))


def text(longest: int) -> Parser:
    """One line of text; line breaks become spaces, a whole number loses its «.0»."""

    def parse(raw: Raw) -> str:
        if isinstance(raw, (date, time, timedelta)):
            raise CellError(
                f"Здесь дата «{shown(raw)}», а нужен текст: задайте ячейке текстовый формат "
                "и напишите значение заново."
            )
        value = " ".join(shown(raw).split())
        if len(value) > longest:
            raise CellError(f"Слишком длинно: {len(value)} знаков, помещается {longest}.")
        return value

    return parse


def whole(least: int = 0, most: int = 1_000_000) -> Parser:
    """A whole number: «412», «412,0», «1 200»."""
    expected = f"Нужно целое число от {grouped(least)} до {grouped(most)}"

    def parse(raw: Raw) -> int:
        value = _number(raw)
        if value is None:
            raise CellError(f"{expected}, а здесь «{_short(raw)}».")
        if value != value.to_integral_value():
            raise CellError(f"{expected}: «{_short(raw)}» – дробное.")
        if not least <= value <= most:
            raise CellError(f"{expected}, а здесь {_short(raw)}.")
        return int(value)

    return parse


def decimal(least: float, most: float, digits: int) -> Parser:
    """A number with a decimal comma or point, rounded to so many digits."""
    low, high = (decimal_comma(bound, 0) for bound in (least, most))
    expected = f"Нужно число от {low} до {high}, например «58,2»"

    def parse(raw: Raw) -> Decimal:
        value = _number(raw)
        if value is None or not Decimal(str(least)) <= value <= Decimal(str(most)):
            raise CellError(f"{expected}, а здесь «{_short(raw)}».")
        return value.quantize(Decimal(1).scaleb(-digits))

    return parse


def day(raw: Raw) -> date:
    """A date of the calendar: a date cell or the text «01.09.2026», «1 сентября 2026 г.»."""
    value = raw.date() if isinstance(raw, datetime) else raw
    if isinstance(value, str):
        value = _day_in_words(_cleaned(value)) or value
    if not isinstance(value, date):
        raise CellError(f"Нужна дата вида «01.09.2026», а здесь «{_short(raw)}».")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise CellError(f"Дата {numeric_date(value)} вряд ли верна: проверьте год.")
    return value


def yes_no(raw: Raw) -> bool:
    """«да» or «нет»; a dash empties where that means «не указано»."""
    if isinstance(raw, bool):
        return raw
    key = name_key(shown(raw))
    if key in {"да", "есть", "1", "+", "истина", "true", "yes"} or shown(raw) == "+":
        return True
    if key in {"нет", "0", "ложь", "false", "no"}:
        return False
    raise CellError(f"Нужно «да» или «нет», а здесь «{_short(raw)}».")


def choice(
    labels: Mapping[str, Any] | Iterable[tuple[str, Any]],
    aliases: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
    what: str = "Такого значения нет в списке",
) -> Parser:
    """One of the labels in any letter case and spelling of ё, spaces and quotes.

    `aliases` are understood and not offered. `what` begins the sentence of refusal.
    """
    offered = dict(labels)
    known = {name_key(label): value for label, value in dict(aliases).items()}
    known |= {name_key(label): value for label, value in offered.items()}

    met: dict[str, str] = {}  # the same words stand in thousands of rows

    def parse(raw: Raw) -> Any:
        words = shown(raw)
        key = met.get(words) or met.setdefault(words, name_key(words))
        if key in known:
            return known[key]
        raise CellError(f"{what}: «{_short(raw)}». {_offer(list(offered))}")

    return parse


def academic_year(raw: Raw) -> AcademicYear:
    """«2026/27», «2026-2027» or «2026»."""
    if isinstance(raw, (date, time, timedelta)):
        raise CellError("Нужен учебный год вида «2026/27», а здесь дата.")
    try:
        return AcademicYear.parse(shown(raw))
    except ValueError as problem:
        raise CellError(f"{problem} Здесь «{_short(raw)}».") from None


def url(longest: int = 300) -> Parser:
    """An address of a site; without a scheme it is taken for https."""
    as_text = text(longest)

    def parse(raw: Raw) -> str:
        value = as_text(raw)
        value = value if _SCHEME.match(value) and "://" in value else f"https://{value}"
        try:
            parts = urlsplit(value)
            sound = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
        except ValueError:
            sound = False
        if not sound or " " in value or len(value) > longest:
            raise CellError(
                f"Нужен адрес сайта, например «https://школа.рф», а здесь «{_short(raw)}»."
            )
        return value

    return parse


def email(raw: Raw) -> str:
    value = text(254)(raw)
    if not _EMAIL.fullmatch(value):
        raise CellError(
            f"Нужен один адрес почты, например «school@example.ru», а здесь «{_short(raw)}»."
        )
    return value.lower()


def _cleaned(value: str) -> str:
    return _UNSEEN.sub("", value).replace("\u00a0", " ").strip()


def _short(raw: Raw) -> str:
    value = " ".join(shown(raw).split())
    return value if len(value) <= 60 else f"{value[:59]}…"


def _number(raw: Raw) -> Decimal | None:
    if isinstance(raw, (bool, date, time, timedelta)):
        return None
    written = repr(raw) if isinstance(raw, float) else str(raw)
    written = _cleaned(written).translate(_SPACES).replace(",", ".").replace("−", "-")
    try:
        value = Decimal(written) if len(written) <= 40 and "_" not in written else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and abs(value) < 10**15 else None


def _day_in_words(value: str) -> date | None:
    match = _DAY.fullmatch(_MONTH.sub(lambda month: f".{_MONTHS[month[1]]}.", value.lower()))
    if not match:
        return None
    parts = match[3], match[2], match[1]
    year, month, number = map(int, parts if match[1] else (match[4], match[5], match[6]))
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _offer(labels: list[str]) -> str:
    if not labels:
        return "Список пока пуст: дополните справочник."
    told = ", ".join(f"«{label}»" for label in labels[:LABELS_TOLD])
    rest = " и другие из листа «Справочники»" if len(labels) > LABELS_TOLD else ""
    return f"Выберите из списка: {told}{rest}."

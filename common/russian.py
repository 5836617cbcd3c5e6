"""Russian words and typography: plurals, dates, decimal comma, spaces that do not break."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils import timezone

NBSP = "\u00a0"
Case = Literal["nominative", "genitive", "prepositional"]

_NOMINATIVE = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
_GENITIVE = [name[:-1] + "я" if name[-1] in "ьй" else name + "а" for name in _NOMINATIVE]
_PREPOSITIONAL = [name[:-1] + "е" for name in _GENITIVE]
_MONTHS = {"nominative": _NOMINATIVE, "genitive": _GENITIVE, "prepositional": _PREPOSITIONAL}


def plural(n: float | Decimal, one: str, few: str, many: str) -> str:
    """Choose the form of a word for a number: 1 день, 2 дня, 5 дней, 1,5 дня."""
    if n != int(n):
        return few
    tens, units = divmod(abs(int(n)) % 100, 10)
    if tens == 1 or units == 0 or units > 4:
        return many
    return one if units == 1 else few


def counted(n: int, one: str, few: str, many: str) -> str:
    """Return the number with its word («5 дней»), joined by a non-breaking space."""
    return f"{grouped(n)}{NBSP}{plural(n, one, few, many)}"


def grouped(n: int) -> str:
    """Return the number, its thousands set apart from 10 000 up."""
    return f"{n:,}".replace(",", NBSP) if abs(n) >= 10_000 else str(n)


def month_name(n: int, case: Case = "nominative") -> str:
    """Return the name of month 1–12: январь, января, январе."""
    return _MONTHS[case][n - 1]


def long_date(day: date) -> str:
    """24 ноября 2026 г."""
    return f"{short_date(day)} {_local(day).year} г."


def short_date(day: date) -> str:
    """24 ноября"""
    day = _local(day)
    return f"{day.day} {month_name(day.month, 'genitive')}"


def numeric_date(day: date) -> str:
    """24.11.2026"""
    day = _local(day)
    return f"{day.day:02}.{day.month:02}.{day.year}"


def _local(day: date) -> date:
    """A moment is named by the day it falls on here, not in Greenwich."""
    if isinstance(day, datetime) and timezone.is_aware(day):
        return timezone.localtime(day)
    return day


def decimal_comma(value: float | Decimal, digits: int = 1) -> str:
    """Return the number rounded half up, with a comma: 48.65 → «48,7»."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:f}".replace(".", ",")


def exact(value: Decimal) -> str:
    """Return the number with all its places and a comma: 58.200000 → «58,2»."""
    text = f"{value:f}".replace(".", ",")
    return text.rstrip("0").rstrip(",") if "," in text else text


def quoted(title: str) -> str:
    """«Семинар „Личностный потенциал“»: quotation marks inside others are of the other kind."""
    return f"«{title.replace('«', '„').replace('»', '“')}»"


def uncapital(words: str) -> str:
    """For the middle of a sentence; «ИКТ» keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


# A space that ends one of these places must not break a line.
_PLACES = [
    r"(?<![а-яё]{9} )(?=№)",  # СОШ №5; after a long word a narrow column must break
    r"(?<=№ )(?=\d)",  # № 5
    r"(?<=\d )(?=[а-яё%])",  # 24 ноября, 5 дней, 20 %
    r"(?<=\b[А-ЯЁ]\. )(?=[А-ЯЁ])",  # Е. П. Зимина
    r"(?<=[а-яё] )(?=[А-ЯЁ]\. ?[А-ЯЁ]\.)",  # Зимина Е. П.
    r"(?<=(?:МОБУ|МКОУ|МАОУ|МБОУ|ГБОУ) )(?=«)",
    r"(?<=\S )(?=[–—](?:\s|$))",
    r"(?i:(?<=(?<![\w-])[вкосуиая] ))(?=\S)",  # в школе
    r"(?i:(?<=(?<![\w-])(?:на|по|от|до|из|не|ни|за|об|ко|со|во) ))(?=\S)",
]
_GLUED = re.compile("|".join(f" {place}" for place in _PLACES))


def nbsp(text: str) -> str:
    """Put non-breaking spaces where a line must not break; for plain text, not for HTML."""
    return _GLUED.sub(NBSP, text)

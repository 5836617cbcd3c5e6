"""Russian words for spans of days; no typography, no HTML."""

from datetime import date

from roadmaps.due.span import Span, whole_months

ROMAN = ("", "I", "II", "III", "IV")
NOMINATIVE = (
    "", "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
GENITIVE = (
    "", "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def prepositional(month: int) -> str:
    """«октябре», as in «в октябре»."""
    return f"{GENITIVE[month][:-1]}е"


def day_text(day: date, *, year: bool = True) -> str:
    """«15 октября 2026 г.» or «15 октября»."""
    return f"{day.day} {GENITIVE[day.month]}" + (f" {day.year} г." if year else "")


def span_text(span: Span, *, year: bool = True) -> str:
    """«15 октября 2026 г.», «октябрь 2026 г.», «с 1 октября по 30 ноября 2026 г.»; a side
    may be open."""
    start, end = span.start, span.end
    if start is None:
        return f"до {day_text(end, year=year)}" if end else "без даты"
    if end is None:
        return f"с {day_text(start, year=year)}"
    if start == end:
        return day_text(end, year=year)
    if span == whole_months(start.year, start.month, start.month):
        return NOMINATIVE[start.month] + (f" {start.year} г." if year else "")
    if (start.year, start.month) == (end.year, end.month):
        return f"с {start.day} по {day_text(end, year=year)}"
    return f"с {day_text(start, year=start.year != end.year)} по {day_text(end, year=year)}"


def months_text(start: date, end: date) -> str:
    """«с сентября 2026 г. по июнь 2027 г.», «с сентября по ноябрь 2026 г.», «май 2027 г.»."""
    last = f"{NOMINATIVE[end.month]} {end.year} г."
    if (start.year, start.month) == (end.year, end.month):
        return last
    first = GENITIVE[start.month] + (f" {start.year} г." if start.year != end.year else "")
    return f"с {first} по {last}"


def enumerate_text(parts: list[str]) -> str:
    """«а, б и в»."""
    return " и ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def counted(number: int, one: str, few: str, many: str) -> str:
    """«1 срок», «2 срока», «5 сроков»."""
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} {one}"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return f"{number} {few}"
    return f"{number} {many}"

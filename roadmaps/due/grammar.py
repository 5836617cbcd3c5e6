"""The ordered table of readers: the first pattern that fits the whole canonical phrase reads it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import NoReturn

from roadmaps.due import weekdays
from roadmaps.due.completion import complete
from roadmaps.due.mark import Mark, resolve_pair
from roadmaps.due.names import checked_year, mark_of
from roadmaps.due.outcome import Due, DueKind
from roadmaps.due.rhythm import RHYTHMS, MonthDays, cut, rests_in_summer, spoken, without_summer
from roadmaps.due.span import DAY, OPEN, Period, Refusal, Span
from roadmaps.due.words import canonical, unknown_words

LONGEST = 500  # characters; a cell with more is no date
Reader = Callable[[re.Match[str], Period], Due]


def parse(text: str, period: Period) -> Due:
    """Read a due date as people write it; what is not understood is UNKNOWN with the reason.

    Never raises for any text (issue 5, point 3; quirks 12 and 31)."""
    try:
        if len(text) > LONGEST:
            raise Refusal("слишком длинно: оставьте в этой графе только срок")
        return _read(complete(canonical(text), period), period)
    except Refusal as refusal:
        return Due(DueKind.UNKNOWN, note=str(refusal))


def _read(phrase: str, period: Period) -> Due:
    for pattern, reader in READERS:
        if match := pattern.fullmatch(phrase):
            return reader(match, period)
    return _refuse(phrase)


def _refuse(phrase: str) -> NoReturn:
    words = [f"«{word}»" for word in unknown_words(phrase)]
    more = " и другие слова" if len(words) > 3 else ""
    raise Refusal(f"непонятно: {', '.join(words[:3])}{more}" if words else "")


def _mark(phrase: str, period: Period) -> Mark:
    return mark_of(phrase, period) or _refuse(phrase)


def _notes(notes: Iterable[str]) -> str:
    return "; ".join(filter(None, dict.fromkeys(notes)))


def _without(phrase: str, *matches: re.Match[str] | None) -> str:
    """The phrase without the matched pieces and the commas beside them."""
    for match in matches:
        phrase = phrase.replace(match.group(), ",", 1) if match else phrase
    return re.sub(r"(?: ?, ?)+", " , ", phrase).strip(" ,")


# One reader per row of the table below.


def _blank(match: re.Match[str], period: Period) -> Due:
    return Due(DueKind.UNSPECIFIED, note="срок не указан")


def _open_ended(match: re.Match[str], period: Period) -> Due:
    return Due(DueKind.UNSPECIFIED)


def _beside_open_ended(match: re.Match[str], period: Period) -> Due:
    """«октябрь, по согласованию», «постоянно, в течение года»: the date is what counts."""
    return _read(_without(match.string, *re.finditer("свободно", match.string)), period)


def _ask(question: str) -> Reader:
    """A reader of what lacks something to be a date."""

    def ask(match: re.Match[str], period: Period) -> Due:
        raise Refusal(question)

    return ask


def _unknown(match: re.Match[str], period: Period) -> Due:
    _refuse(match.string)


def _yearly(match: re.Match[str], period: Period) -> Due:
    """«май, ежегодно с 2026»: what is said without the year, read in every year of the period."""
    since = re.search(r"(?:с )?\b([ys])(\d+)(?: (?:-|по|до) [ys](\d+))?", match.string)
    spans: list[Span] = []
    notes: list[str] = []
    rest = _without(match.string, re.search("ежегодно", match.string), since)
    for year in period.years():
        due = _read(rest, year) if rest else _whole_period(match, year)
        spans += _dated(due).spans
        notes.append(due.note)
    if since:
        allowed = _years(since)
        spans = [span for span in spans if span.clip(allowed)]
    return _recurring(spans, period, "ежегодно", notes)


def _years(match: re.Match[str]) -> Span:
    month = 9 if match[1] == "s" else 1
    first, last = checked_year(match[2]), checked_year(match[3])
    return Span(
        date(first, month, 1) if first else None,
        date(last + 1, month, 1) - DAY if last else None,
    )


_NUMBERS = r"(?:с )?(?:(до|по|к) )?n(\d+)(?: (?:-|по) n(\d+))? числа"


def _rhythmic(match: re.Match[str], period: Period) -> Due:
    """«ежемесячно», «ежемесячно до 10 числа, октябрь – май», «еженедельно с октября»."""
    rhythm = match[1]
    numbers = re.search(_NUMBERS, match.string) if rhythm == "ежемесячно" else None
    weekly = re.search(r"wd([a-g]+)", match.string)
    rest = _without(match.string, re.search(rhythm, match.string), numbers, weekly)
    throughout = rest in ("", "год") or (rest == "учгод" and period.follows_school)
    due = _whole_period(match, period) if throughout else _read(rest, period)
    if due.kind is DueKind.RECURRING:
        _refuse(match.string)
    pieces = [piece for span in due.spans if (piece := span.clip(period))]
    notes = [due.note]
    if _summer_is_free(due, rhythm, period):
        notes.append("июль и август пропущены")
        pieces = [part for piece in pieces for part in without_summer(piece)]
    spans = [part for piece in pieces for part in cut(piece, rhythm, period)]
    name = spoken(rhythm)
    if weekly:
        spans = [day for piece in pieces for day in weekdays.days_in(piece, weekly[1])]
        name = weekdays.spoken(weekly[1])
    if numbers:
        days, name = _month_days(numbers)
        spans = [part for span in spans if (part := days.of(span).clip(span))]
    return _recurring(spans, period, name, notes)


def _summer_is_free(due: Due, rhythm: str, period: Period) -> bool:
    """Only what somebody bounded by months on both sides may take place in July and August."""
    bounded = due.kind is not DueKind.ACADEMIC_YEAR and due.start and due.end
    return period.follows_school and rests_in_summer(rhythm) and not bounded


def _month_days(match: re.Match[str]) -> tuple[MonthDays, str]:
    before, first, last = match[1], int(match[2]), int(match[3] or match[2])
    if not 1 <= first <= last <= 31:
        raise Refusal(f"{first}–{last} число: таких дней в месяце нет")
    if before:
        return MonthDays(1, last), f"ежемесячно до {last}-го числа"
    days = f"{first}-го" if first == last else f"с {first}-го по {last}-е"
    return MonthDays(first, last), f"ежемесячно {days} числа"


def _recurring(spans: list[Span], period: Period, rhythm: str, notes: list[str]) -> Due:
    kept = {span for span in spans if period.holds_any(span)}
    if not kept:
        raise Refusal("в период дорожной карты не попадает ни один срок")
    return Due(DueKind.RECURRING, _in_order(kept), _notes(notes), rhythm)


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.ends, span.start or span.ends)))


def _dated(due: Due) -> Due:
    if due.kind in (DueKind.RECURRING, DueKind.UNSPECIFIED):
        raise Refusal("смешаны сроки разного рода")
    return due


def _several(match: re.Match[str], period: Period) -> Due:
    """«12.10, 15.11 и 03.12.2026», «I, III кв.»."""
    dues = [_dated(_read(part, period)) for part in match.string.split(" , ")]
    spans = {span for due in dues for span in due.spans}
    if len(spans) == 1:
        return dues[0]
    return Due(DueKind.LIST, _in_order(spans), _notes(due.note for due in dues))


def _two_years(match: re.Match[str], period: Period) -> Due:
    """«2026–2027»: the school year where the roadmap is of that school year, else two years."""
    year = period.academic_year
    if year and (str(year.start), str(year.start + 1)) == match.groups():
        return replace(_whole_period(match, period), note="понято как учебный год")
    return _range(_mark(f"y{match[1]}", period), _mark(f"y{match[2]}", period), period)


def _between(match: re.Match[str], period: Period) -> Due:
    return _range(_mark(match[1], period), _mark(match[2], period), period)


def _range(first: Mark, last: Mark, period: Period) -> Due:
    span = resolve_pair(first, last, period)
    alike = first.kind == last.kind and first.kind in (DueKind.QUARTER, DueKind.ACADEMIC_YEAR)
    kind = first.kind if alike else DueKind.MONTH_RANGE
    return Due(kind, (span,), _notes((first.note, last.note)))


def _until(match: re.Match[str], period: Period) -> Due:
    """«до 15 октября» includes the day; «до октября» ends before it, «по октябрь» with it."""
    before, edge, rest = match[1], match[2] or "", match[3]
    named = mark_of(edge + rest, period) if edge == "конец " else None
    mark = named or _mark(rest, period)
    if mark.is_day or before == "по" or edge == "конец ":
        return Due(DueKind.UNTIL, (Span(None, mark.closing.resolve(period).end),), mark.note)
    end = mark.opening.resolve(period).starts - DAY
    note = "" if edge else "сам этот срок не включён; иначе напишите «до конца …»"
    return Due(DueKind.UNTIL, (Span(None, end),), _notes((mark.note, note)))


def _since(match: re.Match[str], period: Period) -> Due:
    start = _mark(match[1], period).opening.resolve(period).start
    return Due(DueKind.UNSPECIFIED, (replace(OPEN, start=start),))


def _whole_year(match: re.Match[str], period: Period) -> Due:
    if not period.is_one_year:
        raise Refusal("укажите, в течение какого года: период дорожной карты длиннее года")
    return _whole_period(match, period)


def _whole_period(match: re.Match[str], period: Period) -> Due:
    return Due(DueKind.ACADEMIC_YEAR, (Span(period.start, period.end),))


def _school_year(match: re.Match[str], period: Period) -> Due:
    span = _mark("учгод", period).resolve(period)
    return Due(DueKind.ACADEMIC_YEAR, (span.clip(period) or span,))


def _named(match: re.Match[str], period: Period) -> Due:
    mark = _mark(match.string, period)
    span = mark.resolve(period)
    if mark.kind is DueKind.UNTIL:
        span = Span(None, span.end)
    return Due(mark.kind, (span,), mark.note)


_EDGE = r"(?:(?:до|к|по|с) )?(?:конец |начало )?"
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"-?", _blank),
        (r".*нужда.*", _open_ended),
        (r"свободно(?:(?: ,)? свободно)*", _open_ended),
        (r".*свободно.*", _beside_open_ended),
        (r".*каникулы.*", _ask("каникулы у школ в разные дни: укажите числа или месяц")),
        (r".*экзамены.*", _ask("дни экзаменов и ВПР каждый год другие: укажите числа или месяц")),
        (r".*отметка.*", _ask("отметки вместо срока: напишите кварталы, например «I, III кв.»")),
        (r".*сколько.*", _ask("не сказано, когда именно: перечислите месяцы или числа")),
        (rf"{_EDGE}(?:n\d+(?: числа)?|мес)", _ask("укажите месяц")),
        (rf"{_EDGE}(?:кв|четв|полуг)", _ask("укажите номер: I, II, III или IV")),
        (r".*\?.*", _unknown),
        (r".*\bежегодно\b.*", _yearly),
        (rf".*\b({'|'.join(RHYTHMS)})\b.*", _rhythmic),
        (r".+ , .+", _several),
        (r"(?:с )?y(\d+) - y(\d+)", _two_years),
        (r"(?:с )?(.+) (?:-|по|до) (.+)", _between),
        (r"(до|к|по) (конец |начало )?(.+)", _until),
        (r"с (.+)", _since),
        (r"год", _whole_year),
        (r"период", _whole_period),
        (r"учгод", _school_year),
        (r".+", _named),
    )
)

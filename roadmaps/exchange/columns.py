"""What the columns of a plan are: by their headings, or guessed by what stands in them. Pure.

Headings are those of real plans (section 3 of the domain facts): one line or two, with a row of
column numbers under them, quarters and months to be ticked.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from common.russian import month_name
from common.search import fold, name_key
from roadmaps.exchange.grid import Line, Table


class Field(StrEnum):
    """What a column may hold. OTHER goes into the note under its heading."""

    NUMBER = "number"
    SECTION = "section"
    TITLE = "title"
    STEPS = "steps"
    DUE = "due"
    STARTS = "starts"
    ENDS = "ends"
    TICK = "tick"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    NOTE = "note"
    OTHER = "other"
    DROP = "drop"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Field.NUMBER: "№",
    Field.SECTION: "Этап или раздел",
    Field.TITLE: "Мероприятие",
    Field.STEPS: "Что делается",
    Field.DUE: "Срок",
    Field.STARTS: "Срок: начало",
    Field.ENDS: "Срок: окончание",
    Field.TICK: "Срок: отметка в квартале или месяце",
    Field.RESPONSIBLE: "Ответственные",
    Field.RESULT: "Ожидаемый результат",
    Field.NOTE: "Примечание",
    Field.OTHER: "В примечание, с названием графы",
    Field.DROP: "Не переносить",
}
#: A heading is short; longer is the text of a row.
_LONGEST = 90
_HEADER_WITHIN = 20

_MONTHS = [month_name(number) for number in range(1, 13)]
_QUARTER = re.compile(r"(?:^|[^a-zа-я0-9])(i{1,3}|iv|[1-4])(?:-?[йи])?\s*(?:кв|квартал)[а-я.]*$")
_ROMAN = re.compile(r"^(?:.*\s)?(i{1,3}|iv)$")
_NUMBERS = frozenset({"", "пп", "п", "мероприятия", "пункта", "поз"})

#: What a heading means by its letters: field, how surely. The first that fits counts.
_MEANINGS: tuple[tuple[str, Field, int], ...] = (
    (r"отметка|овыполнении|фактическ|связьс|последстви|^№?дела$|номердела", Field.OTHER, 3),
    (r"(?:срок|дата|период).*(?:окончани|завершени)|^окончание|^завершение", Field.ENDS, 3),
    (r"(?:срок|дата|период).*начал|^начало", Field.STARTS, 3),
    (r"ответствен|исполнител|ктоотвечает|ктопроводит", Field.RESPONSIBLE, 3),
    (r"^срок|срок(?:и)?(?:исполн|реализ|провед|выполн)|^дат[аы]|^когда|^время", Field.DUE, 3),
    (r"^период|^месяц|календарн", Field.DUE, 2),
    (r"результат|эффект", Field.RESULT, 3),
    (r"показател|продукт|итог|^видыдокумент|^виддокумент|подтвержд|^выход", Field.RESULT, 2),
    (r"примечани|комментари", Field.NOTE, 3),
    (r"^шаги|чтоделается|формыработы|формапровед", Field.STEPS, 3),
    (r"мероприят|событи", Field.TITLE, 3),
    (r"этап|раздел|^блок|^модуль", Field.SECTION, 3),
    (r"содержание|действия|видыдеятельности|виддеятельности|наименование|^тема", Field.TITLE, 2),
    (r"направлени", Field.TITLE, 1),
)
_COMPILED = [(re.compile(pattern), field, sure) for pattern, field, sure in _MEANINGS]
#: Where a second column of the kind goes.
_SECOND = {Field.TITLE: Field.STEPS}
_ONCE = frozenset(Field) - {Field.TICK, Field.OTHER, Field.DROP, Field.STEPS}


@dataclass(frozen=True)
class Column:
    place: int
    heading: str
    field: Field

    @property
    def name(self) -> str:
        return " ".join(self.heading.split()) or f"Графа {self.place + 1}"


@dataclass(frozen=True)
class Layout:
    """Columns and where the rows begin. `skipped`: places of lines that are no rows of the plan;
    `above`: texts over the headings, which are not taken."""

    columns: tuple[Column, ...]
    first: int = 0
    is_guessed: bool = False
    above: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    def place_of(self, field: Field) -> int:
        """Where the field stands; -1 where it does not."""
        return next((one.place for one in self.columns if one.field == field), -1)

    def with_fields(self, fields: Sequence[str]) -> "Layout":
        """As a person corrected it; what names no field stays."""
        known = {field.value for field in Field}
        columns = tuple(
            replace(one, field=Field(told)) if told in known else one
            for one, told in zip(self.columns, [*fields, *[""] * len(self.columns)], strict=False)
        )
        return replace(self, columns=columns)


def layout_of(table: Table, is_due: Callable[[str], bool], like: Layout | None = None) -> Layout:
    """Find the headings; a table without any is as wide as `like` and means the same, or is
    guessed. `is_due`: whether a text is understood as a due date."""
    best, found = -1, Counter[int]()
    for place, line in enumerate(table.lines[:_HEADER_WITHIN]):
        if score := _score(table, place, line):
            found[place] = score
    if found:
        best = max(found, key=lambda place: (found[place], -place))
    if best >= 0:
        return _with_header(table, best)
    if like is not None and len(like.columns) == table.width:
        return replace(like, first=0, above=())
    return _guessed(table, is_due)


def _score(table: Table, place: int, line: Line) -> int:
    """How many columns the line names; 0 where it is no line of headings."""
    names, _ = _names(table, place)
    if re.match(r"\d", line.text(0)) or any(len(text) > _LONGEST * 2 for text in line.texts):
        return 0
    fields = {field for name in names if (field := _meaning(name)[0]) != Field.OTHER}
    is_header = Field.TITLE in fields and (len(fields) > 1 or table.width == 1)
    return len(fields) if is_header or len(fields - {Field.TICK, Field.SECTION}) > 1 else 0


def _with_header(table: Table, place: int) -> Layout:
    names, used = _names(table, place)
    first = place + used
    if first < len(table.lines) and _numbers_columns(table.lines[first]):
        first += 1
    above = tuple(text for line in table.lines[:place] for text in line.texts)
    header = tuple(text for line in table.lines[place:first] for text in line.texts)
    return Layout(_columns(names), first, above=above, header=header)


def _names(table: Table, place: int) -> tuple[list[str], int]:
    """Names of the columns and how many lines they take: a second line tells more of the first."""
    line = table.lines[place]
    top = _spread(line, table.width)
    if place + 1 >= len(table.lines) or not _goes_on(table, line, table.lines[place + 1]):
        return top, 1
    below = table.lines[place + 1]
    names = []
    for number, name in enumerate(top):
        more = "" if number in below.repeats else below.text(number)
        owner = name or (_left(line, number) if more and not table.knows_merges else "")
        names.append(f"{owner} {more}".strip())
    return names, 2


def _goes_on(table: Table, line: Line, below: Line) -> bool:
    texts = [(place, below.text(place)) for place in range(table.width) if below.text(place)]
    own = [(place, text) for place, text in texts if place not in below.repeats]
    if not own or any(len(text) > _LONGEST or text.isdecimal() for _, text in own):
        return False
    if table.knows_merges:
        spread = {
            place + more
            for place in range(len(line.cells))
            if line.text(place) and line.span(place) > 1
            for more in range(line.span(place))
        }
        return bool(spread) and all(place in spread for place, _ in own)
    under = all(not line.text(place) or not line.text(place + 1) for place, _ in own)
    return under and any(_is_part(text) for _, text in own)


def _is_part(text: str) -> bool:
    """A heading of the second line: «I», «окончание», «октябрь»."""
    field, _ = _meaning(text)
    return field in {Field.TICK, Field.STARTS, Field.ENDS} or bool(_ROMAN.match(fold(text)))


def _left(line: Line, place: int) -> str:
    return next((line.text(at) for at in range(place, -1, -1) if line.text(at)), "")


def _spread(line: Line, width: int) -> list[str]:
    """Texts of the cells; a merged one names all columns that it covers."""
    names: list[str] = []
    for place in range(width):
        cell = line.cells[place] if place < len(line.cells) else ""
        names.append((names[-1] if names else "") if cell is None else cell)
    return names


def _numbers_columns(line: Line) -> bool:
    """«1 2 3 4» under the headings."""
    told = [text.strip(" .)") for text in line.texts]
    return len(told) > 1 and told == [str(number) for number in range(1, len(told) + 1)]


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    """Each heading to its field; where two claim one, the surer has it."""
    told = [_meaning(name) for name in names]
    romans = [place for place, name in enumerate(names) if _ROMAN.match(fold(name))]
    if len(romans) > 1:
        told = [(Field.TICK, 3) if at in romans else one for at, one in enumerate(told)]
    owners: dict[Field, int] = {}
    for place, (field, sure) in enumerate(told):
        if field in _ONCE and (field not in owners or sure > told[owners[field]][1]):
            owners[field] = place
    columns = []
    for place, (name, (field, sure)) in enumerate(zip(names, told, strict=True)):
        if field in _ONCE and owners[field] != place:
            field = Field.SECTION if sure == 1 and Field.SECTION not in owners else field
            field = _SECOND.get(field, Field.OTHER if field != Field.SECTION else field)
        columns.append(Column(place, name, field))
    return tuple(columns)


def _meaning(name: str) -> tuple[Field, int]:
    told, key = fold(name).strip(" .:"), name_key(name)
    if not told or len(name) > _LONGEST:
        return Field.OTHER, 0
    if (told.startswith("№") and key in _NUMBERS) or told in {"n", "no", "п/п", "n п/п", "номер"}:
        return Field.NUMBER, 3
    if _QUARTER.search(told) or tick_label(name) in _MONTHS:
        return Field.TICK, 3
    found = ((field, sure) for pattern, field, sure in _COMPILED if pattern.search(key))
    return next(found, (Field.OTHER, 0))


def tick_label(heading: str) -> str:
    """What a tick in the column means: «III квартал», «октябрь»."""
    told = fold(heading).strip(" .:")
    if quarter := _QUARTER.search(told) or _ROMAN.match(told):
        sign = quarter[1]
        roman = ("I", "II", "III", "IV")[int(sign) - 1] if sign.isdecimal() else sign.upper()
        return f"{roman} квартал"
    last = told.rpartition(" ")[2]
    month = next((name for name in _MONTHS if len(last) > 2 and name.startswith(last)), "")
    return month or " ".join(heading.split())


_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
_PERSON = re.compile(
    r"директор|заместител|зам\.|учител|педагог|методист|руководител|куратор|администраци"
    r"|комитет|специалист|психолог|завуч|школ|[а-яё]\.\s?[а-яё]\.|\bоо\b",
    re.IGNORECASE,
)


def _guessed(table: Table, is_due: Callable[[str], bool]) -> Layout:
    """By what stands in the columns: numbers, dates, persons; the longest texts are events."""
    fields = dict.fromkeys(range(table.width), Field.OTHER)
    lines = [line for line in table.lines if len(line.texts) > 1 or table.width == 1][:200]
    cells = {place: [text for line in lines if (text := line.text(place))] for place in fields}
    free = [place for place in fields if cells[place]]

    def take(field: Field, fits: Callable[[str], bool]) -> None:
        shares = {at: sum(map(fits, cells[at])) / len(cells[at]) for at in free}
        best = max(shares, key=lambda at: (shares[at], -at), default=-1)
        if best >= 0 and shares[best] > 0.5:
            fields[best] = field
            free.remove(best)

    if len(free) > 1:
        take(Field.NUMBER, lambda text: bool(_NUMBER.fullmatch(text)))
    if len(free) > 1:
        take(Field.DUE, is_due)
    sizes = {at: sum(map(len, cells[at])) / len(cells[at]) for at in free}
    # Events come before results, which may be longer.
    title = next((at for at in free if sizes[at] * 2 >= max(sizes.values())), None)
    if title is not None:
        fields[title] = Field.TITLE
        free.remove(title)
        take(Field.RESPONSIBLE, lambda text: len(text) < 400 and bool(_PERSON.search(text)))
        after = [place for place in free if place > title]
        if after:
            fields[after[-1]] = Field.RESULT
    columns = tuple(Column(place, "", field) for place, field in fields.items())
    return Layout(columns, is_guessed=True)

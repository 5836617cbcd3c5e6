"""«Остывание пары»: why a pair counts as cooled, in words, and the step each reason suggests.

Pure: facts in, reasons out. `roadmaps.cooled` fetches the facts and finds cooled pairs among many;
a test holds both to one meaning.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from common.russian import counted, long_date

#: The silence of one side is looked for in so many quiet periods.
PERIODS = 3
#: So many reports must have been sent before it can be said that all are of one side.
REPORTS = 3
_DAYS = ("день", "дня", "дней")


class ContactKind(StrEnum):
    HELD = "held"
    VISIT = "visit"
    MEETING = "meeting"


CONTACT_WORDS = {
    ContactKind.HELD: "мероприятие",
    ContactKind.VISIT: "посещение",
    ContactKind.MEETING: "встреча коллективов",
}


class Why(StrEnum):
    """Reasons; the filter of the list asks by them."""

    QUIET = "quiet"
    NO_PLAN = "no_plan"
    RETURNS = "returns"
    ONE_SIDE = "one_side"


WHY_WORDS = {
    Why.QUIET: "давно нет контактов",
    Why.NO_PLAN: "ничего не запланировано",
    Why.RETURNS: "два возврата отчётов подряд",
    Why.ONE_SIDE: "одна сторона молчит",
}


@dataclass(frozen=True)
class Contact:
    """The latest of held events, visits and meetings of the acquaintance stage."""

    day: date
    kind: ContactKind

    def ago(self, today: date) -> str:
        """«6 дней назад», «вчера», «сегодня»."""
        days = (today - self.day).days
        near = {0: "сегодня", 1: "вчера"}
        return near.get(days) or f"{counted(days, *_DAYS)} назад"

    def words(self, today: date) -> str:
        """«6 дней назад, посещение»."""
        return f"{self.ago(today)}, {CONTACT_WORDS[self.kind]}"


@dataclass(frozen=True)
class Border:
    """Days that the question turns on. `quiet_days`: the committee's setting."""

    today: date
    quiet_days: int

    @property
    def quiet(self) -> date:
        """A contact on this day or earlier is too long ago; so is a beginning before it."""
        return self.today - timedelta(days=self.quiet_days)

    @property
    def ahead(self) -> date:
        """The last of the days for which something must be planned."""
        return self.today + timedelta(days=self.quiet_days)

    @property
    def silence(self) -> date:
        """The first of the days in which each side must have shown itself."""
        return self.today - timedelta(days=PERIODS * self.quiet_days)


@dataclass(frozen=True)
class Facts:
    """What is known of a pair that is active.

    `began`: when it last started or was resumed, None if long ago; `returned`: days of the two
    latest decisions where both were returns; `enough`: `REPORTS` or more were sent lately;
    `lead_seen`, `target_seen`: whether the side has sent a report or met a visitor lately, None
    where the partnership has no such side.
    """

    last: Contact | None = None
    began: date | None = None
    next_planned: date | None = None
    returned: tuple[date, date] | None = None
    enough: bool = False
    lead_seen: bool | None = True
    target_seen: bool | None = True


@dataclass(frozen=True)
class Reason:
    """`text` is a sentence with the dates; `step` is what would end it."""

    why: Why
    text: str
    step: str


def reasons_of(facts: Facts, border: Border) -> list[Reason]:
    """Why the pair counts as cooled, the gravest first; empty for one that lives."""
    found = []
    if _is_quiet(facts, border):
        found.append(_quiet(facts, border))
    if facts.next_planned is None and not _is_fresh(facts, border):
        found.append(_no_plan(border))
    if facts.returned:
        found.append(_returns(*facts.returned))
    if silent := _silent_side(facts):
        found.append(_one_side(*silent, border))
    return found


def _is_fresh(facts: Facts, border: Border) -> bool:
    """Begun so lately that nothing can be asked of it yet."""
    return facts.began is not None and facts.began > border.quiet


def _is_quiet(facts: Facts, border: Border) -> bool:
    if facts.last is None:
        return not _is_fresh(facts, border)
    return facts.last.day <= border.quiet and not _is_fresh(facts, border)


def _quiet(facts: Facts, border: Border) -> Reason:
    if facts.last is None:
        since = f" с {long_date(facts.began)}, как партнёрство действует" if facts.began else ""
        text = f"Ни одного мероприятия, посещения или встречи не записано{since}."
    else:
        what = CONTACT_WORDS[facts.last.kind]
        text = (
            f"Последний контакт был {facts.last.ago(border.today)}, "
            f"{long_date(facts.last.day)}: {what}."
        )
    step = "Свяжитесь с обеими школами и запишите посещение."
    return Reason(Why.QUIET, text, step)


def _no_plan(border: Border) -> Reason:
    days = counted(border.quiet_days, *_DAYS)
    text = f"На ближайшие {days}, до {long_date(border.ahead)}, ничего не запланировано."
    return Reason(Why.NO_PLAN, text, "Поставьте в дорожную карту мероприятие на эти дни.")


def _returns(last: date, before: date) -> Reason:
    text = f"Два отчёта подряд возвращены: {long_date(before)} и {long_date(last)}"
    step = "Разберите замечания вместе со школой, которая составляла отчёты."
    return Reason(Why.RETURNS, text, step)


def _silent_side(facts: Facts) -> tuple[str, str] | None:
    """Who is silent and who is heard; None where both are, or too little was sent to tell."""
    if not facts.enough or facts.lead_seen is None or facts.target_seen is None:
        return None
    if facts.lead_seen and not facts.target_seen:
        return "целевая школа", "школа-лидер"
    if facts.target_seen and not facts.lead_seen:
        return "школа-лидер", "целевая школа"
    return None


def _one_side(silent: str, heard: str, border: Border) -> Reason:
    text = (
        f"С {long_date(border.silence)} отчёты и посещения есть только у одной стороны "
        f"({heard}), {silent} молчит."
    )
    return Reason(Why.ONE_SIDE, text, "Спросите молчащую сторону, что ей мешает.")

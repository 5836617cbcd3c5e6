"""Events as a calendar that a phone subscribes to (RFC 5545). Pure: entries in, bytes out.

No person is named but in titles as they were written: of the responsible only posts are told.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
#: What lasts longer would lie over weeks of the phone's calendar: it stands on its last day.
LONGEST = timedelta(days=7)
#: How often a program may ask again.
REFRESH = timedelta(hours=6)
_PRODUCT = "-//Портал сетевого взаимодействия школ//Календарь//RU"

#: Beginnings of words that name a post, a group or an organisation.
_POSTS = (
    "администрац", "все", "директор", "завуч", "заместител", "классн", "команд", "комитет",
    "координатор", "куратор", "методист", "методическ", "методсовет", "наставник", "орг",
    "педагог", "председател", "преподават", "психолог", "рабоч", "руководит", "советник",
    "совет", "специалист", "творческ", "тьютор", "управленческ", "учител", "школ", "зам",
)  # fmt: skip
_NAME = re.compile(r"(?<![«\"№])\b[А-ЯЁ][а-яё]+\b|\b[А-ЯЁ]\.")
_KNOWN = re.compile(r"\b(?:Гимназия|Лицей|Школа|Интернет)\b")


@dataclass(frozen=True)
class FeedEntry:
    """One occurrence as a calendar is told of it."""

    key: int
    title: str
    starts_on: date | None
    ends_on: date
    due: str
    pair: str
    responsible: tuple[str, ...]
    url: str
    version: int
    changed_at: datetime
    is_cancelled: bool = False
    is_held: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """First day, and the day after the last, as DTEND has it."""
        starts = self.starts_on or self.ends_on
        if starts > self.ends_on or self.is_long:
            starts = self.ends_on
        return starts, self.ends_on + DAY

    @property
    def is_long(self) -> bool:
        return self.starts_on is not None and self.ends_on - self.starts_on > LONGEST

    @property
    def summary(self) -> str:
        last = self.is_long or self.starts_on is None
        return f"Срок: {self.title}" if last else self.title

    @property
    def description(self) -> str:
        told = [
            "Проведено." if self.is_held else "",
            f"Срок: {self.due}" if self.due else "",
            self.pair,
            f"Ответственные: {'; '.join(self.responsible)}" if self.responsible else "",
            self.url,
        ]
        return "\n".join(line for line in told if line)


def posts_of(responsible: Iterable[str]) -> tuple[str, ...]:
    """Those parts that name a post and nobody: «Директор СОШ №5», not «Иванова М. П., методист»."""
    return tuple(part for part in responsible if _is_post(part))


def _is_post(part: str) -> bool:
    if not part.strip().lower().startswith(_POSTS):
        return False
    first, _, rest = part.strip().partition(" ")
    return not _NAME.search(_KNOWN.sub("", rest)) and first.count(".") <= 1


def calendar_of(entries: Iterable[FeedEntry], name: str) -> bytes:
    """The calendar; folding, escaping and line ends are the library's."""
    from icalendar import Calendar  # a third of a second: for those alone who read a calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event_of(entry))
    return calendar.to_ical()


def _event_of(entry: FeedEntry):  # type: ignore[no-untyped-def]  # the library comes late
    from icalendar import Event

    event = Event()
    starts, until = entry.days
    event.add("uid", f"occurrence-{entry.key}@roadmaps.network-portal")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.version)
    event.add("dtstart", starts)
    event.add("dtend", until)
    event.add("summary", _clean(entry.summary))
    event.add("description", _clean(entry.description))
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _clean(text: str) -> str:
    """Signs that a text pasted from Word may hold and no calendar takes."""
    return "".join(sign for sign in text if sign == "\n" or sign >= " ")

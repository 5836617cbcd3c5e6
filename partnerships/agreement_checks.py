"""Checks before a partnership is agreed: capacity, willingness, conflict of interest. Pure.

A refusal blocks the step; a warning asks the methodist to write down why it is taken all the same.
The facts come from `partnerships.agreement_facts`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from common.russian import counted, quoted

SCHOOLS = ("целевую школу", "целевые школы", "целевых школ")


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, what was found (`why`) and what to do about it (`step`).

    `terms_of`: the school whose terms of leading answer the question (id).
    """

    level: Level
    what: str
    why: str
    step: str = ""
    terms_of: int | None = None


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """`others`: targets that it leads in other partnerships now; `here`: those that this one
    adds to them; `limit`: how many it may lead at most."""

    id: int
    name: str
    others: int
    here: int
    limit: int
    is_willing: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ban:
    """People decided that the two are not to be paired."""

    lead: str
    target: str
    reason: str


class Tie(StrEnum):
    """What a person is in both schools; the gravest first."""

    HEAD = "head"
    CURATOR = "curator"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """Somebody of a lead school who belongs to a target too. `same_account`: known for sure; by
    the name alone it may be a namesake."""

    name: str
    lead: str
    target: str
    tie: Tie
    same_account: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """`closed`: names of members that are closed; `related`: a lead and a target of one head
    organisation."""

    leads: Sequence[LeadFacts] = ()
    closed: Sequence[str] = ()
    bans: Sequence[Ban] = ()
    related: Sequence[tuple[str, str]] = ()
    people: Sequence[SharedPerson] = ()


def checks_of(facts: Facts) -> list[Check]:
    """Every check with its answer, refusals first, then warnings."""
    order = list(reversed(Level))
    found = [
        *_closed(facts),
        *_bans(facts),
        *(check for lead in facts.leads for check in (_capacity(lead), _willingness(lead))),
        *_conflicts(facts),
    ]
    return sorted(found, key=lambda check: order.index(check.level))


def refusals(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.level == Level.REFUSAL]


def warnings(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.level == Level.WARNING]


def _closed(facts: Facts) -> Iterator[Check]:
    what = "Школы действуют"
    if facts.closed:
        why = f"Закрыта: {', '.join(facts.closed)}."
        yield Check(Level.REFUSAL, what, why, "Замените школу в карточке партнёрства.")
    else:
        yield Check(Level.OK, what, "Все школы партнёрства действуют.")


def _bans(facts: Facts) -> Iterator[Check]:
    what = "Решения о парах"
    for ban in facts.bans:
        yield Check(
            Level.REFUSAL,
            what,
            f"{ban.lead} и {ban.target} решено не объединять: {ban.reason}",
            "Выберите другого партнёра или снимите это решение в подборе пар.",
        )
    if not facts.bans:
        yield Check(Level.OK, what, "Запретов на эти пары нет.")


def _capacity(lead: LeadFacts) -> Check:
    what = f"Нагрузка, {lead.name}"
    whole = lead.others + lead.here
    led = (
        f"Сейчас ведёт {counted(lead.others, *SCHOOLS)}"
        if lead.others
        else "Сейчас никого не ведёт"
    )
    with_this = f"{led}, с этим партнёрством – {whole} при пределе {lead.limit}."
    if whole <= lead.limit:
        return Check(Level.OK, what, with_this)
    step = "Выберите другую школу-лидера или напишите, за счёт чего она справится."
    return Check(Level.WARNING, what, with_this, step, terms_of=lead.id)


def _willingness(lead: LeadFacts) -> Check:
    what = f"Готовность, {lead.name}"
    said = f": {quoted(lead.note)}" if lead.note else ""
    if lead.is_willing:
        return Check(Level.OK, what, f"Школа готова быть лидером{said}.")
    if lead.is_willing is None:
        step = "Спросите директора и запишите ответ."
        return Check(Level.WARNING, what, "Школу не спрашивали.", step, terms_of=lead.id)
    step = "Договоритесь с директором или выберите другую школу-лидера."
    return Check(
        Level.WARNING, what, f"Школа не готова быть лидером{said}.", step, terms_of=lead.id
    )


_TIES = {
    Tie.HEAD: "руководит обеими школами",
    Tie.CURATOR: "куратор этого партнёрства и работает в обеих школах",
    Tie.WORKS: "работает в обеих школах",
}


def _conflicts(facts: Facts) -> Iterator[Check]:
    """Ties between the sides: help that a school gives to itself shows nothing."""
    what = "Конфликт интересов"
    for lead, target in facts.related:
        yield Check(
            Level.WARNING,
            what,
            f"{lead} и {target} – одна организация: головная школа и филиал или два филиала.",
            "Выберите школу-лидера из другой организации.",
        )
    for one in sorted(facts.people, key=lambda person: list(Tie).index(person.tie)):
        known = "" if one.same_account else " Совпало имя: проверьте, не однофамильцы ли это."
        yield Check(
            Level.WARNING,
            what,
            f"{one.name} {_TIES[one.tie]}: {one.lead} и {one.target}.{known}",
            "Назначьте за партнёрство ответственным другого человека.",
        )
    if not facts.related and not facts.people:
        yield Check(Level.OK, what, "Общих руководителей, сотрудников и головной школы нет.")

"""Sections on partnerships and roadmaps (R060–R074)."""

from collections.abc import Iterator

from common.russian import counted, decimal_comma, long_date, numeric_date
from partnerships.enums import PartnershipState
from partnerships.models import Agreement
from reports.builders import words
from reports.builders.blocks import (
    Block,
    Column,
    Gap,
    Numbering,
    Section,
    bullets,
    note,
    table,
    text,
)
from reports.builders.picture import pictures
from reports.enums import NetworkSection
from reports.facts.fulfilment import HeldEvent, Progress
from reports.facts.network import NetworkFacts
from reports.facts.pairs import Group, Pair

NO_PARTNER = "нет партнёра"
EVENTS = "roadmaps:events"


def partnerships(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.PARTNERSHIPS, NetworkSection.PARTNERSHIPS.label)
    columns = [
        Column("Целевая школа", 26),
        Column("Школа-лидер", 22),
        Column("Тема, основание выбора"),
        Column("Договор, результат", 24),
    ]
    rows = [_row(pair) for pair in facts.pairs.living]
    rows += [(s.official_name, NO_PARTNER, "школа-лидер не назначена", "–") for s in facts.alone]
    if rows:
        day = long_date(facts.scope.today)
        caption = f"Школы-лидеры и целевые школы на {day}"
        section.blocks.append(table(numbers.table(), caption, columns, rows, is_long=True))
    else:
        section.blocks.append(text("Действующих партнёрств нет."))
    section.blocks += _promises(facts, numbers)
    section.blocks += bullets("Завершённые партнёрства:", map(_finished, facts.pairs.finished))
    section.blocks += bullets("Сменили партнёра:", map(_finished, facts.pairs.replaced))
    section.blocks += bullets("Команды и семинары:", map(_group, facts.pairs.groups))
    section.blocks += pictures(facts, numbers)
    return section


def _promises(facts: NetworkFacts, numbers: Numbering) -> list[Block]:
    """Promises with a quantity by side; nobody promised any, no table."""
    rows = [
        (
            pair.title,
            side.label,
            balance.year.label,
            *map(str, (side.promised, side.planned, side.done, side.remaining)),
        )
        for pair, balance in facts.balances
        for side in balance.sides
        if side.promised
    ]
    if not rows:
        return []
    columns = [
        Column("Партнёрство", 26),
        Column("Сторона"),
        Column("Год", 14),
        *(
            Column(title, is_number=True)
            for title in ("Обещано", "В плане", "Проведено", "Осталось")
        ),
    ]
    caption = f"Обязательства сторон по состоянию на {long_date(facts.scope.today)}"
    return [table(numbers.table(), caption, columns, rows, is_long=len(rows) > 15)]


def _row(pair: Pair) -> tuple[str, str, str, str]:
    one = pair.partnership
    mark = "" if one.state == PartnershipState.ACTIVE else f" ({PartnershipState(one.state).label})"
    return (
        ", ".join(party.official for party in pair.targets) or "не указана",
        (", ".join(party.official for party in pair.leads) or "не указана") + mark,
        _capital("; ".join(filter(None, (one.topic, one.reason, one.procedure_words))))
        or "не указана",
        "; ".join(filter(None, (_agreement(pair), pair.partnership.result))) or "–",
    )


def _agreement(pair: Pair) -> str:
    return "; ".join(_agreement_words(row) for row in pair.agreements)


def _agreement_words(row: Agreement) -> str:
    known = [f"№ {row.number}"] if row.number else []
    known += [f"от {numeric_date(row.signed_on)}"] if row.signed_on else []
    words_ = " ".join(["заключён договор о сотрудничестве", *known])
    return f"{words_} ({_not_told(row)})" if row.missing else words_


def _not_told(row: Agreement) -> str:
    if len(row.missing) > 1:
        return f"{' и '.join(row.missing)} не указаны"
    return {"номер": "номер не указан", "дата": "дата не указана"}[row.missing[0]]


def _finished(pair: Pair) -> str:
    sides = (pair.leads, pair.targets)
    names = " – ".join(", ".join(party.official for party in side) for side in sides)
    told = filter(None, (pair.partnership.topic, pair.partnership.result))
    return ": ".join(filter(None, (names, "; ".join(told))))


def _group(group: Group) -> str:
    """«кросс-функциональная команда, постоянная «Воспитание»: опорная школа – …; участники – …»."""
    one = group.partnership
    state = PartnershipState(one.state)
    mark = "" if state == PartnershipState.ACTIVE else f" ({state.label})"
    hub = "опорная школа" if len(group.hubs) == 1 else "опорные школы"
    other = "участник" if len(group.others) == 1 else "участники"
    sides = ((hub, group.hubs), (other, group.others))
    told = [f"{word} – {', '.join(p.official for p in side)}" for word, side in sides if side]
    name = f"{one.get_kind_display()} «{one.name}»{mark}"
    return ": ".join(filter(None, (name, "; ".join(told))))


def gaps_of_partnerships(facts: NetworkFacts) -> Iterator[Gap]:
    for school in facts.alone:
        yield Gap(f"{school}: {NO_PARTNER}", "schools:detail", (school.pk,))
    for pair in facts.pairs.living:
        page = ("partnerships:detail", (pair.pk,))
        if not pair.partnership.topic:
            yield Gap(f"{pair.title}: не указана тема", *page)
        for row in pair.agreements:
            if row.missing:
                yield Gap(f"Договор {pair.title}: {_not_told(row)}", *page)


def roadmaps(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.ROADMAPS, NetworkSection.ROADMAPS.label)
    if facts.roadmaps:
        section.blocks = [text(words.COUNTING), _progress_table(facts, numbers)]
        section.blocks += _remarks(facts)
        if facts.held:
            section.blocks.append(_held_table(facts, numbers))
        else:
            section.blocks.append(text("Подтверждённых мероприятий нет."))
    else:
        section.blocks = [text(f"На {facts.scope.year} учебный год дорожные карты не утверждены.")]
    return section


def _progress_table(facts: NetworkFacts, numbers: Numbering) -> dict:
    columns = [
        Column("Дорожная карта", 28),
        Column("Запланировано", is_number=True),
        Column("Проведено", is_number=True),
        Column("Доля, %", is_number=True),
        Column("Просрочено", is_number=True),
    ]
    rows = [(row.roadmap.owner_title, *_figures(row.progress)) for row in facts.progress]
    rows.append(("Всего", *_figures(facts.progress_of_all)))
    caption = (
        f"Мероприятия на {facts.scope.year} учебный год по состоянию "
        f"на {long_date(facts.scope.today)}"
    )
    return table(
        numbers.table(), caption, columns, rows, strong=[len(rows) - 1], is_long=len(rows) > 15
    )


def _figures(progress: Progress) -> tuple[str, str, str, str]:
    share = "–" if progress.share is None else decimal_comma(progress.share)
    return str(progress.planned), str(progress.held), share, str(progress.overdue)


def _remarks(facts: NetworkFacts) -> Iterator[dict]:
    whole = facts.progress_of_all
    event = ("мероприятие", "мероприятия", "мероприятий")
    if sum(row.progress.planned for row in facts.progress) != whole.planned:
        yield note(
            "Общее мероприятие нескольких карт стоит в каждой, а в строке «Всего» учтено один раз."
        )
    if whole.by_author:
        yield note(
            f"Из проведённых подтверждено составителем отчёта: {counted(whole.by_author, *event)}."
        )
    if whole.unplanned:
        yield note(f"Сверх плана проведено: {counted(whole.unplanned, *event)}.")


def _held_table(facts: NetworkFacts, numbers: Numbering) -> dict:
    columns = [
        Column("Дата", 14),
        Column("Мероприятие", 34),
        Column("Место", 18),
        Column("Страница на сайте", is_link=True),
    ]
    rows = [
        (
            event.day,
            _event(event),
            event.place,
            " ".join(event.urls) or "–",
        )
        for event in facts.held
    ]
    return table(numbers.table(), "Проведённые мероприятия", columns, rows, is_long=True)


def _event(event: HeldEvent) -> str:
    marks = ["сверх плана"] if event.unplanned else []
    marks += ["подтверждено составителем"] if event.by_author else []
    told = f"{event.title} ({'; '.join(event.owners)})"
    return f"{told}; {', '.join(marks)}" if marks else told


def gaps_of_roadmaps(facts: NetworkFacts) -> Iterator[Gap]:
    planned = {roadmap.partnership_id for roadmap in facts.roadmaps}
    drafted = {roadmap.partnership_id: roadmap for roadmap in facts.drafts}
    for pair in facts.pairs.living:
        if pair.partnership.municipality_id != facts.scope.municipality.pk or pair.pk in planned:
            continue
        draft = drafted.get(pair.pk)
        if draft:
            yield Gap(f"{pair.title}: дорожная карта не утверждена", "roadmaps:detail", (draft.pk,))
        else:
            yield Gap(f"{pair.title}: нет дорожной карты", "partnerships:detail", (pair.pk,))
    if facts.waiting_reports:
        reports = counted(facts.waiting_reports, "отчёт", "отчёта", "отчётов")
        yield Gap(
            f"Ждут подтверждения и не войдут в справку: {reports}", EVENTS, query="state=waiting"
        )
    if facts.without_link:
        number = counted(facts.without_link, "мероприятия", "мероприятий", "мероприятий")
        yield Gap(f"Нет ссылки на страницу у {number}", EVENTS, query="state=held")


def _capital(words_: str) -> str:
    return words_[:1].upper() + words_[1:]

"""When things are planned: due dates, order of stages, school calendar, weeks, months, load. Pure.

Only what is not held yet is worth moving, so weeks and holidays look at planned times alone.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from common.russian import counted, month_name
from roadmaps.due import DueKind, Span
from roadmaps.plan_check.content import Found
from roadmaps.plan_check.facts import Days, Elsewhere, Lead, PlanFacts, PlanRow, StageFacts, Time
from roadmaps.plan_check.finding import Item, think

#: Everything in one month: more than this share of the dated events, and at least so many.
PILED_SHARE, PILED_LEAST = 0.4, 4
#: A lead with more events a month than two a week has its hands full.
BUSY = 8
_EVENTS = ("мероприятие", "мероприятия", "мероприятий")


def has_due(facts: PlanFacts) -> Found:
    if not facts.rows:
        return None
    missing = [row for row in facts.rows if row.due_kind == DueKind.UNSPECIFIED and not row.ends]
    unknown = [row for row in facts.rows if row.due_kind == DueKind.UNKNOWN]
    found = []
    if missing:
        items = tuple(Item(row.place) for row in missing)
        fix = "Без даты окончания просрочки не будет."
        found.append(think("no-due", "Срок не указан или без даты окончания", items, fix=fix))
    if unknown:
        items = tuple(Item(row.place) for row in unknown)
        fix = "Напишите дату иначе или оставьте срок текстом."
        found.append(think("due-unknown", "Срок не понят", items, fix=fix))
    return found


def due_inside(facts: PlanFacts) -> Found:
    """Days of events lie in the period of the plan and in the dates of their stage."""
    stages = {stage.stage: stage for stage in facts.stages}
    items = [
        Item(row.place, words)
        for row in facts.rows
        if (words := _outside(row, facts, stages.get(row.stage)))
    ]
    if not any(row.starts for row in facts.rows):
        return None
    return [think("due-outside", "Срок вне периода", tuple(items))] if items else []


def _outside(row: PlanRow, facts: PlanFacts, stage: StageFacts | None) -> str:
    spans = [Span(time.starts, time.ends) for time in row.times]
    if not all(span.within(facts.period) for span in spans):
        return "вне периода карты"
    if stage is None or not (stage.starts or stage.ends):
        return ""
    own = Span(stage.starts, stage.ends)
    # A wide date may go beyond its stage; one that has no day in it is out of place.
    return "" if all(_touches(span, own) for span in spans) else f"вне дат этапа {stage.stage}"


def _touches(span: Span, other: Span) -> bool:
    return (span.start is None and span.end is None) or span.clip(other) is not None


def stages_in_order(facts: PlanFacts) -> Found:
    """No event is over before the stage before its own has begun (R018)."""
    begins = {number: day for number in (1, 2) if (day := _begin(facts, number))}
    if not begins:
        return None
    items = [
        Item(row.place, f"закончится раньше, чем начнётся этап {row.stage - 1}")
        for row in facts.rows
        if (first := begins.get(row.stage - 1)) and row.ends and row.ends < first
    ]
    return [think("stage-order", "Этапы идут не по порядку", tuple(items))] if items else []


def _begin(facts: PlanFacts, number: int) -> date | None:
    own = next((stage.starts for stage in facts.stages if stage.stage == number), None)
    days = [row.starts for row in facts.by_stage.get(number, []) if row.starts]
    return own or min(days, default=None)


def free_days(facts: PlanFacts) -> Found:
    """No event falls wholly into holidays or examinations."""
    if not facts.calendar:
        return None
    items = []
    for row in facts.rows:
        hit = next(_busy_days(row, facts.calendar), None)
        if hit:
            time, days = hit
            items.append(Item(row.place, f"{_when(time)}: {days.name}"))
    sentence = "Приходится на каникулы или экзамены"
    return [think("calendar", sentence, tuple(items))] if items else []


def _busy_days(row: PlanRow, calendar: tuple[Days, ...]) -> Iterator[tuple[Time, Days]]:
    for time in row.times:
        if time.is_planned and time.starts and time.ends:
            for days in calendar:
                if days.hold(time):
                    yield time, days


def weeks(facts: PlanFacts) -> Found:
    """No two events of one lead in the same week, in this plan or in its other ones."""
    if not facts.leads:
        return None
    elsewhere: dict[date, tuple[Lead, Elsewhere]] = {}
    for lead in facts.leads:
        for other in lead.elsewhere:
            for monday in other.time.weeks:
                elsewhere.setdefault(monday, (lead, other))
    here: dict[date, PlanRow] = {}
    items = []
    for row in facts.rows:
        mondays = sorted({day for time in row.times if time.is_planned for day in time.weeks})
        clash = next((day for day in mondays if day in here), None)
        away = next((day for day in mondays if day in elsewhere), None)
        if clash:
            items.append(Item(row.place, f"{_week(clash)} вместе с", here[clash].place))
        elif away:
            items.append(_with_other(row, away, *elsewhere[away]))
        for day in mondays:
            here.setdefault(day, row)
    sentence = "Два мероприятия лидера в одну неделю"
    return [think("same-week", sentence, tuple(items))] if items else []


def _with_other(row: PlanRow, monday: date, lead: Lead, other: Elsewhere) -> Item:
    if other.place is None:
        words = f"{_week(monday)} у лидера ({lead.name}) ещё одно мероприятие"
        return Item(row.place, words)
    words = f"{_week(monday)} у лидера ({lead.name}) ещё"
    return Item(row.place, words, other.place, other.words)


def by_month(facts: PlanFacts) -> Counter[date]:
    """Times of the plan by the first day of their month; wide ones belong to none."""
    return Counter(month for row in facts.rows for time in row.times if (month := time.month))


def spread(facts: PlanFacts) -> Found:
    """Not everything is piled into one month."""
    counts = by_month(facts)
    total = counts.total()
    if total < PILED_LEAST:
        return None
    month, number = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    if number < PILED_LEAST or number <= total * PILED_SHARE:
        return []
    told = f"На {_month(month)} пришлось {counted(number, *_EVENTS)} из {total} с понятным месяцем"
    return [think("piled", told, fix="Часть можно перенести на другие месяцы.")]


def load(facts: PlanFacts) -> Found:
    """What the lead has to do in a month in all its plans."""
    if not facts.leads:
        return None
    own, found = by_month(facts), []
    for lead in facts.leads:
        others = Counter(
            month for one in lead.elsewhere if one.counts and (month := one.time.month)
        )
        busy = [day for day in sorted(own) if others[day] and own[day] + others[day] > BUSY]
        if not busy:
            continue
        day = max(busy, key=lambda month: own[month] + others[month])
        here, total = own[day], own[day] + others[day]
        sentence = (
            f"{lead.name} ведёт {_targets(lead.targets)}: {_in_month(day)} у неё"
            f" {counted(total, *_EVENTS)}, из них по этой карте {here}"
        )
        found.append(think("load", sentence, fix=_also(busy, day)))
    return found


def _targets(number: int) -> str:
    return counted(number, "целевую школу", "целевые школы", "целевых школ")


def _also(busy: list[date], worst: date) -> str:
    others = ", ".join(month_name(day.month) for day in busy if day != worst)
    return f"Больше {BUSY} в месяц также: {others}." if others else ""


def _when(time: Time) -> str:
    if time.starts is None or time.ends is None or time.starts == time.ends:
        return f"{time.ends:%d.%m.%Y}"
    return f"{time.starts:%d.%m} – {time.ends:%d.%m.%Y}"


def _week(monday: date) -> str:
    return f"в неделю {monday:%d.%m} – {monday + timedelta(days=6):%d.%m}"


def _month(day: date) -> str:
    return f"{month_name(day.month)} {day.year} г."


def _in_month(day: date) -> str:
    return f"в {month_name(day.month, 'prepositional')} {day.year} г."

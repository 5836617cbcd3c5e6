"""All checks in their order, and the report that the panel shows. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from roadmaps.plan_check import content, dates
from roadmaps.plan_check.content import Found
from roadmaps.plan_check.facts import PlanFacts
from roadmaps.plan_check.finding import Finding, Severity
from roadmaps.plan_check.repeats import repeats

#: Each check with what is said when it finds nothing; nothing where that goes without saying.
CHECKS: tuple[tuple[Callable[[PlanFacts], Found], str], ...] = (
    (content.anything, ""),
    (content.risks_answered, "риски закрыты"),
    (content.promises_kept, "обещанное поставлено в план"),
    (content.problems_answered, "проблемы не забыты"),
    (content.stages_filled, "этапы заполнены"),
    (content.gates, "открытию этапов ничто не мешает"),
    (content.responsible, "ответственные указаны"),
    (content.results, "результаты названы"),
    (dates.has_due, "сроки понятны"),
    (dates.due_inside, "сроки внутри периода"),
    (dates.stages_in_order, "этапы по порядку"),
    (dates.free_days, "каникулы и экзамены свободны"),
    (dates.weeks, "недели лидера не пересекаются"),
    (dates.spread, "месяцы загружены ровно"),
    (dates.load, "нагрузка лидера посильна"),
    (repeats, "повторов нет"),
    (content.numbers, "номера подряд"),
    (content.events_with_risks, "мероприятия этапа 2 отвечают на риски"),
)


@dataclass(frozen=True)
class Bar:
    """A risk of the pair and how many events answer it."""

    name: str
    events: int


@dataclass(frozen=True)
class Month:
    first: date
    events: int


@dataclass(frozen=True)
class Report:
    """`wide`: events whose date lies in several months, so that no bar holds them."""

    findings: tuple[Finding, ...]
    fine: tuple[str, ...]
    risks: tuple[Bar, ...] = ()
    months: tuple[Month, ...] = ()
    wide: int = 0

    @property
    def blocks(self) -> list[Finding]:
        return [one for one in self.findings if one.severity == Severity.BLOCKS]

    @property
    def thoughts(self) -> list[Finding]:
        return [one for one in self.findings if one.severity == Severity.THINK]

    @property
    def most(self) -> int:
        """The longest bar of the risks."""
        return max((bar.events for bar in self.risks), default=0)


def check(facts: PlanFacts) -> Report:
    findings: list[Finding] = []
    fine: list[str] = []
    for look, words in CHECKS:
        found = look(facts)
        findings += found or []
        if found == [] and words:
            fine.append(words)
    counts = dates.by_month(facts)
    return Report(
        tuple(findings),
        tuple(fine),
        tuple(Bar(risk.name, number) for risk, number in content.risk_bars(facts)),
        tuple(Month(first, counts[first]) for first in months_of(facts)),
        sum(any(time.month is None for time in row.times) for row in facts.rows),
    )


def months_of(facts: PlanFacts) -> list[date]:
    """First days of the months of the period, and of months outside that have events; at most
    two years of them, those with events."""
    counts = dates.by_month(facts)
    first = min([facts.period.start, *counts]).replace(day=1)
    last = max([facts.period.end, *counts]).replace(day=1)
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(number)
    ]
    return months if number <= 24 else sorted(counts)[:24]


def blockers(facts: PlanFacts) -> list[str]:
    """What makes approval senseless, in sentences with a full stop."""
    return [f"{one.sentence}." for one in content.anything(facts) or []]

"""What the portal already knows about each step of the algorithm of networking (R126–R136).

Hints stand beside the marks that people make: the portal suggests, it marks nothing itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q

from common.russian import counted
from partnerships.models import Material
from roadmaps.due import DueKind
from roadmaps.enums import AlgorithmStep, Collective, Stage
from roadmaps.models import AlgorithmMark, PlanEdit, PracticeCard, Roadmap, RoadmapRow
from schools.models import Experience, Mentor

_UNCLEAR = (DueKind.UNKNOWN.value, DueKind.UNSPECIFIED.value)


@dataclass(frozen=True)
class Known:
    """Figures of one roadmap of which the hints are made."""

    topic: str = ""
    experience: int = 0
    collectives: frozenset[str] = frozenset()
    problems: int = 0
    goals: int = 0
    rows: int = 0
    answered: int = 0
    dated: int = 0
    recurring: int = 0
    supporting: int = 0
    materials: int = 0
    edits: int = 0
    has_conclusion: bool = False
    practices: int = 0
    mentors: int = 0


@dataclass(frozen=True)
class Hint:
    """A sentence, and whether it speaks for the step."""

    text: str
    speaks_for: bool


@dataclass(frozen=True)
class StepLine:
    """One step of the page: its mark, if a person made one, and hints."""

    step: AlgorithmStep
    hints: list[Hint] = field(default_factory=list)
    mark: AlgorithmMark | None = None


def lines_of(roadmap: Roadmap) -> list[StepLine]:
    """All eleven steps in their order."""
    marks = {mark.step: mark for mark in roadmap.algorithm_marks.select_related("by")}
    known = known_of(roadmap)
    return [StepLine(step, list(hints_of(step, known)), marks.get(step)) for step in AlgorithmStep]


def hints_of(step: AlgorithmStep, known: Known) -> Iterator[Hint]:
    """What is known that speaks for the step, or against it. Pure."""
    match step:
        case AlgorithmStep.EXPERIENCE:
            yield Hint(
                f"тема: {known.topic}" if known.topic else "тема не указана", bool(known.topic)
            )
            yield _count(known.experience, "опыт школ", ("запись", "записи", "записей"))
        case AlgorithmStep.TEAM:
            met = [one.label for one in Collective if one.value in known.collectives]
            text = ", ".join(map(str, met)) if met else "нет"
            yield Hint(f"контакты коллективов: {text}", len(met) == len(Collective))
        case AlgorithmStep.DUTIES:
            yield _share("ответственные указаны", known.answered, known.rows)
        case AlgorithmStep.TASKS:
            yield Hint(f"цели этапов: {known.goals} из {len(Stage)}", known.goals == len(Stage))
            yield _count(known.problems, "записано", ("проблема", "проблемы", "проблем"))
        case AlgorithmStep.MODE:
            words = ("мероприятие", "мероприятия", "мероприятий")
            yield _count(known.recurring, "повторяется", words)
        case AlgorithmStep.DATES:
            yield _share("сроки понятны", known.dated, known.rows)
        case AlgorithmStep.ENVIRONMENT:
            yield _count(known.materials, "общие материалы", ("ресурс", "ресурса", "ресурсов"))
        case AlgorithmStep.SUPPORT:
            words = ("строка", "строки", "строк")
            yield _count(known.supporting, "исполняют обязательства школ", words)
        case AlgorithmStep.MEASURES:
            yield _count(known.edits, "после утверждения", ("правка", "правки", "правок"))
        case AlgorithmStep.ANALYSIS:
            text = "записан" if known.has_conclusion else "не записан"
            yield Hint(f"вывод этапа 3 {text}", known.has_conclusion)
        case AlgorithmStep.BASE:
            words = ("карточка", "карточки", "карточек")
            yield _count(known.practices, "в банке практик", words)
            words = ("наставник", "наставника", "наставников")
            yield _count(known.mentors, "в школах", words)


def known_of(roadmap: Roadmap) -> Known:
    """Nine queries, however long the plan."""
    pair = roadmap.partnership
    schools = [member.school_id for member in pair.members.all()] if pair else []
    stages = list(roadmap.stages.all())
    in_plan = RoadmapRow.objects.filter(roadmap=roadmap, event__state="planned")
    figures = in_plan.aggregate(
        rows=Count("pk"),
        answered=Count("pk", filter=~Q(event__responsible="")),
        dated=Count("pk", filter=~Q(event__due_kind__in=_UNCLEAR)),
        recurring=Count("pk", filter=Q(event__due_kind=DueKind.RECURRING.value)),
        supporting=Count("pk", filter=Q(event__obligation__isnull=False)),
    )
    edits = PlanEdit.objects.filter(roadmap=roadmap, after_approval=True)
    return Known(
        topic=pair.topic if pair else str(roadmap.direction),
        experience=Experience.objects.filter(school__in=schools).count(),
        collectives=frozenset(one.collective for one in roadmap.contacts.all()),
        problems=len(roadmap.problems.all()),
        goals=sum(bool(one.goal.strip()) for one in stages),
        materials=Material.objects.filter(partnership=pair).count() if pair else 0,
        edits=edits.count(),
        has_conclusion=any(
            one.conclusion.strip() for one in stages if one.stage == Stage.REFLECTION
        ),
        practices=PracticeCard.objects.current().filter(event__rows__roadmap=roadmap).count(),
        mentors=Mentor.objects.filter(person__school__in=schools).count(),
        **figures,
    )


def _count(number: int, before: str, words: tuple[str, str, str]) -> Hint:
    text = f"{before}: {counted(number, *words)}" if number else f"{before}: нет"
    return Hint(text, bool(number))


def _share(what: str, part: int, whole: int) -> Hint:
    if not whole:
        return Hint("мероприятий в карте нет", False)
    return Hint(f"{what} в строках: {part} из {whole}", part == whole)

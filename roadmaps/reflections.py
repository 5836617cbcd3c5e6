"""What a roadmap has taught, as a form carries it, and the figures to write it from (R022, R135).

Figures count what the methodist confirmed, nothing else (decision 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Count, Sum

from partnerships.models import PartnershipMember
from roadmaps.enums import Stage
from roadmaps.models import EventReport, Reflection, ReportParticipants, Roadmap, RoadmapStage


@dataclass(frozen=True)
class ReflectionDraft:
    """Texts of the third stage; effects and difficulties by the id of their catalogue row, each
    with the pair's own words about it."""

    conclusion: str = ""
    lessons: str = ""
    next_steps: str = ""
    effects: Mapping[int, str] = field(default_factory=dict)
    difficulties: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, roadmap: Roadmap, reflection: Reflection | None) -> Self:
        """What is recorded now: the conclusion is asked for (one query), and two more for links."""
        last = RoadmapStage.objects.get(roadmap=roadmap, stage=Stage.REFLECTION)
        if reflection is None:
            return cls(conclusion=last.conclusion)
        return cls(
            conclusion=last.conclusion,
            lessons=reflection.lessons,
            next_steps=reflection.next_steps,
            effects={one.effect_id: one.comment for one in reflection.effects.all()},
            difficulties={one.difficulty_id: one.comment for one in reflection.difficulties.all()},
        )


def reflection_of(roadmap: Roadmap) -> Reflection | None:
    """The roadmap's reflection; None while nobody wrote one."""
    return Reflection.objects.filter(roadmap=roadmap).select_related("updated_by").first()


@dataclass(frozen=True)
class SchoolFigures:
    """Confirmed reports of one school in this roadmap and the participants that they tell of."""

    name: str
    role: str
    reports: int
    participants: int


def figures_of_schools(roadmap: Roadmap) -> list[SchoolFigures]:
    """The sides beside each other (R135), a side without a report with zeros: three queries."""
    confirmed = EventReport.objects.confirmed().filter(occurrence__event__rows__roadmap=roadmap)
    reports = dict(confirmed.order_by().values_list("school").annotate(Count("pk", distinct=True)))
    people = dict(
        ReportParticipants.objects.filter(report__in=confirmed.values("pk"))
        .order_by()
        .values_list("report__school")
        .annotate(Sum("count"))
    )
    members = PartnershipMember.objects.filter(partnership=roadmap.partnership_id)
    return [
        SchoolFigures(
            str(member.school),
            member.get_role_display(),
            reports.get(member.school_id, 0),
            people.get(member.school_id, 0),
        )
        for member in members.select_related("school").order_by("role", "pk")
    ]

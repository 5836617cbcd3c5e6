"""What stage 1 records (contacts, problems: R019, R020) and what stage 3 ends with (R022)."""

from datetime import date

from django.db import transaction

from accounts.models import User
from roadmaps.models import Problem, Roadmap, RoadmapStage, StageContact
from schools.models import RiskFactor


def record_contact(
    *, roadmap: Roadmap, collective: str, happened_on: date, note: str = "", by: User
) -> StageContact:
    """Remember a contact of one collective; the same one sent twice is one."""
    contact, _ = StageContact.objects.get_or_create(
        roadmap=roadmap,
        collective=collective,
        happened_on=happened_on,
        note=note,
        defaults={"author": by},
    )
    return contact


@transaction.atomic
def record_problem(
    *, roadmap: Roadmap, text: str, factor: RiskFactor | None = None, by: User
) -> Problem:
    """Remember a problem; then «не выявлено» is no longer true."""
    problem, _ = Problem.objects.get_or_create(
        roadmap=roadmap, text=text, factor=factor, defaults={"author": by}
    )
    set_no_problems(roadmap=roadmap, value=False, by=by)
    return problem


def set_no_problems(*, roadmap: Roadmap, value: bool, by: User) -> None:
    """Say that looking for problems found none (or take that back)."""
    roadmap.no_problems = value
    roadmap.save(update_fields=["no_problems"])


class StaleConclusion(Exception):
    """Somebody wrote the conclusion in the meantime; `current` is what stands there now."""

    def __init__(self, current: str) -> None:
        super().__init__("Вывод уже изменили.")
        self.current = current


def record_conclusion(*, roadmap: Roadmap, stage: int, text: str, expected: str, by: User) -> None:
    """Write the conclusion of a stage; StaleConclusion unless the `expected` one stands there."""
    stages = RoadmapStage.objects.filter(roadmap=roadmap, stage=stage)
    if not stages.filter(conclusion__in=[expected, text]).update(conclusion=text):
        raise StaleConclusion(stages.values_list("conclusion", flat=True).get())


def remove_contact(*, roadmap: Roadmap, pk: int, by: User) -> None:
    """Take back a contact written by mistake."""
    StageContact.objects.filter(roadmap=roadmap, pk=pk).delete()


def remove_problem(*, roadmap: Roadmap, pk: int, by: User) -> None:
    """Take back a problem written by mistake."""
    Problem.objects.filter(roadmap=roadmap, pk=pk).delete()

"""What stage 1 records: contacts and problems (R019, R020)."""

from datetime import date

from django.db import transaction

from accounts.models import User
from roadmaps.models import Problem, Roadmap, StageContact
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


def remove_contact(*, roadmap: Roadmap, pk: int, by: User) -> None:
    """Take back a contact written by mistake."""
    StageContact.objects.filter(roadmap=roadmap, pk=pk).delete()


def remove_problem(*, roadmap: Roadmap, pk: int, by: User) -> None:
    """Take back a problem written by mistake."""
    Problem.objects.filter(roadmap=roadmap, pk=pk).delete()

"""Steps of the algorithm of networking are marked as done (R126–R136)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from roadmaps.enums import AlgorithmStep
from roadmaps.models import AlgorithmMark, Roadmap


@transaction.atomic
def mark_step(*, roadmap: Roadmap, step: int, note: str, by: User) -> AlgorithmMark:
    """Mark a step as done, or write its note anew; who and when are of the last word.

    ValueError for an unknown step.
    """
    made, _ = AlgorithmMark.objects.update_or_create(
        roadmap=roadmap,
        step=AlgorithmStep(step),
        defaults={"note": note, "by": by, "at": timezone.now()},
    )
    return made


def unmark_step(*, roadmap: Roadmap, step: int) -> bool:
    """Take a mark back; False when there is none."""
    deleted, _ = AlgorithmMark.objects.filter(roadmap=roadmap, step=step).delete()
    return bool(deleted)

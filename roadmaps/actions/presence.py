"""Who has the editor of a roadmap open."""

from django.utils import timezone

from accounts.models import User
from roadmaps.models import EditorPresence, Roadmap


def be_here(*, roadmap: Roadmap, user: User, row: int = 0) -> None:
    """The person is in the editor now, at a row (id) of it or at none (0)."""
    known = row if row and roadmap.rows.filter(pk=row).exists() else None
    EditorPresence.objects.update_or_create(
        roadmap=roadmap, user=user, defaults={"row_id": known, "seen_at": timezone.now()}
    )

"""Which of a person's steps in a roadmap may be taken back, and which done again.

Steps are taken back from the last one on, so those that are taken back are the newest in a row:
a new step after them, and they are history that nobody returns to.
"""

from dataclasses import dataclass

from accounts.models import User
from roadmaps.models import PlanEdit, Roadmap


@dataclass(frozen=True)
class Steps:
    """The step that «Отменить» would take back and the one that «Вернуть» would do again."""

    undo: PlanEdit | None = None
    redo: PlanEdit | None = None


def steps_of(roadmap: Roadmap, user: User) -> Steps:
    """One query; what the rows held is left behind, it is long."""
    redo = None
    for edit in PlanEdit.objects.latest_of(roadmap, user).defer("before", "after"):
        if edit.undone_at is None:
            return Steps(edit, redo)
        redo = edit
    return Steps(None, redo)

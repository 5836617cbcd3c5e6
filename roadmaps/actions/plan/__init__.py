"""Verbs of the editor: the roadmap's life, its rows, what stages 1 and 3 record."""

from roadmaps.actions.plan.lifecycle import (
    AlreadyPlanned,
    approve,
    create_roadmap,
    finish,
    reopen,
)
from roadmaps.actions.plan.order import delete_row, move_row
from roadmaps.actions.plan.records import (
    StaleConclusion,
    record_conclusion,
    record_contact,
    record_problem,
    remove_contact,
    remove_problem,
    set_no_problems,
)
from roadmaps.actions.plan.rows import Stale, add_row, cancel_event, restore_event, save_event

__all__ = [
    "AlreadyPlanned",
    "Stale",
    "StaleConclusion",
    "add_row",
    "approve",
    "cancel_event",
    "create_roadmap",
    "delete_row",
    "finish",
    "move_row",
    "record_conclusion",
    "record_contact",
    "record_problem",
    "remove_contact",
    "remove_problem",
    "reopen",
    "restore_event",
    "save_event",
    "set_no_problems",
]

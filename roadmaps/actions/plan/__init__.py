"""Verbs of the editor: the roadmap's life, its rows, what stages 1 and 3 record."""

from roadmaps.actions.plan.beginning import AlreadyPlanned, create_roadmap
from roadmaps.actions.plan.copies import repeat_row
from roadmaps.actions.plan.journal import Why
from roadmaps.actions.plan.lifecycle import (
    approve,
    finish,
    reopen,
)
from roadmaps.actions.plan.many import add_rows
from roadmaps.actions.plan.order import delete_row, move_row
from roadmaps.actions.plan.records import (
    record_contact,
    record_problem,
    remove_contact,
    remove_problem,
    set_no_problems,
)
from roadmaps.actions.plan.reflection import record_reflection
from roadmaps.actions.plan.rows import Stale, add_row, cancel_event, restore_event, save_event
from roadmaps.actions.plan.stages import save_stages

__all__ = [
    "AlreadyPlanned",
    "Stale",
    "Why",
    "add_row",
    "add_rows",
    "approve",
    "cancel_event",
    "create_roadmap",
    "delete_row",
    "finish",
    "move_row",
    "record_contact",
    "record_problem",
    "record_reflection",
    "remove_contact",
    "remove_problem",
    "reopen",
    "repeat_row",
    "restore_event",
    "save_event",
    "save_stages",
    "set_no_problems",
]

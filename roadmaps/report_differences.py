"""Two texts of one report side by side, when two people wrote it at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from common.russian import long_date
from roadmaps.actions.reports import Told

NOT_TOLD = "не указано"


class Difference(NamedTuple):
    """A field that reads otherwise in what is stored and in what the person wrote."""

    label: str
    stored: str
    mine: str


def differences(stored: Told, mine: Told, groups: Mapping[int, str]) -> list[Difference]:
    """Fields that differ, in the order of the form; `groups` are names of target groups."""
    kept, said = _words(stored, groups), _words(mine, groups)
    return [
        Difference(label, kept.get(label) or NOT_TOLD, said.get(label) or NOT_TOLD)
        for label in dict.fromkeys([*kept, *said])
        if kept.get(label) != said.get(label)
    ]


def _words(told: Told, groups: Mapping[int, str]) -> dict[str, str]:
    people = {groups.get(pk, "Участники"): str(count) for pk, count in told.participants.items()}
    return {
        "Когда прошло": long_date(told.held_on) if told.held_on else "",
        "Где": "дистанционно" if told.is_remote else str(told.host or ""),
        **people,
        "Что получилось": told.outcome,
        "Страница на сайте школы": told.url,
    }

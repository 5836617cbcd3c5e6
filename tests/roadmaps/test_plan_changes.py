"""What an approved plan was and what it is now, in words (decision 10, R134)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from roadmaps.plan_changes import (
    EditFact,
    RowChange,
    changes_between,
    corrections,
    is_same,
    of_substance,
    reasons_of,
)
from roadmaps.plan_fields import FIELDS

WHEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
EMPTY = {"kind_id": None, "host_id": None, "obligation_id": None, "obligation_side": "lead"}
EMPTY_LINKS = {"factors": [], "problems": [], "target_groups": [], "evidence": []}


def row(pk: int = 1, *, ids: dict[str, Any] | None = None, **words: str) -> dict[str, Any]:
    """A snapshot; `ids` are columns, `words` what people read."""
    state = "cancelled" if words.get("state", "").startswith("отменено") else "planned"
    usual = {one.name: "" for one in FIELDS} | {
        "stage": "2. Совместная деятельность",
        "title": f"Семинар {pk}",
        "state": "запланировано",
    }
    return {
        "row": pk,
        "event": pk * 10,
        "version": 1,
        "stage": 2,
        "position": pk,
        "label": f"2.{pk}",
        "values": {"state": state, "direction_id": None, **EMPTY, **EMPTY_LINKS, **(ids or {})},
        "words": usual | words,
        "occurrences": [],
    }


def flat(pk: int = 1, **changes: Any) -> dict[str, Any]:
    """A row as plans were frozen before the editor."""
    return {
        "row": pk,
        "event": pk * 10,
        "version": 1,
        "stage": 2,
        "position": pk,
        "label": f"2.{pk}",
        "title": f"Семинар {pk}",
        "kind": "",
        "due_text": "",
        "starts_on": None,
        "ends_on": None,
        "responsible": "",
        "host": None,
        "expected_result": "",
        "factors": ["failing"],
        "obligation": None,
        "obligation_side": "lead",
        "state": "planned",
        "occurrences": [],
    } | changes


def step(pk: int, before: list, after: list, reason: str = "", **more: Any) -> EditFact:
    fact = {"by": "Методист", "at": WHEN, "is_correction": False, **more}
    return EditFact(pk=pk, reason=reason, before=before, after=after, **fact)


def told(changes: list[RowChange]) -> list[tuple]:
    return [
        (one.kind, one.label, *[(f.label, f.old, f.new) for f in one.fields]) for one in changes
    ]


@pytest.mark.parametrize(
    ("frozen", "live", "expected"),
    [
        ([row()], [row()], []),
        ([row()], [row(), row(2)], [("added", "2.2")]),
        ([row(), row(2)], [row()], [("removed", "2.2")]),
        (
            [row()],
            [row(due_text="май")],
            [("changed", "2.1", ("Срок", "", "май"))],
        ),
        (
            [row()],
            [row(stage="3. Рефлексивно-обобщающий", title="Итоги")],
            [
                (
                    "moved",
                    "2.1",
                    ("Этап", "2. Совместная деятельность", "3. Рефлексивно-обобщающий"),
                    ("Мероприятие", "Семинар 1", "Итоги"),
                )
            ],
        ),
        (
            [row()],
            [row(state="отменено: Карантин")],
            [("cancelled", "2.1", ("Состояние", "запланировано", "отменено: Карантин"))],
        ),
        (
            [row(state="отменено: Карантин")],
            [row()],
            [("restored", "2.1", ("Состояние", "отменено: Карантин", "запланировано"))],
        ),
        ([row() | {"position": 1}], [row() | {"position": 7}], []),
        # The catalogue's row was renamed: the plan names the same kind.
        ([row(ids={"kind_id": 4}, kind="Семинар")], [row(ids={"kind_id": 4}, kind="Семинары")], []),
        (
            [row(ids={"kind_id": 4}, kind="Семинар")],
            [row(ids={"kind_id": 5}, kind="Семинар")],
            [("changed", "2.1", ("Вид мероприятия", "Семинар", "Семинар"))],
        ),
    ],
    ids=[
        "same",
        "added",
        "removed",
        "due date",
        "another stage",
        "cancelled",
        "restored",
        "place in the stage",
        "renamed catalogue",
        "another kind of the same name",
    ],
)
def test_what_differs(frozen, live, expected):
    assert told(changes_between(frozen, live)) == expected


@pytest.mark.parametrize(
    ("frozen", "live", "expected"),
    [
        (flat(), row(), []),
        (flat(), row(ids={"factors": [3]}, factors="Неуспешность"), []),
        (flat(due_text="май"), row(), [("changed", "2.1", ("Срок", "май", ""))]),
        (flat(state="cancelled"), row(state="отменено: Карантин"), []),
        (
            flat(),
            row(state="отменено: Карантин"),
            [("cancelled", "2.1", ("Состояние", "запланировано", "отменено: Карантин"))],
        ),
        (
            flat(stage=1),
            row(),
            [("moved", "2.1", ("Этап", "1. Знакомство", "2. Совместная деятельность"))],
        ),
    ],
    ids=["same", "what it did not keep in words", "due", "cancelled both", "cancelled", "moved"],
)
def test_plans_frozen_before_the_editor_are_read(frozen, live, expected):
    assert told(changes_between([frozen], [live])) == expected


def test_steps_tell_who_when_and_why_and_steps_of_before_do_not():
    was, now = row(), row(due_text="май")
    steps = [
        step(3, [row(due_text="март")], [was], "До утверждения"),
        step(5, [was], [now], "Каникулы", by="Первый"),
        step(6, [row(2)], [row(2, due_text="июнь")], "О другой строке"),
    ]
    (change,) = changes_between([was], [now], steps, since=3)
    (reason,) = change.reasons
    assert (reason.by, reason.at, reason.text) == ("Первый", WHEN.isoformat(), "Каникулы")
    assert reasons_of([change]) == ["Каникулы"]


def test_a_row_may_have_been_accepted_later_than_the_plan():
    was, now = row(), row(due_text="май")
    (change,) = changes_between([was | {"edit": 5}], [now], [step(5, [was], [now], "Старое")])
    assert change.reasons == ()


SLIP = {"is_correction": True}


@pytest.mark.parametrize(
    ("words", "steps", "expected"),
    [
        ({"title": "Семинары"}, [SLIP], True),
        ({"title": "Семинары"}, [{}], False),
        ({"title": "Семинары"}, [SLIP, {}], False),
        ({"title": "Семинары"}, [], False),
        ({"due_text": "май"}, [SLIP], False),
        ({"title": "Семинары", "due_text": "май"}, [SLIP], False),
    ],
    ids=["a slip", "no slip", "a slip, then more", "no step known", "a date", "text and date"],
)
def test_only_texts_mended_as_slips_are_corrections(words, steps, expected):
    was, now = row(), row(**words)
    facts = [step(pk, [was], [now], **more) for pk, more in enumerate(steps, start=1)]
    changes = changes_between([was], [now], facts)
    assert [change.is_correction for change in changes] == [expected]
    assert len(corrections(changes)) == expected
    assert len(of_substance(changes)) == 1 - expected


def test_an_added_row_is_never_a_correction():
    (change,) = changes_between([], [row()], [step(1, [], [row()], "Просьба школы", **SLIP)])
    assert (change.kind, change.is_correction) == ("added", False)
    assert [reason.text for reason in change.reasons] == ["Просьба школы"]


def test_changes_survive_being_kept_as_json():
    was, now = row(), row(due_text="май")
    changes = changes_between([was], [now], [step(1, [was], [now], "Каникулы")])
    assert [RowChange.from_json(one.as_json()) for one in changes] == changes


def test_same_row_and_no_row():
    assert is_same(row(), row() | {"version": 9, "position": 4})
    assert not is_same(row(), row(due_text="май"))
    assert not is_same(None, row())

"""«История» of a roadmap: everything that happened, in words, by kind and by row (R134)."""

from datetime import timedelta

import pytest

from roadmaps.actions import plan as editor
from roadmaps.actions.plan import Why, agreement, amendments, lifecycle
from roadmaps.enums import RoadmapState, SchoolWord
from roadmaps.models import Roadmap
from roadmaps.plan_history import entries_of, story_of
from tests.roadmaps.factories import NOON, RowFactory
from tests.roadmaps.test_approval import text_of, url_of


@pytest.fixture
def story(cast) -> Roadmap:
    """A plan that was sent, answered, approved, changed; another of which nothing is told."""
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    roadmap = Roadmap.objects.get(pk=cast.roadmap.pk)
    row = RowFactory(roadmap=roadmap, event__title="Круглый стол")
    lifecycle.send(roadmap=roadmap, by=cast.methodist)
    agreement.answer(
        roadmap=roadmap,
        school=cast.target,
        word=SchoolWord.REMARKS,
        by=cast.director,
        round=1,
        remarks=[agreement.NewRemark("Лучше в марте", row, "due_text")],
    )
    lifecycle.approve(roadmap=roadmap, by=cast.chair, comment="Решение комитета")
    row = roadmap.rows.select_related("event", "roadmap").get()
    editor.save_event(
        row=row,
        values={"due_text": "до 01.03.2027"},
        expected_version=row.event.version,
        by=cast.methodist,
        why=Why("Просьба школы"),
    )
    editor.add_row(
        roadmap=roadmap, stage=1, values={"title": "Ещё"}, by=cast.methodist, why=Why("Ещё одно")
    )
    last = roadmap.edits.latest("pk").pk
    amendments.send_amendment(roadmap=roadmap, reason="Карантин", last_edit=last, by=cast.methodist)
    editor.add_row(
        roadmap=cast.foreign_roadmap, stage=1, values={"title": "Чужое"}, by=cast.stranger
    )
    _in_order(roadmap)
    return roadmap


def _in_order(roadmap: Roadmap) -> None:
    """The clock of tests stands still: an hour between one thing and the next."""
    edited, added = roadmap.edits.order_by("pk")
    sent, approved = roadmap.transitions.order_by("pk")
    answered, amended = roadmap.answers.get(), roadmap.amendments.get()
    for hours, one in enumerate([sent, answered, approved, edited, added]):
        type(one).objects.filter(pk=one.pk).update(at=NOON + timedelta(hours=hours))
    type(amended).objects.update(created_at=NOON + timedelta(hours=9))


def test_the_newest_first_in_words(story):
    entries = entries_of(story_of(story)[:50])
    assert [one.what for one in entries] == [
        "Изменение № 1: отправлено школам",
        "добавление",
        "правка",
        "карта утверждена",
        "СОШ №5: есть замечания",
        "карта отправлена школам",
    ]
    (change,) = entries[2].changes
    assert [(one.label, one.old, one.new) for one in change.fields] == [
        ("Срок", "до 15.11.2026", "до 01.03.2027")
    ]
    assert (entries[2].why, entries[3].why) == ("Просьба школы", "Решение комитета")


@pytest.mark.parametrize(
    ("kind", "told"),
    [("edit", 2), ("move", 2), ("answer", 1), ("amendment", 1), ("", 6), ("nonsense", 0)],
)
def test_by_kind(story, kind, told):
    assert len(list(story_of(story, kind))) == told


def test_of_one_row_and_of_no_row_with_a_like_number(story):
    row = story.rows.get(stage=2)
    whats = [one.what for one in entries_of(story_of(story, row=row.pk))]
    assert whats == ["правка", "СОШ №5: есть замечания"]
    assert list(story_of(story, row=row.pk * 10 + 7)) == []


def test_schools_read_the_story_of_their_own_pair(client, cast, story):
    client.sign_in(cast.director)
    page = text_of(client.get(url_of("history", story.pk)))
    assert "до 01.03.2027" in page
    assert "Лучше в марте" in page
    assert "Чужое" not in page
    only = text_of(client.get(f"{url_of('history', story.pk)}?kind=move"))
    assert "Решение комитета" in only
    assert "до 01.03.2027" not in only


def test_a_step_taken_back_says_so(story):
    edit = story.edits.latest("pk")
    edit.undone_at = edit.at
    edit.save()
    assert any("шаг отменён" in one.notes for one in entries_of(story_of(story)))

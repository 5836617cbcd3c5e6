"""What roadmaps add to the cards: progress by stage, balance of obligations, events of a school."""

import pytest
from django.urls import reverse

from common.panels import panels_for
from roadmaps import panels
from roadmaps.enums import RoadmapState, Stage
from roadmaps.models import Event, Roadmap
from tests.partnerships.factories import (
    ObligationFactory,
    PartnershipFactory,
    PartnershipObligationFactory,
)
from tests.roadmaps.factories import (
    EventFactory,
    OccurrenceFactory,
    RoadmapFactory,
    RowFactory,
)


def stages(cast, who: str = "methodist") -> dict:
    return panels.partnership_stages(getattr(cast, who), [cast.partnership])


def test_progress_by_stage_is_that_of_the_newest_approved_roadmap(cast):
    RowFactory(roadmap=cast.roadmap, stage=Stage.ACQUAINTANCE, occurrence__held=True)
    RowFactory(roadmap=cast.roadmap)
    RowFactory(roadmap=cast.foreign_roadmap)
    newer = RoadmapFactory(
        partnership=cast.partnership,
        starts_on="2027-09-01",
        ends_on="2028-08-31",
        state=RoadmapState.DRAFT,
        approved_at=None,
    )
    found = stages(cast)
    assert found["roadmap"] == cast.roadmap
    assert found["others"] == [newer]
    assert found["total"].text == "проведено 1 из 2"
    assert [(one.progress.held, one.progress.planned) for one in found["lines"]] == [
        (1, 1),
        (0, 1),
        (0, 0),
    ]
    assert [one.status.code for one in found["lines"]] == ["open", "closed", "closed"]


def test_draft_is_shown_where_nothing_is_approved_and_has_no_gates(cast):
    Roadmap.objects.update(state=RoadmapState.DRAFT)
    found = stages(cast)
    assert found["roadmap"] == cast.roadmap
    assert {one.status for one in found["lines"]} == {None}


def test_pair_without_a_roadmap_is_told_what_to_do(cast):
    Roadmap.objects.filter(partnership=cast.partnership).delete()
    assert stages(cast)["roadmap"] is None
    assert stages(cast)["can_create"]
    assert not stages(cast, "chair")["can_create"]


def balance(cast) -> list[tuple]:
    found = panels.partnership_balance(cast.methodist, [cast.partnership])
    return [(one.promised, one.planned, one.done, one.is_left_out) for one in found["lines"]]


@pytest.fixture
def promise(cast):
    return PartnershipObligationFactory(partnership=cast.partnership, quantity=4)


def held_for(promise, roadmap, **fields) -> Event:
    row = RowFactory(
        roadmap=roadmap,
        event__obligation=promise.obligation,
        occurrence__held=True,
        **fields,
    )
    return row.event


def test_balance_counts_occurrences_of_approved_roadmaps_of_this_year(cast, promise):
    event = held_for(promise, cast.roadmap)
    OccurrenceFactory(event=event)
    OccurrenceFactory(event=event, state="cancelled")
    last_year = {"starts_on": "2025-09-01", "ends_on": "2026-08-31"}
    held_for(promise, RoadmapFactory(partnership=cast.partnership, **last_year))
    draft = {"state": RoadmapState.DRAFT, "approved_at": None}
    held_for(promise, RoadmapFactory(partnership=cast.partnership, **draft))
    held_for(promise, cast.foreign_roadmap)
    RowFactory(roadmap=cast.roadmap, event__obligation=ObligationFactory())
    assert balance(cast) == [(4, 2, 1, False)]


def test_what_was_held_outside_the_plan_is_done_but_was_not_planned(cast, promise):
    extra = EventFactory(
        municipality=cast.municipality, obligation=promise.obligation, is_unplanned=True
    )
    RowFactory(roadmap=cast.roadmap, event=extra, occurrence__held=True)
    assert balance(cast) == [(4, 0, 1, False)]


def test_promise_left_out_of_the_plan_is_marked(cast, promise):
    PartnershipObligationFactory(partnership=cast.partnership, quantity=None)
    assert balance(cast) == [(4, 0, 0, True), (None, 0, 0, False)]


def test_nothing_promised_nothing_shown(cast):
    assert panels.partnership_balance(cast.methodist, [cast.partnership]) is None


def test_school_card_shows_next_and_latest_events_that_the_person_may_see(cast):
    ahead = RowFactory(roadmap=cast.roadmap, event__title="Впереди")
    past = RowFactory(roadmap=cast.roadmap, event__title="Позади", occurrence__held=True)
    draft = RoadmapFactory(partnership=cast.partnership, state=RoadmapState.DRAFT, approved_at=None)
    RowFactory(roadmap=draft, event__title="Черновик")
    RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужое")
    found = panels.school_events(cast.methodist, [cast.target])
    assert [line.title for line in found["ahead"]] == [ahead.event.title]
    assert [line.title for line in found["past"]] == [past.event.title]
    assert panels.school_events(cast.lonely_director, [cast.target]) is None
    own = panels.school_events(cast.lonely_director, [cast.lonely])
    assert (own["ahead"], own["past"]) == ([], [])


def test_column_of_partnerships_takes_one_query(cast, django_assert_num_queries):
    RowFactory(roadmap=cast.roadmap, occurrence__held=True)
    RowFactory(roadmap=cast.roadmap)
    idle = PartnershipFactory(municipality=cast.municipality)
    with django_assert_num_queries(1):
        found = panels.partnership_column(cast.methodist, [cast.partnership, idle])
    cell = found["cells"][cast.partnership.pk]
    assert (cell["held"], cell["planned"], cell["overdue"]) == (1, 2, 1)
    assert idle.pk not in found["cells"]
    assert panels.partnership_column(cast.methodist, []) is None


@pytest.mark.parametrize(
    ("slot", "thing", "words"),
    [
        ("partnerships:detail", "partnership", ["Ход по этапам", "1 из 2", "Баланс обязательств"]),
        ("schools:detail", "target", ["Мероприятия", "Круглый стол"]),
    ],
)
def test_cards_render_the_panels(client, cast, promise, slot, thing, words):
    RowFactory(roadmap=cast.roadmap, event__title="Круглый стол")
    held_for(promise, cast.roadmap)
    url = reverse(slot, args=[getattr(cast, thing).pk])
    html = client.sign_in(cast.methodist).get(url).content.decode().replace("\u00a0", " ")
    assert [word for word in words if word not in html] == []


def test_panels_are_registered(cast):
    shown = panels_for("partnerships.detail", cast.methodist, cast.partnership)
    assert "Ход по этапам" in [panel.title for panel in shown]

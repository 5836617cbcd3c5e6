"""What roadmaps add to the cards: progress by stage, balance of obligations, events of a school."""

import pytest
from django.urls import reverse

from common.panels import panels_for
from roadmaps import panels
from roadmaps.enums import RoadmapState, Stage
from roadmaps.models import Event, Roadmap
from tests.partnerships.factories import (
    PartnershipFactory,
    PartnershipObligationFactory,
    VisitFactory,
)
from tests.roadmaps.factories import (
    ProblemFactory,
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
    return [
        (one.side, one.promised, one.planned, one.done, one.remaining) for one in found["lines"]
    ]


def test_balance_stands_on_the_card_for_all_members(cast):
    promise = PartnershipObligationFactory(partnership=cast.partnership, quantity=4)
    RowFactory(roadmap=cast.roadmap, event__obligation=promise.obligation, occurrence__held=True)
    assert balance(cast) == [("lead", 4, 1, 1, 3)]
    seen = panels.partnership_balance(cast.director, [cast.partnership])
    assert [names for _, names in seen["sides"]] == [cast.lead.short_name]
    assert not seen["edit"]


def test_nothing_promised_is_shown_to_whoever_may_write_it_down(cast):
    assert panels.partnership_balance(cast.methodist, [cast.partnership])["sides"] == []
    assert panels.partnership_balance(cast.director, [cast.partnership]) is None


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
def test_cards_render_the_panels(client, cast, slot, thing, words):
    promise = PartnershipObligationFactory(partnership=cast.partnership, quantity=4)
    RowFactory(roadmap=cast.roadmap, event__title="Круглый стол")
    RowFactory(roadmap=cast.roadmap, event__obligation=promise.obligation, occurrence__held=True)
    url = reverse(slot, args=[getattr(cast, thing).pk])
    html = client.sign_in(cast.methodist).get(url).content.decode().replace("\u00a0", " ")
    assert [word for word in words if word not in html] == []


def test_panels_are_registered(cast):
    shown = panels_for("partnerships.detail", cast.methodist, cast.partnership)
    assert "Ход по этапам" in [panel.title for panel in shown]


def test_last_contact_and_why_the_pair_has_cooled_stand_on_the_card(cast):
    VisitFactory(partnership=cast.partnership, visited_on="2026-11-18")
    RowFactory(roadmap=cast.roadmap, event__ends_on="2026-12-01")
    found = panels.partnership_contact(cast.director, [cast.partnership])
    assert found["contact"].replace("\u00a0", " ") == "6 дней назад, посещение"
    assert found["reasons"] == []
    cast.roadmap.rows.all().delete()
    found = panels.partnership_contact(cast.director, [cast.partnership])
    assert [reason.why for reason in found["reasons"]] == ["no_plan"]
    cast.partnership.state = "paused"
    assert panels.partnership_contact(cast.director, [cast.partnership])["reasons"] == []


def test_problems_tell_which_events_answer_them(client, cast):
    answered = ProblemFactory(roadmap=cast.roadmap, text="Нет тьютора")
    ProblemFactory(roadmap=cast.roadmap, text="Мало часов")
    ProblemFactory(roadmap=cast.foreign_roadmap, text="Чужая проблема")
    row = RowFactory(roadmap=cast.roadmap, event__title="Консультация тьюторов")
    row.event.problems.add(answered)
    RowFactory(roadmap=cast.foreign_roadmap, event=row.event, occurrence=False)
    url = reverse("partnerships:visits", args=[cast.partnership.pk])
    html = client.sign_in(cast.director).get(url).content.decode().replace("\u00a0", " ")
    assert html.count("Консультация тьюторов") == 1
    assert html.count("ни одно мероприятие не отвечает") == 1
    assert "Чужая проблема" not in html
    Event.objects.update(state="cancelled", cancel_reason="карантин")
    html = client.get(url).content.decode()
    assert html.count("ни одно мероприятие не отвечает") == 2


def test_panel_of_problems_without_problems_says_what_is_known(client, cast):
    url = reverse("partnerships:visits", args=[cast.partnership.pk])
    assert "Проблем пока не записано" in client.sign_in(cast.director).get(url).content.decode()
    Roadmap.objects.update(no_problems=True)
    assert "не выявлены" in client.get(url).content.decode()

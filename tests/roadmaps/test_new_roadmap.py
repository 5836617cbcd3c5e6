"""A new roadmap: of a pair or of a direction, for one year, several, or own days (R018, R073)."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from common.academic_year import AcademicYear
from reports.builders import work as builder
from reports.builders.blocks import Numbering
from reports.facts.network import NetworkFacts
from reports.facts.scope import Scope
from roadmaps.enums import RoadmapState, Stage
from roadmaps.models import Reflection, Roadmap
from tests.partnerships.factories import pair
from tests.roadmaps.factories import (
    NOON,
    OccurrenceFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.roadmaps.test_views_plan import text_of
from tests.schools.factories import DirectionFactory

NEW = "/roadmaps/new/"


@pytest.fixture(autouse=True)
def _url():
    assert reverse("roadmaps:create") == NEW


@pytest.fixture
def direction():
    return DirectionFactory(name="Цифровая среда")


def fields(**changes: object) -> dict[str, object]:
    return {"partnership": "", "period": "a2026", "begin": "empty"} | changes


def test_methodist_plans_for_a_direction_across_partnerships(client, cast, direction):
    """R073, quirk 13."""
    answer = client.sign_in(cast.methodist).post(NEW, fields(direction=direction.pk))
    roadmap = Roadmap.objects.get(partnership=None)
    assert answer.url == reverse("roadmaps:detail", args=[roadmap.pk])
    assert (roadmap.direction, roadmap.municipality) == (direction, cast.municipality)
    assert [one.stage for one in roadmap.stages.all()] == Stage.values
    assert roadmap.is_by_direction
    assert client.get(answer.url).status_code == 200
    client.sign_in(cast.director)
    assert client.get(answer.url).status_code == 404
    client.sign_in(cast.stranger)
    assert client.get(answer.url).status_code == 404


def test_school_plans_for_its_pair_only(client, cast, direction):
    client.sign_in(cast.director)
    assert "карта по направлению" not in text_of(client.get(NEW))
    refused = client.post(NEW, fields(direction=direction.pk))
    assert refused.status_code == 422
    assert "Выберите партнёрство" in text_of(refused)
    fresh = fields(partnership=cast.partnership.pk, direction=direction.pk, again="on")
    assert client.post(NEW, fresh).status_code == 302
    roadmap = cast.partnership.roadmaps.get(direction=direction)
    assert (roadmap.state, roadmap.is_by_direction) == (RoadmapState.DRAFT, False)


def test_neither_pair_nor_direction_is_no_roadmap(client, cast):
    answer = client.sign_in(cast.methodist).post(NEW, fields())
    assert answer.status_code == 422
    assert "Выберите партнёрство или направление" in text_of(answer)
    assert not Roadmap.objects.filter(partnership=None).exists()


def test_another_municipalitys_direction_is_not_offered(client, cast):
    foreign = DirectionFactory(name="Чужое направление", municipality=cast.foreign)
    retired = DirectionFactory(name="Прежнее направление", is_retired=True)
    client.sign_in(cast.methodist)
    page = text_of(client.get(NEW))
    assert "Чужое" not in page
    assert "Прежнее" not in page
    for one in (foreign, retired):
        assert client.post(NEW, fields(direction=one.pk)).status_code == 422


def test_a_second_one_of_the_same_direction_asks_first(client, cast, direction):
    client.sign_in(cast.methodist)
    client.post(NEW, fields(direction=direction.pk))
    asked = client.post(NEW, fields(direction=direction.pk, period="c2027"))
    assert asked.status_code == 422
    assert "На этот период карта уже есть" in text_of(asked)
    other = DirectionFactory(name="Воспитание")
    assert client.post(NEW, fields(direction=other.pk)).status_code == 302
    assert Roadmap.objects.filter(partnership=None).count() == 2


@pytest.mark.parametrize(
    ("given", "first", "last", "label"),
    [
        ({"period": "a2026"}, (2026, 9, 1), (2027, 8, 31), "2026/27 учебный год"),
        (
            {"period": "a2026", "years": "3"},
            (2026, 9, 1),
            (2029, 8, 31),
            "2026/27 – 2028/29 учебные годы",
        ),
        ({"period": "c2026", "years": "2"}, (2026, 1, 1), (2027, 12, 31), "2026–2027 годы"),
        (
            {"period": "own", "starts_on": "2022-01-01", "ends_on": "2028-12-31"},
            (2022, 1, 1),
            (2028, 12, 31),
            "2022–2028 годы",
        ),
        (
            {"period": "own", "starts_on": "2026-10-01", "ends_on": "2027-05-31"},
            (2026, 10, 1),
            (2027, 5, 31),
            "01.10.2026 – 31.05.2027",
        ),
    ],
)
def test_years_or_own_days(client, cast, given, first, last, label):
    other = pair(cast.lead, cast.lonely)
    answer = client.sign_in(cast.methodist).post(NEW, fields(partnership=other.pk, **given))
    assert answer.status_code == 302
    roadmap = other.roadmaps.get()
    assert (roadmap.starts_on, roadmap.ends_on) == (date(*first), date(*last))
    assert roadmap.period_label == label


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"period": "own"}, "Укажите первый день карты"),
        ({"period": "own", "starts_on": "2026-10-01"}, "Укажите последний день карты"),
        (
            {"period": "own", "starts_on": "2026-10-01", "ends_on": "2026-10-01"},
            "Последний день должен быть позже первого",
        ),
        (
            {"period": "own", "starts_on": "2026-10-01", "ends_on": "2062-05-31"},
            "Период длиннее 10 лет",
        ),
        ({"period": "own", "starts_on": "31.02.2026", "ends_on": "2027-05-31"}, "дат"),
        ({"years": "9"}, "Выберите корректный вариант"),
        ({"begin": "magic"}, "Выберите корректный вариант"),
        ({"goal_2": "ц" * 501}, "Слишком длинно"),
    ],
)
def test_bad_input_keeps_what_was_typed(client, cast, given, sentence):
    other = pair(cast.lead, cast.lonely)
    own = {"partnership": other.pk, "goal_1": "Познакомить коллективы"}
    answer = client.sign_in(cast.methodist).post(NEW, fields(**own | given))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="Познакомить коллективы"' in answer.content.decode()
    assert f'<option value="{other.pk}" selected>' in answer.content.decode()
    assert not other.roadmaps.exists()


@pytest.mark.parametrize(
    ("begin", "page"),
    [
        ("", "roadmaps:detail"),
        ("empty", "roadmaps:detail"),
        ("template", "roadmaps:from-templates"),
        ("roadmap", "roadmaps:from-roadmaps"),
        ("table", "roadmaps:exchange"),
    ],
)
def test_the_way_goes_on_to_what_the_plan_begins_with(client, cast, begin, page):
    other = pair(cast.lead, cast.lonely)
    client.sign_in(cast.methodist)
    answer = client.post(NEW, fields(partnership=other.pk, begin=begin))
    assert answer.url == reverse(page, args=[other.roadmaps.get().pk])
    assert client.get(answer.url).status_code == 200


def test_goals_of_the_three_stages_are_kept(client, cast):
    other = pair(cast.lead, cast.lonely)
    goals = {"goal_1": "Познакомиться", "goal_3": "Сделать выводы"}
    client.sign_in(cast.methodist).post(NEW, fields(partnership=other.pk, **goals))
    stages = other.roadmaps.get().stages.all()
    assert [one.goal for one in stages] == ["Познакомиться", "", "Сделать выводы"]


def test_next_steps_of_last_years_roadmap_stand_above_the_form(client, cast):
    for year, text in ((2024, "Давно сделано"), (2025, "Продолжить открытые уроки")):
        old = RoadmapFactory(
            partnership=cast.partnership, starts_on=date(year, 9, 1), ends_on=date(year + 1, 8, 31)
        )
        Reflection.objects.create(roadmap=old, next_steps=text)
    Reflection.objects.create(roadmap=cast.foreign_roadmap, next_steps="Чужая тайна")
    client.sign_in(cast.methodist)
    page = text_of(client.get(NEW, {"partnership": cast.partnership.pk}))
    assert "Из рефлексии прошлой карты" in page
    assert "Продолжить открытые уроки" in page
    assert "Давно сделано" not in page
    assert "Из рефлексии" not in text_of(client.get(NEW))
    for pk in (cast.foreign_partnership.pk, "x", "9" * 40):
        assert "Чужая тайна" not in text_of(client.get(NEW, {"partnership": pk}))


@pytest.fixture
def across(cast, direction) -> Roadmap:
    """An approved roadmap by direction with an overdue event and one that was held."""
    roadmap = Roadmap.objects.create(
        municipality=cast.municipality,
        direction=direction,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 8, 31),
        state=RoadmapState.RUNNING,
        approved_at=NOON,
    )
    for stage in Stage:
        roadmap.stages.create(stage=stage)
    RowFactory(roadmap=roadmap, event__title="Фестиваль цифровых уроков")
    held = RowFactory(roadmap=roadmap, event__title="Вебинар о безопасности", event__host=cast.lead)
    OccurrenceFactory(event=held.event, held=True)
    ReportFactory(occurrence=held.event.occurrences.first(), school=cast.lead, submitted=True)
    return roadmap


@pytest.mark.parametrize(
    ("name", "role", "told"),
    [
        ("roadmaps:list", "methodist", "Цифровая среда"),
        ("roadmaps:detail", "methodist", "Фестиваль цифровых уроков"),
        ("roadmaps:detail", "chair", "Вебинар о безопасности"),
        ("roadmaps:acquaintance", "methodist", "Знакомство"),
        ("roadmaps:stages", "methodist", "Этапы"),
        ("roadmaps:reflection", "methodist", "Рефлексия"),
        ("roadmaps:events", "methodist", "Фестиваль цифровых уроков"),
        ("roadmaps:queue", "methodist", "Вебинар о безопасности"),
        ("roadmaps:calendar", "methodist", ""),
        ("roadmaps:timeline", "methodist", ""),
        ("roadmaps:approval", "methodist", ""),
        ("roadmaps:changes", "methodist", ""),
        ("roadmaps:history", "methodist", ""),
        ("roadmaps:export", "methodist", None),
        ("roadmaps:events-export", "methodist", None),
        ("roadmaps:mine", "lead_director", ""),
        ("roadmaps:cooled", "methodist", ""),
        ("home", "methodist", ""),
        ("home", "chair", ""),
        ("home", "lead_director", ""),
    ],
)
def test_a_roadmap_by_direction_breaks_no_page(client, cast, across, name, role, told):
    try:
        url = reverse(name)
    except NoReverseMatch:
        try:
            url = reverse(name, args=[across.pk])
        except NoReverseMatch:
            pytest.skip(f"{name}: no such page yet")
    answer = client.sign_in(getattr(cast, role)).get(url, follow=True)
    assert answer.status_code == 200
    if told is None:
        assert b"".join(answer)
        answer.close()
    else:
        assert told in text_of(answer)


def test_a_document_names_the_direction_and_counts_its_events(cast, across):
    facts = NetworkFacts(Scope(cast.municipality, AcademicYear(2026), date(2026, 11, 24)))
    section = str(builder.roadmaps(facts, Numbering()))
    assert "Цифровая среда" in section
    assert "Вебинар о безопасности" in section
    assert list(builder.gaps_of_roadmaps(facts)) is not None
    found = {one.roadmap.pk: one.progress for one in facts.progress}
    assert (found[across.pk].planned, found[across.pk].held) == (3, 1)

"""What a roadmap has taught: conclusion, effects, difficulties, next steps (R022, R100–R108)."""

from datetime import date

import pytest
from django.urls import reverse

from common.versions import Stale
from network_portal.catalogues import load_catalogues
from roadmaps.actions import plan as actions
from roadmaps.enums import ReportState, RoadmapState
from roadmaps.models import Difficulty, Effect, Reflection, Roadmap
from roadmaps.reflections import ReflectionDraft, figures_of_schools
from tests.roadmaps.factories import (
    NOON,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
    TargetGroupFactory,
)
from tests.roadmaps.test_views_plan import text_of


@pytest.fixture
def url(cast) -> str:
    return reverse("roadmaps:reflection", args=[cast.roadmap.pk])


@pytest.fixture
def effect(db) -> Effect:
    return Effect.objects.create(code="managerial", name="Управленческая продуктивность")


@pytest.fixture
def difficulty(db) -> Difficulty:
    return Difficulty.objects.create(code="staff", name="Нехватка кадров")


def typed(version: int = 0, **changes: object) -> dict[str, object]:
    fields = {"conclusion": "", "lessons": "", "next_steps": "", "version": version}
    return fields | changes


def test_the_form_offers_effects_and_difficulties_of_the_seeds(client, cast, url):
    """R100–R108, R161–R167."""
    load_catalogues()
    page = text_of(client.sign_in(cast.methodist).get(url))
    for sought in (
        "Управленческая",
        "Педагогическая",
        "Общественная",
        "проблемно-ориентированного самоанализа",
        "межсетевое взаимодействие",
        "механизмы",
        "динамика",
        "снижения показателей качества",
        "психологическая неготовность",
        "ИКТ",
        "экономических механизмов",
        "потребительское отношение",
    ):
        assert sought.lower() in page.lower(), sought


def test_the_pair_writes_what_it_has_understood(client, cast, url, effect, difficulty):
    """R022."""
    given = typed(
        conclusion="Итог\r\nпо строкам",
        lessons="Учиться друг у друга",
        next_steps="Продолжить открытые уроки",
        **{
            f"effect_{effect.pk}": "on",
            f"effect_{effect.pk}_comment": "Новый план работы",
            # words without a tick choose the row
            f"difficulty_{difficulty.pk}_comment": "Нет психолога",
        },
    )
    answer = client.sign_in(cast.director).post(url, given, follow=True)
    assert "Рефлексия записана." in text_of(answer)
    reflection = cast.roadmap.reflection
    assert cast.roadmap.stages.get(stage=3).conclusion == "Итог\nпо строкам"
    assert reflection.effects.get().comment == "Новый план работы"
    assert reflection.difficulties.get().comment == "Нет психолога"
    assert (reflection.version, reflection.updated_by) == (1, cast.director)
    again = client.post(url, given, follow=True)
    assert "Ничего не изменилось." in text_of(again)
    chair = text_of(client.sign_in(cast.chair).get(url))
    for words in ("Итог", "Новый план работы", "Нехватка кадров", "Нет психолога", "Продолжить"):
        assert words in chair
    assert "Записать" not in chair
    plan = text_of(client.get(reverse("roadmaps:detail", args=[cast.roadmap.pk])))
    assert "Эффекты: 1, трудности: 1" in plan
    assert "Итог по строкам" in plan


def test_two_people_see_both_texts(client, cast, url, effect):
    client.sign_in(cast.methodist)
    client.post(url, typed(conclusion="Первый", **{f"effect_{effect.pk}_comment": "Их слова"}))
    mine = typed(conclusion="Второй", lessons="Мой урок")
    late = client.post(url, mine)
    assert late.status_code == 409
    told = text_of(late)
    for words in ("Рефлексию уже изменили", "Первый", "Второй", "Мой урок", "Их слова"):
        assert words in told
    assert cast.roadmap.stages.get(stage=3).conclusion == "Первый"
    assert client.post(url, mine | {"version": 1}).status_code == 302
    assert cast.roadmap.stages.get(stage=3).conclusion == "Второй"
    assert not cast.roadmap.reflection.effects.exists()


def test_a_conclusion_of_old_is_not_overwritten_unseen(cast):
    """It stood at the stage before there was a reflection."""
    cast.roadmap.stages.filter(stage=3).update(conclusion="Прежний")
    own = {"roadmap": cast.roadmap, "by": cast.methodist}
    assert actions.record_reflection(
        **own, draft=ReflectionDraft("Прежний", "Уроки"), expected_version=0
    )
    with pytest.raises(Stale):
        actions.record_reflection(**own, draft=ReflectionDraft("Новый"), expected_version=0)
    assert cast.roadmap.stages.get(stage=3).conclusion == "Прежний"


def test_too_long_a_text_keeps_everything_typed(client, cast, url, effect):
    given = typed(conclusion="Итог", **{f"effect_{effect.pk}_comment": "ц" * 2001})
    answer = client.sign_in(cast.methodist).post(url, given)
    assert answer.status_code == 422
    assert "Слишком длинно" in text_of(answer)
    assert "ц" * 2001 in answer.content.decode()
    assert not Reflection.objects.exists()


def test_rows_of_others_are_not_offered_and_used_ones_stay(client, cast, url, effect):
    Effect.objects.create(code="x", name="Чужой эффект", municipality=cast.foreign)
    client.sign_in(cast.methodist)
    client.post(url, typed(**{f"effect_{effect.pk}": "on"}))
    Effect.objects.filter(pk=effect.pk).update(is_retired=True)
    Effect.objects.create(code="old", name="Забытый эффект", is_retired=True)
    page = text_of(client.get(url))
    assert "Управленческая продуктивность" in page
    assert "Чужой эффект" not in page
    assert "Забытый эффект" not in page


def test_who_may_read_and_write(client, cast, url):
    for role, status in (
        ("methodist", 200),
        ("curator", 200),
        ("chair", 403),
        ("lonely_director", 404),
        ("stranger", 404),
    ):
        client.sign_in(getattr(cast, role))
        assert client.post(url, typed()).status_code == (302 if status == 200 else status), role
        assert client.get(url).status_code == (404 if status == 404 else 200)
    Roadmap.objects.update(state=RoadmapState.FINISHED)
    client.sign_in(cast.methodist)
    assert client.post(url, typed(conclusion="x")).status_code == 403


def test_the_address_of_the_conclusion_still_leads_there(client, cast, url):
    old = reverse("roadmaps:conclusion", args=[cast.roadmap.pk])
    assert client.sign_in(cast.director).get(old).url == url
    assert client.sign_in(cast.stranger).get(old).status_code == 404


def test_figures_beside_it_are_confirmed_ones(client, cast, url):
    """R135: what waits or stands in another pair's roadmap is not counted."""
    group = TargetGroupFactory()
    for school, state in (
        (cast.lead, ReportState.CONFIRMED),
        (cast.lead, ReportState.CONFIRMED),
        (cast.target, ReportState.SUBMITTED),
    ):
        row = RowFactory(roadmap=cast.roadmap)
        report = ReportFactory(
            occurrence=row.event.occurrences.get(), school=school, submitted=True
        )
        report.participants.create(group=group, count=10)
        type(report).objects.filter(pk=report.pk).update(
            state=state, decided_at=NOON, decided_by=cast.methodist
        )
    found = {one.name: one for one in figures_of_schools(cast.roadmap)}
    lead, target = found[str(cast.lead)], found[str(cast.target)]
    assert (lead.reports, lead.participants) == (2, 20)
    assert (target.reports, target.participants) == (0, 0)
    page = text_of(client.sign_in(cast.methodist).get(url))
    assert "2 отчёта, 20 участников" in page
    assert "0 отчётов, 0 участников" in page
    assert "Учтены только подтверждённые отчёты." in page


def test_a_new_plan_begins_with_the_next_steps_of_the_last_one(client, cast):
    old = RoadmapFactory(
        partnership=cast.partnership, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31)
    )
    Reflection.objects.create(roadmap=old, next_steps="Продолжить открытые уроки")
    later = RoadmapFactory(
        partnership=cast.partnership, starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31)
    )
    Reflection.objects.create(roadmap=later, next_steps="Из будущего")
    Reflection.objects.create(roadmap=cast.foreign_roadmap, next_steps="Чужая тайна")
    url = reverse("roadmaps:detail", args=[cast.roadmap.pk])
    client.sign_in(cast.director)
    assert "Продолжить открытые уроки" not in text_of(client.get(url))
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    page = text_of(client.get(url))
    assert "Из рефлексии прошлой карты" in page
    assert "Продолжить открытые уроки" in page
    assert "Из будущего" not in page
    assert "Чужая тайна" not in page


@pytest.mark.parametrize("number", [1, 6])
def test_page_costs_the_same_for_any_number_of_rows(
    client, cast, url, number, django_assert_num_queries
):
    chosen = {}
    for index in range(number):
        one = Effect.objects.create(code=f"e{index}", name=f"Эффект {index}")
        chosen[one.pk] = "видно"
        RowFactory(roadmap=cast.roadmap)
    draft = ReflectionDraft("Итог", effects=chosen)
    actions.record_reflection(
        roadmap=cast.roadmap, draft=draft, expected_version=0, by=cast.methodist
    )
    client.sign_in(cast.methodist)
    client.get(url)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url)


PAGE_QUERIES = 18

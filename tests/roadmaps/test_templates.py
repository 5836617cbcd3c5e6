"""Ready plans: the common ones, a municipality's own, rows taken over into a roadmap."""

from datetime import date

import pytest
from django.urls import reverse

from network_portal.catalogues import load_catalogues
from network_portal.catalogues.plans import PLANS
from roadmaps.actions.templates import head_mark, row_mark
from roadmaps.draft_lines import ALIEN_RISK, REPEATS, Offer, Plan, lines_of, parts_of
from roadmaps.drafts import DraftRow
from roadmaps.due import DueKind, Period, parse
from roadmaps.enums import RoadmapState, Stage
from roadmaps.models import PlanEdit, PlanTemplate, TemplateRow
from roadmaps.plan_sources import earlier_of, of_roadmap, templates_for
from tests.partnerships.factories import pair
from tests.roadmaps.factories import (
    EventKindFactory,
    PlanTemplateFactory,
    RoadmapFactory,
    RowFactory,
    TargetGroupFactory,
    TemplateRowFactory,
)
from tests.schools.factories import DirectionFactory, RiskFactorFactory, RiskProfileItemFactory

PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))


# The preview, pure


def offer(key="1", **more):
    return Offer(key, DraftRow(**{"stage": 2, "title": "Семинар", **more}))


def plan(**more):
    return Plan.of(PERIOD, date(2026, 9, 1), more.get("titles", ()), more.get("factors", ()))


def test_a_row_that_repeats_the_plan_is_told_and_not_ticked():
    (line,) = lines_of([offer(title="семинар  «Урок»")], plan(titles=["Семинар Урок"]))
    assert (line.remarks, line.is_ticked) == ((REPEATS,), False)


def test_a_row_that_repeats_another_of_the_source_is_told():
    first, second = lines_of([offer("1"), offer("2")], plan())
    assert first.is_ticked
    assert not second.is_ticked


def test_a_risk_that_is_not_the_pair_s_is_told_but_stays_ticked():
    (line,) = lines_of([offer(factors=(7,))], plan(factors=[5]))
    assert (line.remarks, line.is_ticked) == ((ALIEN_RISK,), True)
    assert lines_of([offer(factors=(7,))], plan())[0].remarks == ()


def test_a_date_outside_the_period_is_told():
    (line,) = lines_of([offer(due_text="до 15.10.2029")], plan())
    assert "выходит за период" in line.remarks[0]


def test_the_due_date_is_read_in_the_period_of_this_plan():
    (line,) = lines_of([offer(due_text="октябрь")], plan())
    assert "октябрь 2026" in line.due.replace("\xa0", " ")
    assert line.is_understood
    assert not lines_of([offer(due_text="когда-нибудь потом")], plan())[0].is_understood


def test_what_was_ticked_stays_ticked_when_the_page_comes_back():
    lines = lines_of([offer("1"), offer("2", title="Другое")], plan(), ticked={"2"})
    assert [line.is_ticked for line in lines] == [False, True]


def test_rows_stand_by_stage_and_an_empty_stage_is_left_out():
    parts = parts_of(lines_of([offer("1", stage=3), offer("2", stage=1)], plan()))
    assert [part.stage for part in parts] == [Stage.ACQUAINTANCE, Stage.REFLECTION]


# The common plans


@pytest.mark.parametrize("ready", PLANS, ids=lambda ready: ready.code)
def test_every_due_date_of_a_common_plan_is_understood_and_names_no_year(ready):
    for row in ready.rows:
        due = parse(row.due, PERIOD)
        assert due.kind not in (DueKind.UNKNOWN, DueKind.UNSPECIFIED), row.due
        assert all(span.within(PERIOD) for span in due.spans), row.due
        assert "202" not in row.due


@pytest.mark.django_db
def test_the_common_plans_come_once_and_keep_what_was_changed():
    load_catalogues()
    base = PlanTemplate.objects.get(code="base")
    assert set(base.rows.values_list("stage", flat=True)) == set(Stage.values)  # R018
    base.rows.all().delete()
    assert load_catalogues() == 0
    assert not base.rows.exists()
    assert PlanTemplate.objects.count() == len(PLANS)


@pytest.mark.django_db
def test_every_kind_factor_and_direction_of_the_common_plans_is_in_the_catalogue():
    load_catalogues()
    assert not TemplateRow.objects.filter(kind=None).exists()
    bound = PlanTemplate.objects.exclude(factor=None) | PlanTemplate.objects.exclude(direction=None)
    assert bound.count() == len(PLANS) - 1  # the plan for anybody
    with_rows = {t.factor.code: t.rows.count() for t in PlanTemplate.objects.exclude(factor=None)}
    assert all(3 <= rows <= 6 for rows in with_rows.values()), with_rows


# A municipality's own plans


@pytest.fixture
def own(cast):
    plan = PlanTemplateFactory(municipality=cast.municipality, name="Свой план")
    for number in range(3):
        TemplateRowFactory(template=plan, title=f"Строка {number}")
    return plan


def titles(plan):
    return list(plan.rows.values_list("title", flat=True))


def row_url(verb, row):
    return reverse(f"roadmaps:template-row-{verb}", args=[row.pk])


def row_values(**more):
    return {"title": "Строка", "stage": 2, "due_text": "октябрь", **more}


def test_rows_are_added_moved_and_removed(client, cast, own):
    client.sign_in(cast.methodist)
    client.post(
        reverse("roadmaps:template-row-add", args=[own.pk, 2]), row_values(title="Строка 3")
    )
    assert titles(own) == ["Строка 0", "Строка 1", "Строка 2", "Строка 3"]
    last = own.rows.last()
    client.post(row_url("move", last), {"to": "up"})
    assert titles(own) == ["Строка 0", "Строка 1", "Строка 3", "Строка 2"]
    client.post(row_url("move", own.rows.first()), {"to": "up"})
    assert titles(own) == ["Строка 0", "Строка 1", "Строка 3", "Строка 2"]
    client.post(row_url("remove", last))
    assert titles(own) == ["Строка 0", "Строка 1", "Строка 2"]


def test_a_row_without_a_title_or_of_a_fourth_stage_is_refused(client, cast, own):
    client.sign_in(cast.methodist)
    url = reverse("roadmaps:template-row-add", args=[own.pk, 2])
    answer = client.post(url, row_values(title="", steps="Шаг первый"))
    assert answer.status_code == 422
    assert "Назовите мероприятие" in answer.content.decode()
    assert "Шаг первый" in answer.content.decode()
    assert client.post(url, row_values(stage=4)).status_code == 422
    wrong = reverse("roadmaps:template-row-add", args=[own.pk, 4])
    assert client.get(wrong).status_code == 404


def test_two_people_at_one_row_of_a_plan_lose_nothing(client, cast, own):
    client.sign_in(cast.methodist)
    row = own.rows.first()
    seen = row_mark(row)
    first = row_values(title="Первый", seen=seen)
    assert client.post(row_url("edit", row), first).status_code == 302
    answer = client.post(row_url("edit", row), row_values(title="Второй", seen=seen))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Первый" in html
    assert "Второй" in html
    row.refresh_from_db()
    assert row.title == "Первый"
    again = row_values(title="Второй", seen=row_mark(row))
    assert client.post(row_url("edit", row), again).status_code == 302


def test_two_people_at_the_head_of_a_plan_lose_nothing(client, cast, own):
    client.sign_in(cast.methodist)
    url, seen = reverse("roadmaps:template-edit", args=[own.pk]), head_mark(own)
    assert client.post(url, {"name": "Первый", "seen": seen}).status_code == 302
    answer = client.post(url, {"name": "Второй", "seen": seen})
    assert answer.status_code == 409
    assert "Первый" in answer.content.decode()


def test_a_common_plan_is_copied_not_edited(client, cast):
    common = PlanTemplateFactory(name="Общий")
    row = TemplateRowFactory(template=common, title="Семинар")
    row.factors.add(factor := RiskFactorFactory())
    client.sign_in(cast.methodist)
    edit = reverse("roadmaps:template-edit", args=[common.pk])
    answer = client.get(edit)
    assert answer.status_code == 403
    assert "скопируйте его себе" in answer.content.decode()
    assert client.post(row_url("edit", row), row_values()).status_code == 403
    for _ in range(2):
        client.post(reverse("roadmaps:template-copy", args=[common.pk]))
    copy = PlanTemplate.objects.get(municipality=cast.municipality)
    assert copy.name == "Общий (Здешний)"
    assert titles(copy) == ["Семинар"]
    assert list(copy.rows.get().factors.all()) == [factor]


def test_another_municipality_s_plan_is_not_there(client, cast):
    foreign = PlanTemplateFactory(municipality=cast.foreign, name="Чужой план")
    row = TemplateRowFactory(template=foreign)
    client.sign_in(cast.methodist)
    assert "Чужой план" not in client.get(reverse("roadmaps:templates")).content.decode()
    assert client.get(reverse("roadmaps:template", args=[foreign.pk])).status_code == 404
    assert client.post(row_url("remove", row)).status_code == 404
    take = reverse("roadmaps:from-template", args=[cast.roadmap.pk, foreign.pk])
    assert client.get(take).status_code == 404


def test_a_retired_plan_is_offered_no_more(client, cast, own):
    client.sign_in(cast.methodist)
    offered = reverse("roadmaps:from-templates", args=[cast.roadmap.pk])
    assert "Свой план" in client.get(offered).content.decode()
    client.post(reverse("roadmaps:template-retire", args=[own.pk]))
    assert "Свой план" not in client.get(offered).content.decode()
    retired = reverse("roadmaps:templates") + "?whose=retired"
    assert "Свой план" in client.get(retired).content.decode()


def test_a_roadmap_is_kept_as_a_plan_without_years_names_and_cancelled_rows(client, cast):
    RowFactory(
        roadmap=cast.roadmap,
        event__title="Семинар",
        event__due_text="до 15.10.2026",
        event__responsible="Завуч; Осокина Д. П.",
    )
    gone = {"event__state": "cancelled", "event__cancel_reason": "Карантин"}
    RowFactory(roadmap=cast.roadmap, event__title="Отменённый", **gone)
    RowFactory(roadmap=cast.roadmap, event__title="Внеплановый", event__is_unplanned=True)
    client.sign_in(cast.methodist)
    client.post(reverse("roadmaps:as-template", args=[cast.roadmap.pk]), {"name": "По карте"})
    row = PlanTemplate.objects.get(municipality=cast.municipality).rows.get()
    assert (row.title, row.due_text, row.responsible) == ("Семинар", "до 15.10", "Завуч")


# Rows taken over into a roadmap


def take_url(name, roadmap, source):
    return reverse(f"roadmaps:from-{name}", args=[roadmap.pk, source.pk])


@pytest.fixture
def draft(cast):
    cast.roadmap.state, cast.roadmap.approved_at = RoadmapState.DRAFT, None
    cast.roadmap.save()
    return cast.roadmap


def test_the_plans_for_the_pair_stand_first(cast):
    """R051: for the risks of the pair and of the target's profile, then for what they propose."""
    chosen, profiled, other = (RiskFactorFactory() for _ in range(3))
    proposed = DirectionFactory()
    profiled.directions.add(proposed)
    cast.partnership.factors.add(chosen)
    RiskProfileItemFactory(profile__school=cast.target, factor=profiled)
    makes = [
        ("чужой риск", {"factor": other}),
        ("для любой", {}),
        ("направление", {"direction": proposed}),
        ("риск профиля", {"factor": profiled}),
        ("риск пары", {"factor": chosen}),
    ]
    for position, (name, more) in enumerate(makes):
        PlanTemplateFactory(name=name, position=position, **more)
    found = [plan.name for plan in templates_for(cast.roadmap)]
    assert found == ["риск профиля", "риск пары", "направление", "для любой", "чужой риск"]


def test_ticked_rows_of_a_plan_join_the_roadmap_as_one_step(client, cast, draft, own):
    PlanTemplate.objects.filter(pk=own.pk).update(factor=(factor := RiskFactorFactory()))
    first, _, last = own.rows.all()
    client.sign_in(cast.director)
    page = client.get(take_url("template", draft, own))
    assert "октябрь 2026" in page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    client.post(take_url("template", draft, own), {"take": [first.pk, last.pk]})
    rows = draft.rows.select_related("event")
    assert [row.event.title for row in rows] == ["Строка 0", "Строка 2"]
    assert all(list(row.event.factors.all()) == [factor] for row in rows)
    assert rows[0].event.starts_on == date(2026, 10, 1)
    assert PlanEdit.objects.count() == 1


def test_nothing_ticked_is_told_and_nothing_added(client, cast, draft, own):
    answer = client.sign_in(cast.methodist).post(
        take_url("template", draft, own), {"key": "0b0e7f5e-6f4a-4f0e-9d8b-3f6b3e1c2a11"}
    )
    assert answer.status_code == 422
    assert "Отметьте хотя бы одну строку" in answer.content.decode()
    assert not draft.rows.exists()


def test_a_preview_accepted_twice_adds_its_rows_once(client, cast, draft, own):
    client.sign_in(cast.methodist)
    key = "0b0e7f5e-6f4a-4f0e-9d8b-3f6b3e1c2a11"
    data = {"take": [own.rows.first().pk], "key": key}
    for _ in range(2):
        client.post(take_url("template", draft, own), data)
    assert draft.rows.count() == 1


def test_an_approved_roadmap_asks_why_and_keeps_the_ticks(client, cast, own):
    client.sign_in(cast.methodist)
    url, row = take_url("template", cast.roadmap, own), own.rows.last()
    answer = client.post(url, {"take": [row.pk]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count(" checked>") == 1
    client.post(url, {"take": [row.pk], "why_reason": "Новый риск"})
    assert PlanEdit.objects.get().reason == "Новый риск"
    assert cast.roadmap.rows.get().is_unapproved


@pytest.fixture
def last_year(cast):
    return RoadmapFactory(
        partnership=cast.partnership, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31)
    )


def test_last_year_s_rows_come_with_their_dates_a_year_later(client, cast, draft, last_year):
    group, kind = TargetGroupFactory(), EventKindFactory()
    row = RowFactory(
        roadmap=last_year,
        section="Для педагогов",
        event__title="Семинар",
        event__steps="Раз\nДва",
        event__due_text="до 15.10.2025",
        event__responsible="Завуч",
        event__expected_result="Справка",
        event__kind=kind,
        event__participants=20,
    )
    row.event.target_groups.add(group)
    gone = {"event__state": "cancelled", "event__cancel_reason": "Карантин"}
    cancelled = RowFactory(roadmap=last_year, event__title="Отменённый", **gone)
    client.sign_in(cast.director)
    assert earlier_of(cast.director, draft) == last_year
    html = client.get(take_url("roadmap", draft, last_year)).content.decode()
    assert f'value="{row.pk}" checked' in html
    assert f'value="{cancelled.pk}">' in html  # unticked, with its reason
    assert "Карантин" in html
    client.post(take_url("roadmap", draft, last_year), {"take": [row.pk]})
    new = draft.rows.get()
    event = new.event
    assert event.pk != row.event_id
    assert (new.section, event.due_text, event.ends_on) == (
        "Для педагогов",
        "до 15.10.2026",
        date(2026, 10, 15),
    )
    assert (event.steps, event.responsible, event.expected_result) == (
        "Раз\nДва",
        "Завуч",
        "Справка",
    )
    assert (event.kind, event.participants) == (kind, 20)
    assert list(event.target_groups.all()) == [group]


def test_rows_of_another_municipality_s_catalogue_stay_behind(cast):
    foreign_kind = EventKindFactory(municipality=cast.foreign)
    RowFactory(roadmap=cast.foreign_roadmap, event__kind=foreign_kind)
    (offer_,) = of_roadmap(cast.foreign_roadmap, cast.roadmap)
    assert offer_.row.kind is None


def test_roadmaps_that_a_person_does_not_see_are_no_source(client, cast, draft):
    client.sign_in(cast.director)
    url = take_url("roadmap", draft, cast.foreign_roadmap)
    assert client.get(url).status_code == 404
    other = RoadmapFactory(partnership=pair(cast.lonely, cast.target))
    hidden = RoadmapFactory(partnership=pair(cast.lonely, cast.lead))
    html = client.get(reverse("roadmaps:from-roadmaps", args=[draft.pk])).content.decode()
    assert take_url("roadmap", draft, other) in html
    assert take_url("roadmap", draft, hidden) not in html
    assert take_url("roadmap", draft, cast.foreign_roadmap) not in html


def test_other_roadmaps_are_searched_by_schools(client, cast, draft):
    other = RoadmapFactory(partnership=pair(cast.lonely, cast.target))
    client.sign_in(cast.methodist)
    url = reverse("roadmaps:from-roadmaps", args=[draft.pk])
    link = take_url("roadmap", draft, other)
    assert link in client.get(f"{url}?q=№47").content.decode()
    assert link not in client.get(f"{url}?q=№88").content.decode()

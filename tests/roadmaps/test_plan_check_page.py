"""The panel «Проверка плана» beside the editor, its page, and what a school may read in it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap
from roadmaps.views import plan_check
from tests.partnerships.factories import pair
from tests.roadmaps.factories import RoadmapFactory, RowFactory
from tests.roadmaps.test_views_plan import HTMX, text_of, typed
from tests.schools.factories import RiskFactorFactory

EXACT = {
    "event__due_kind": "exact",
    "event__starts_on": date(2026, 12, 2),
    "event__ends_on": date(2026, 12, 2),
}


@pytest.fixture
def url(cast) -> str:
    return reverse("roadmaps:check", args=[cast.roadmap.pk])


@pytest.fixture
def editor(cast) -> str:
    return reverse("roadmaps:detail", args=[cast.roadmap.pk])


def test_the_editor_tells_of_a_risk_without_an_event_until_there_is_one(cast, client, editor):
    """R051"""
    factor = RiskFactorFactory(short_name="Учебная неуспешность")
    cast.partnership.factors.add(factor)
    row = RowFactory(roadmap=cast.roadmap)
    client.sign_in(cast.methodist)
    said = "На риск «Учебная неуспешность» не отвечает ни одно мероприятие"
    assert said in text_of(client.get(editor))
    # What to do stands apart from what was found, both are sentences without a full stop between.
    assert '<p class="tiny soft">Отметьте риск' in client.get(editor).content.decode()
    row.event.factors.add(factor)
    assert said not in text_of(client.get(editor))


def test_htmx_gets_the_panel_that_asks_for_itself_again(cast, client, url):
    RowFactory(roadmap=cast.roadmap)
    client.sign_in(cast.methodist)
    panel = client.get(url, headers=HTMX).content.decode()
    assert "<html" not in panel
    assert f'hx-get="{url}"' in panel
    assert "plan-changed from:body" in panel
    page = client.get(url).content.decode()
    assert "<h1>" in page


def test_links_lead_to_rows_of_this_page_and_of_others(cast, client, url, editor):
    row = RowFactory(roadmap=cast.roadmap, event__responsible="")
    client.sign_in(cast.methodist)
    assert f'href="#row-{row.pk}"' in client.get(editor).content.decode()
    assert f'href="{editor}?row={row.pk}#row-{row.pk}"' in client.get(url).content.decode()


def test_a_long_plan_is_checked_after_its_page_has_come(cast, client, editor, url, monkeypatch):
    monkeypatch.setattr(plan_check, "AT_ONCE", 1)
    for _ in range(2):
        RowFactory(roadmap=cast.roadmap, event__responsible="")
    client.sign_in(cast.methodist)
    page = client.get(editor)
    assert "load, plan-changed from:body" in page.content.decode()
    assert "Не указаны ответственные" not in text_of(page)
    assert "Не указаны ответственные" in text_of(client.get(url))


def test_the_pictures_have_words(cast, client, editor):
    factor = RiskFactorFactory(short_name="Обучающиеся с ОВЗ")
    cast.partnership.factors.add(factor)
    RowFactory(roadmap=cast.roadmap).event.factors.add(factor)
    client.sign_in(cast.methodist)
    page = client.get(editor)
    assert "ноябрь 2026 – 1, декабрь 2026 – 0" in text_of(page)
    assert re.search(r"Обучающиеся с ОВЗ\s+1\s+мероприятие", text_of(page))


def test_a_school_is_told_that_the_lead_is_busy_and_nothing_of_whose_event(cast, client, editor):
    other = RoadmapFactory(partnership=pair(cast.lead, cast.lonely))
    RowFactory(roadmap=other, event__title="Тайный семинар", **EXACT)
    RowFactory(roadmap=cast.roadmap, **EXACT)
    said = "в неделю 30.11 – 06.12 у лидера"
    for who in ("director", "curator", "methodist"):
        client.sign_in(getattr(cast, who))
        page = text_of(client.get(editor))
        assert said in page
        assert ("Тайный семинар" in page) is (who == "methodist"), who


def test_a_finished_plan_is_not_checked_beside_its_table(cast, client, editor):
    RowFactory(roadmap=cast.roadmap, event__responsible="")
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.FINISHED)
    client.sign_in(cast.methodist)
    assert "plan-check" not in client.get(editor).content.decode()


def test_another_municipality_does_not_learn_of_the_plan(cast, client, url):
    client.sign_in(cast.stranger)
    assert client.get(url).status_code == 404


def test_answers_of_the_editor_tell_the_panel_that_the_plan_changed(cast, client):
    first, second = RowFactory(roadmap=cast.roadmap), RowFactory(roadmap=cast.roadmap)
    client.sign_in(cast.methodist)
    form = reverse("roadmaps:event-edit", args=[first.pk])
    moved = reverse("roadmaps:event-move", args=[second.pk])
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    for answer in (
        client.post(form, typed(first, title="Другое"), headers=HTMX),
        client.post(moved, {"to": "up"}, headers=HTMX),
    ):
        assert answer.status_code == 200
        assert "plan-changed" in answer.headers["HX-Trigger"]
    assert "HX-Trigger" not in client.get(form, headers=HTMX).headers

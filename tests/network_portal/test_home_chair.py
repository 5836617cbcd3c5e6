"""The chair's first screen: figures from confirmed records, signals with reasons, справки."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from common.jobs import JobStatus
from network_portal.homes import kept
from reports.models import Document
from schools.enums import CategoryCode
from tests.reports.factories import DocumentFactory
from tests.roadmaps.factories import RowFactory
from tests.schools.factories import (
    CategoryFactory,
    MembershipFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)


@pytest.fixture
def home(client, cast):
    client.sign_in(cast.chair)

    def look(**query) -> str:
        page = client.get(reverse("home"), query).content.decode()
        return page.replace("\u00a0", " ")

    return look


def figure(page: str, value: str, words: str) -> bool:
    return f"{value}</b><span>{words}" in page


def test_figures_count_confirmed_records(home, cast):
    RowFactory(roadmap=cast.roadmap, occurrence__held=True)
    RowFactory(roadmap=cast.roadmap)
    page = home()
    assert figure(page, "1", "действующая связь в 1 партнёрстве, в сети 2 школы")
    assert figure(page, "50 %", "мероприятий проведено: 1 из 2")
    assert figure(page, "1", "мероприятие просрочено")


def test_each_figure_leads_to_its_records(home, cast):
    RowFactory(roadmap=cast.roadmap)
    SchoolCategoryFactory(school=cast.lonely, category=CategoryFactory())
    page = home()
    for name, query in (
        ("partnerships:list", "state=active&amp;kind=support"),
        ("roadmaps:events", "state=held"),
        ("roadmaps:events", "state=overdue"),
    ):
        assert f'href="{reverse(name)}?{query}"' in page
    assert f'href="{reverse("partnerships:unpaired")}"' in page


def test_a_school_without_a_partner_is_the_first_signal_with_its_reason(home, cast):
    SchoolCategoryFactory(school=cast.lonely, category=CategoryFactory())
    item = RiskProfileItemFactory(
        profile=RiskProfileFactory(school=cast.lonely), note="20 % – дети-инофоны"
    )
    cast.lead.experience.create(text="Опыт", factor=item.factor)
    page = home()
    assert "Нет партнёра" in page
    assert "Факторов риска: 1; 20 % – дети-инофоны" in page
    assert "Назначить школу-лидера: СОШ №9 (опыт по 1 из 1)." in page
    assert figure(page, "0 из 1", "школ групп риска имеют школу-лидера")


def test_an_overdue_roadmap_tells_how_late_it_is(home, cast):
    RowFactory(roadmap=cast.roadmap)
    page = home()
    assert "Мероприятий не проведено в срок: 1, самое давнее – 9 дней назад." in page
    assert reverse("roadmaps:detail", args=[cast.roadmap.pk]) in page


def test_five_signals_are_shown_and_all_on_demand(home, cast):
    for _ in range(6):
        school = SchoolFactory(municipality=cast.municipality)
        SchoolCategoryFactory(school=school, category=CategoryFactory())
    assert "Все сигналы: 6" in home()
    assert home().count("Нет партнёра") == 5
    assert home(signals="all").count("Нет партнёра") == 6


def test_all_signals_are_shown_by_pages(home, cast):
    for _ in range(30):
        school = SchoolFactory(municipality=cast.municipality)
        SchoolCategoryFactory(school=school, category=CategoryFactory())
    assert home(signals="all").count("Нет партнёра") == 25
    assert home(signals="all", page=2).count("Нет партнёра") == 5


def test_without_signals_that_is_said(home):
    assert "Сигналов нет" in home()


def test_the_short_form_orders_with_all_sections_and_the_usual_signatory(client, cast, home):
    home()
    form = client.get(reverse("home")).context["order_form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    client.post(form.helper.form_action, data | {"kind": "network"})
    document = Document.objects.get()
    assert len(document.sections) == 9
    assert document.signatory_name == cast.municipality.signatory_name


def test_what_is_being_made_asks_for_itself(home, cast):
    document = DocumentFactory(municipality=cast.municipality, created_by=cast.chair)
    page = home()
    assert 'hx-trigger="every 2s"' in page
    assert f'hx-get="{reverse("reports:detail", args=[document.pk])}"' in page


def test_what_failed_last_names_the_reason(home, cast):
    DocumentFactory(
        municipality=cast.municipality,
        status=JobStatus.FAILED,
        error="На диске нет места.",
        finished_at=timezone.now(),
    )
    assert "На диске нет места." in home()


def test_nothing_of_another_municipality_is_shown(home, cast):
    RowFactory(roadmap=cast.foreign_roadmap)
    SchoolCategoryFactory(school=cast.foreign_target, category=CategoryFactory())
    DocumentFactory(municipality=cast.foreign)
    page = home()
    for foreign in ("СОШ №14", "СОШ №15", "every 2s", "Просрочено"):
        assert foreign not in page


class TestLargeNetwork:
    """Counting reads the whole network, so what was counted is kept, and the page says when."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch):
        monkeypatch.setattr(kept, "LARGE", 2)
        cache.clear()
        yield
        cache.clear()

    def test_it_says_when_it_was_counted_and_counts_anew_on_demand(self, home, cast):
        assert "Данные на 09:00" in home()
        RowFactory(roadmap=cast.roadmap)
        assert figure(home(), "0", "мероприятий просрочено")
        assert figure(home(anew=""), "1", "мероприятие просрочено")
        assert figure(home(), "1", "мероприятие просрочено")

    def test_what_is_kept_grows_old(self, home, cast, today):
        home()
        RowFactory(roadmap=cast.roadmap)
        today.shift(kept.KEPT + 1)
        assert figure(home(), "1", "мероприятие просрочено")

    def test_another_municipality_sees_its_own(self, home, client, cast):
        for _ in range(3):
            SchoolFactory(municipality=cast.foreign)
        home()
        RowFactory(roadmap=cast.foreign_roadmap)
        client.sign_in(MembershipFactory(municipality=cast.foreign, role=Role.CHAIR).user)
        page = client.get(reverse("home")).content.decode()
        assert figure(page, "1", "мероприятие просрочено")

    def test_a_store_that_is_down_costs_no_page(self, home, monkeypatch):
        def down(*_):
            raise ConnectionError("down")

        monkeypatch.setattr(kept.cache, "get", down)
        monkeypatch.setattr(kept.cache, "set", down)
        assert "Состояние сети" in home()


def test_a_small_network_is_counted_for_every_page(home, cast):
    assert "Данные на" not in home()
    RowFactory(roadmap=cast.roadmap)
    assert figure(home(), "1", "мероприятие просрочено")


def test_of_a_long_group_the_first_schools_are_named_and_the_rest_is_a_link(home, cast):
    category = CategoryFactory(code=CategoryCode.AT_RISK)
    for number in range(100, 115):
        school = SchoolFactory(municipality=cast.municipality, number=str(number))
        SchoolCategoryFactory(school=school, category=category)
    page = home()
    assert f'href="{reverse("schools:clusters")}?cluster=at_risk">ещё 3<' in page
    groups = page[page.index('id="groups"') :].split("</section>")[0]
    assert "СОШ №111" in groups
    assert "СОШ №112" not in groups

"""First screens by role."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from network_portal.homes.methodist import week_number
from partnerships.models import Visit
from roadmaps.enums import ReportState
from schools.enums import CategoryCode
from tests.accounts.factories import UserFactory
from tests.lists import same_queries
from tests.partnerships.factories import VisitFactory
from tests.roadmaps.factories import ReportFactory, RowFactory
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    MembershipFactory,
    SchoolCategoryFactory,
)

HOME = reverse("home")


def page(client, user):
    response = client.sign_in(user).get(HOME)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("who", "heading"),
    [
        ("methodist", "Моя очередь"),
        ("chair", "Состояние сети"),
        ("director", "Мои мероприятия"),
        ("coordinator", "Мои мероприятия"),
        ("curator", "Мои пары"),
        ("administrator", "Управление"),
    ],
)
def test_by_role(client, cast, who, heading):
    assert f"<h1>{heading}" in page(client, getattr(cast, who))


def test_without_a_role_it_says_who_gives_access(client, db):
    assert "Роль даёт методист" in page(client, UserFactory())


def test_the_strongest_role_of_several(client, cast):
    MembershipFactory(municipality=cast.municipality, user=cast.director, role=Role.METHODIST)
    assert "<h1>Моя очередь" in page(client, cast.director)


def test_the_home_follows_the_current_municipality(client, cast):
    MembershipFactory(municipality=cast.foreign, user=cast.director, role=Role.METHODIST)
    assert "<h1>Мои мероприятия" in page(client, cast.director)
    client.post(reverse("schools:switch"), {"municipality": cast.foreign.pk})
    assert "<h1>Моя очередь" in client.get(HOME).content.decode()


def test_a_stranger_to_the_portal_signs_in_first(client, db):
    assert client.get(HOME).url.startswith(reverse("accounts:sign-in"))


class TestMethodist:
    def row(self, cast, title, day, roadmap=None):
        return RowFactory(
            roadmap=roadmap or cast.roadmap,
            event__title=title,
            event__ends_on=day,
            event__due_text="",
        ).event.occurrences.get()

    def figures(self, client, user):
        response = client.sign_in(user).get(HOME)
        return [(figure.value, figure.bad) for figure in response.context["figures"]]

    def test_figures_are_the_records_and_nothing_of_others(self, client, cast):
        self.row(cast, "Просрочено", date(2026, 11, 20))
        self.row(cast, "На неделе", date(2026, 11, 27))
        sent = self.row(cast, "Отчёт", date(2027, 2, 1))
        ReportFactory(occurrence=sent, school=cast.target, submitted=True)
        self.row(cast, "Чужое", date(2026, 11, 1), cast.foreign_roadmap)
        assert self.figures(client, cast.methodist) == [
            ("1", False),
            ("1", True),
            ("0", False),
            ("1", False),
        ]
        text = page(client, cast.methodist)
        assert "Чужое" not in text
        assert "мероприятие просрочено" in text

    def test_late_events_stand_by_school_with_days(self, client, cast):
        self.row(cast, "Практикум", date(2026, 11, 12))
        text = page(client, cast.methodist)
        assert "12 дней" in text
        groups = client.get(HOME).context["late_groups"]
        assert [(group.schools, len(group.lines)) for group in groups] == [("СОШ №5", 1)]

    def test_schools_in_need_without_a_partner(self, client, cast):
        need = CategoryFactory(code=CategoryCode.AT_RISK)
        SchoolCategoryFactory(school=cast.lonely, category=need, since=YEAR)
        SchoolCategoryFactory(school=cast.target, category=need, since=YEAR)
        text = page(client, cast.methodist)
        assert "школа без партнёра: СОШ №47" in text

    def test_week_and_day_of_the_academic_year(self, client, cast):
        assert "Вторник, 24 ноября 2026 г. · 2026/27 учебный год, 13-я неделя" in page(
            client, cast.methodist
        )

    @pytest.mark.parametrize(
        ("day", "number"),
        [(date(2026, 9, 1), 1), (date(2026, 9, 6), 1), (date(2026, 9, 7), 2)],
    )
    def test_weeks_begin_on_monday(self, day, number):
        assert week_number(day, YEAR) == number

    def test_empty_parts_say_so(self, client, cast):
        text = page(client, cast.methodist)
        assert "Отчётов на проверке нет" in text
        assert "Просроченных мероприятий нет" in text
        assert "есть партнёр" in text

    def test_query_count(self, client, cast):
        client.sign_in(cast.methodist)
        same_queries(
            client,
            HOME,
            lambda: ReportFactory(
                occurrence=self.row(cast, "Семинар", date(2027, 1, 20)),
                school=cast.target,
                submitted=True,
            ),
            21,
        )


class TestCurator:
    def test_assigned_pairs_with_what_is_due_and_the_last_visit(self, client, cast):
        RowFactory(roadmap=cast.roadmap, event__title="Скорое", event__ends_on=date(2026, 12, 1))
        RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужое")
        for day, purpose in [(1, "Первый визит"), (16, "Последний визит")]:
            Visit.objects.create(
                partnership=cast.partnership,
                visited_on=date(2026, 11, day),
                purpose=purpose,
                author=cast.curator,
            )
        text = page(client, cast.curator)
        assert "СОШ №9 – СОШ №5" in text
        assert "Скорое" in text
        assert "Последний визит" in text
        assert "Первый визит" not in text
        assert "Чужое" not in text
        assert reverse("partnerships:visit-add", args=[cast.partnership.pk]) in text

    def test_what_the_own_school_has_told_is_not_due(self, client, cast):
        occurrence = RowFactory(roadmap=cast.roadmap).event.occurrences.get()
        ReportFactory(occurrence=occurrence, school=cast.lead, submitted=True)
        assert "Отметить проведённым" not in page(client, cast.curator)

    def test_returned_reports_of_the_own_school_stand_first(self, client, cast):
        occurrence = RowFactory(roadmap=cast.roadmap).event.occurrences.get()
        ReportFactory(
            occurrence=occurrence,
            school=cast.lead,
            state=ReportState.RETURNED,
            remark="Дополните",
            decided_by=cast.methodist,
            decided_at="2026-11-23T10:00Z",
        )
        assert "Дополните" in page(client, cast.curator)

    def test_an_assignment_that_ended_is_gone(self, client, cast):
        cast.partnership.curators.update(until=date(2026, 11, 1))
        assert "Пар, назначенных вам, пока нет" in page(client, cast.curator)

    def test_query_count(self, client, cast):
        client.sign_in(cast.curator)
        same_queries(client, HOME, lambda: RowFactory(roadmap=cast.roadmap), 13)


def test_overdue_steps_after_visits_are_on_the_desks_of_curator_and_methodist(client, cast):
    step = {"next_step": "Список детей", "next_step_side": "target"}
    VisitFactory(partnership=cast.partnership, next_step_by=date(2026, 11, 20), **step)
    VisitFactory(
        partnership=cast.foreign_partnership,
        next_step="Чужой шаг",
        next_step_side="lead",
        next_step_by=date(2026, 11, 20),
    )
    html = client.sign_in(cast.curator).get(HOME).content.decode()
    assert "Просроченные шаги после посещений" in html
    assert "Список детей" in html
    assert "Чужой шаг" not in html
    html = client.sign_in(cast.methodist).get(HOME).content.decode()
    assert "<b>1</b> шаг просрочен после посещений" in html
    Visit.objects.update(step_done_on=date(2026, 11, 21))
    assert "шаг просрочен" not in client.get(HOME).content.decode()
    assert "Просроченные шаги" not in client.sign_in(cast.curator).get(HOME).content.decode()


def test_cooled_pairs_are_on_the_desk_of_the_methodist(client, cast):
    html = client.sign_in(cast.methodist).get(HOME).content.decode()
    assert "Пары, которые остыли" in html
    assert reverse("partnerships:detail", args=[cast.partnership.pk]) in html
    assert reverse("partnerships:detail", args=[cast.foreign_partnership.pk]) not in html

"""Requests of management teams (R050): who sends, sees and answers them (R120)."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Notification
from accounts.roles import Role
from schools.enums import ChangeArea
from schools.models import SchoolChange, TeamRequest
from tests.accounts.factories import UserFactory
from tests.schools.factories import (
    DirectorFactory,
    MembershipFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    TeamRequestFactory,
)
from tests.schools.test_people import text_of

LIST = reverse("schools:requests")
HELP = "Просим закрепить наставника для двух учителей математики"


def tab(school) -> str:
    return reverse("schools:papers", args=[school.pk])


def ask(client, school, **fields: object):
    data = {"dated": "2026-11-20", "text": HELP, **fields}
    return client.post(reverse("schools:request-add", args=[school.pk]), data)


def answer(client, asked, text: str = "Наставник назначен с 1 декабря"):
    return client.post(reverse("schools:request-answer", args=[asked.pk]), {"answer": text})


def answered(asked: TeamRequest, by) -> TeamRequest:
    asked.answer, asked.answered_by, asked.answered_at = "Решено", by, timezone.now()
    asked.save()
    return asked


def history_of(school) -> list[tuple[str, str, str]]:
    rows = SchoolChange.objects.filter(school=school, area=ChangeArea.PAPERS).order_by("pk")
    return list(rows.values_list("what", "old", "new"))


# --- Sending -----------------------------------------------------------------------------


def test_request_of_the_team_goes_into_the_list(client, cast):
    """R050: date, text, factors; the base of the whole model."""
    factor = RiskFactorFactory(name="Дефицит педагогических кадров")
    client.sign_in(cast.director)
    assert ask(client, cast.target, factors=[factor.pk]).url == tab(cast.target)

    asked = TeamRequest.objects.get()
    assert (asked.school, asked.dated, asked.author) == (
        cast.target,
        date(2026, 11, 20),
        cast.director,
    )
    assert list(asked.factors.all()) == [factor]
    client.sign_in(cast.methodist)
    page = text_of(client.get(LIST))
    assert HELP in page
    assert "Дефицит педагогических кадров" in page
    assert "Ждёт ответа" in page
    assert history_of(cast.target) == [("Запрос команды от 20.11.2026", "", HELP)]


def test_a_new_request_is_of_today_unless_said_otherwise(client, cast):
    client.sign_in(cast.coordinator)
    form = client.get(reverse("schools:request-add", args=[cast.target.pk])).context["form"]
    assert form["dated"].value() == timezone.localdate()


def test_double_submit_is_one_request(client, cast):
    client.sign_in(cast.director)
    for _ in range(2):
        assert ask(client, cast.target).status_code == 302
    assert TeamRequest.objects.count() == 1


@pytest.mark.parametrize("who", ["lead_director", "curator", "chair"])
def test_nobody_asks_for_another_school(client, cast, who):
    client.sign_in(getattr(cast, who))
    assert ask(client, cast.target).status_code == 403
    assert ask(client, cast.foreign_target).status_code == 404
    assert not TeamRequest.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Обязательное поле"),
        ({"text": "А" * 3001}, "не более 3000"),
        ({"text": "А\x00"}, "ноль-байт"),
        ({"dated": "2026-11-25"}, "будущая дата"),
        ({"dated": "0001-01-01"}, "Проверьте год"),
        ({"dated": ""}, "Обязательное поле"),
        ({"factors": ["987654321"]}, "корректный вариант"),
        ({"factors": ["9" * 30]}, "корректный вариант"),
        ({"factors": ["x"]}, "верным"),
    ],
)
def test_bad_requests_are_told(client, cast, fields, sentence):
    client.sign_in(cast.director)
    refused = ask(client, cast.target, **fields)
    assert refused.status_code == 200
    assert sentence in text_of(refused)
    assert not TeamRequest.objects.exists()


def test_factor_of_another_municipality_is_none_of_ours(client, cast):
    foreign = RiskFactorFactory(name="Чужой фактор", municipality=cast.foreign)
    client.sign_in(cast.director)
    refused = text_of(ask(client, cast.target, factors=[foreign.pk]))
    assert "корректный вариант" in refused
    assert "Чужой фактор" not in refused


# --- Changing ----------------------------------------------------------------------------


def test_school_changes_and_takes_back_what_nobody_answered(client, cast):
    asked = TeamRequestFactory(school=cast.target, author=cast.director)
    client.sign_in(cast.coordinator)
    edit = reverse("schools:request-edit", args=[asked.pk])
    data = {"dated": "2026-10-05", "text": "Нужен логопед"}
    assert client.post(edit, data).url == tab(cast.target)
    asked.refresh_from_db()
    assert asked.text == "Нужен логопед"

    delete = reverse("schools:request-delete", args=[asked.pk])
    assert "Отозвать запрос от 5 октября 2026 г.?" in text_of(client.get(delete))
    client.post(delete)
    assert not TeamRequest.objects.exists()
    assert history_of(cast.target)[-1] == (
        "Запрос команды от 05.10.2026 отозван",
        "Нужен логопед",
        "",
    )


def test_answered_request_stays_as_it_was(client, cast):
    asked = answered(TeamRequestFactory(school=cast.target, author=cast.director), cast.methodist)
    client.sign_in(cast.director)
    for name in ("request-edit", "request-delete"):
        refused = client.post(reverse(f"schools:{name}", args=[asked.pk]), {"text": "x"})
        assert refused.status_code == 403
        assert "уже ответили" in text_of(refused)


def test_methodist_changes_only_what_the_methodist_wrote_down(client, cast):
    schools_own = TeamRequestFactory(school=cast.target, author=cast.director)
    written = TeamRequestFactory(school=cast.target, author=cast.methodist)
    client.sign_in(cast.methodist)

    edit = [reverse("schools:request-edit", args=[row.pk]) for row in (schools_own, written)]
    assert [client.get(url).status_code for url in edit] == [403, 200]


# --- Answering ---------------------------------------------------------------------------


def test_methodist_answers_and_the_school_is_told(client, cast):
    asked = TeamRequestFactory(school=cast.target, author=cast.director)
    client.sign_in(cast.methodist)
    assert answer(client, asked).url == tab(cast.target)

    asked.refresh_from_db()
    assert asked.answer == "Наставник назначен с 1 декабря"
    assert (asked.answered_by, asked.answered_at) == (cast.methodist, timezone.now())
    told = Notification.objects.get(recipient=cast.director)
    assert told.text == "Ответ на запрос команды СОШ №5 от 5 октября 2026 г."
    assert told.url == tab(cast.target)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {
        cast.director.pk,
        cast.coordinator.pk,
    }
    client.sign_in(cast.director)
    page = text_of(client.get(tab(cast.target)))
    assert "Наставник назначен" in page
    assert "Отвечено" in page


def test_author_who_left_the_school_is_told_too(client, cast):
    author = UserFactory()
    asked = TeamRequestFactory(school=cast.target, author=author)
    client.sign_in(cast.methodist)
    answer(client, asked)
    assert Notification.objects.filter(recipient=author).count() == 1


def test_better_answer_is_told_once_and_history_keeps_both(client, cast):
    asked = answered(TeamRequestFactory(school=cast.target), cast.methodist)
    client.sign_in(cast.methodist)
    answer(client, asked, "Решено иначе")
    answer(client, asked, "Решено иначе")

    assert history_of(cast.target) == [
        ("Ответ на запрос команды от 05.10.2026", "Решено", "Решено иначе")
    ]
    assert Notification.objects.filter(recipient=cast.director).count() == 1


def test_empty_answer_is_told(client, cast):
    asked = TeamRequestFactory(school=cast.target)
    client.sign_in(cast.methodist)
    assert "Обязательное поле" in text_of(answer(client, asked, " "))
    assert "ноль-байт" in text_of(answer(client, asked, "А\x00"))
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("director", 403), ("chair", 403), ("lead_director", 404), ("stranger", 404)],
)
def test_only_the_methodist_answers(client, cast, who, status):
    asked = TeamRequestFactory(school=cast.target)
    client.sign_in(getattr(cast, who))
    assert answer(client, asked).status_code == status


def test_request_leads_into_the_profile_of_its_year(client, cast):
    with_profile = TeamRequestFactory(school=cast.target, dated=date(2026, 10, 5))
    RiskProfileFactory(school=cast.target)
    TeamRequestFactory(school=cast.lonely, dated=date(2026, 10, 5))
    client.sign_in(cast.methodist)
    page = text_of(client.get(LIST))

    assert with_profile.dated.year == 2026
    assert f'href="{reverse("schools:profile-edit", args=[cast.target.pk, 2026])}"' in page
    assert f'href="{reverse("schools:profile-create", args=[cast.lonely.pk])}"' in page
    client.sign_in(cast.director)
    assert "Внести в рисковый профиль" not in text_of(client.get(LIST))


# --- The list ----------------------------------------------------------------------------


def test_each_school_sees_its_own_requests(client, cast):
    """R120"""
    TeamRequestFactory(school=cast.target, text="Запрос пятой школы")
    TeamRequestFactory(school=cast.lead, text="Запрос девятой школы")
    TeamRequestFactory(school=cast.foreign_target, text="Чужой запрос")

    def seen_by(user) -> set[str]:
        page = text_of(client.sign_in(user).get(LIST))
        texts = ("Запрос пятой школы", "Запрос девятой школы", "Чужой запрос")
        return {text for text in texts if text in page}

    assert seen_by(cast.director) == {"Запрос пятой школы"}
    assert seen_by(cast.lead_director) == {"Запрос девятой школы"}
    assert seen_by(cast.lonely_director) == set()
    assert seen_by(cast.chair) == {"Запрос пятой школы", "Запрос девятой школы"}
    assert seen_by(cast.stranger) == {"Чужой запрос"}


def test_list_holds_the_current_municipality_only(client, cast):
    MembershipFactory(user=cast.methodist, municipality=cast.foreign)
    TeamRequestFactory(school=cast.target, text="Здешний запрос")
    TeamRequestFactory(school=cast.foreign_target, text="Тамошний запрос")
    client.sign_in(cast.methodist)
    page = text_of(client.get(LIST))
    assert "Здешний запрос" in page
    assert "Тамошний запрос" not in page


def test_director_of_two_schools_sees_both(client, cast):
    DirectorFactory(user=cast.director, school=cast.lead, role=Role.COORDINATOR)
    for school in (cast.target, cast.lead, cast.lonely):
        TeamRequestFactory(school=school, text=f"Запрос {school}")
    client.sign_in(cast.director)
    page = text_of(client.get(LIST))
    assert "Запрос СОШ №5" in page
    assert "Запрос СОШ №9" in page
    assert "Запрос СОШ №47" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=сош n5", {"Пятая, старый", "Пятая, новый"}),
        ("state=waiting", {"Пятая, новый", "Девятая"}),
        ("state=answered", {"Пятая, старый"}),
        ("year=2025", {"Пятая, старый"}),
        ("year=2026", {"Пятая, новый", "Девятая"}),
        ("factor=FACTOR", {"Девятая"}),
        ("q=нет такой", set()),
        ("q=%00&factor=x&state=x&year=x", {"Пятая, старый", "Пятая, новый", "Девятая"}),
        ("factor=" + "9" * 30, {"Пятая, старый", "Пятая, новый", "Девятая"}),
        ("page=100", {"Пятая, старый", "Пятая, новый", "Девятая"}),
    ],
)
def test_filters(client, cast, query, found):
    factor = RiskFactorFactory()
    old = TeamRequestFactory(school=cast.target, text="Пятая, старый", dated=date(2026, 8, 31))
    answered(old, cast.methodist)
    TeamRequestFactory(school=cast.target, text="Пятая, новый", dated=date(2026, 9, 1))
    TeamRequestFactory(school=cast.lead, text="Девятая").factors.add(factor)
    client.sign_in(cast.methodist)
    page = text_of(client.get(f"{LIST}?{query.replace('FACTOR', str(factor.pk))}"))

    texts = {"Пятая, старый", "Пятая, новый", "Девятая"}
    assert {text for text in texts if text in page} == found
    assert bool(found) != ("По этому отбору запросов нет" in page)


def test_empty_list_says_where_requests_come_from(client, cast):
    client.sign_in(cast.methodist)
    assert "Документы и запросы" in text_of(client.get(LIST))


def test_list_is_paged(client, cast):
    for _ in range(26):
        TeamRequestFactory(school=cast.target)
    client.sign_in(cast.methodist)
    assert "Страница 1, всего 26" in text_of(client.get(LIST))


def test_list_downloads_with_the_filter(client, cast):
    answered(TeamRequestFactory(school=cast.target, text="=1+1"), cast.methodist)
    TeamRequestFactory(school=cast.lead, text="Девятая")
    TeamRequestFactory(school=cast.foreign_lead, text="Чужая")
    client.sign_in(cast.methodist)
    file = client.get(f"{reverse('schools:requests-export')}?state=answered")

    sheet = load_workbook(io.BytesIO(file.getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[1:3] + row[4:5] for row in rows] == [["СОШ №5", "=1+1", "Решено"]]
    assert sheet.cell(5, 3).data_type == "s"


def test_waiting_requests_are_on_the_methodists_first_screen(client, cast):
    client.sign_in(cast.methodist)
    assert "ждёт ответа" not in text_of(client.get(reverse("home")))
    TeamRequestFactory(school=cast.target)
    TeamRequestFactory(school=cast.foreign_target)
    page = text_of(client.get(reverse("home")))
    assert "<b>1</b> запрос команды ждёт ответа" in page
    assert f'href="{LIST}?state=waiting"' in page


def test_texts_are_text(client, cast):
    TeamRequestFactory(school=cast.target, text="<b>жирный</b>\nвторая строка")
    client.sign_in(cast.methodist)
    page = text_of(client.get(LIST))
    assert "<b>жирный" not in page
    assert "&lt;b&gt;жирный&lt;/b&gt;<br>вторая строка" in page

"""Visits: who writes them, what they must say, whose the next step is (R045, R046)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from accounts.roles import Role
from common.versions import Stale
from partnerships.actions import visits as actions
from partnerships.models import PartnershipChange, Visit
from tests.partnerships.factories import MemberFactory, VisitFactory, pair
from tests.schools.factories import DirectorFactory, SchoolFactory

LIST = reverse("partnerships:visits-list")


def tab(partnership) -> str:
    return reverse("partnerships:visits", args=[partnership.pk])


def add_url(partnership) -> str:
    return reverse("partnerships:visit-add", args=[partnership.pk])


def verb(name: str, visit: Visit) -> str:
    return reverse(f"partnerships:visit-{name}", args=[visit.pk])


def text_of(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def typed(**changes):
    plain = {"visited_on": "2026-11-20", "purpose": "Разбор уроков", "found": "нет тьютора"}
    step = {"next_step": "запрос о ставке", "next_step_by": "2026-12-01"}
    return plain | step | {"next_step_side": "committee"} | changes


@pytest.fixture
def visit(cast) -> Visit:
    """Written down by the curator today; the target owes the step."""
    return VisitFactory(
        partnership=cast.partnership,
        author=cast.curator,
        next_step="Составить список детей",
        next_step_by=date(2026, 11, 20),
        next_step_side="target",
    )


@pytest.mark.parametrize("person", ["curator", "methodist"])
def test_curator_and_methodist_write_down_a_visit(client, cast, person):
    who = getattr(cast, person)
    school = cast.partnership.targets[0]
    answer = client.sign_in(who).post(add_url(cast.partnership), typed(school=school.pk))
    made = Visit.objects.get()
    assert (made.author, made.partnership, made.school) == (who, cast.partnership, school)
    assert made.visited_on == date(2026, 11, 20)
    html = text_of(client.get(answer.url))
    assert "Разбор уроков" in html
    assert "запрос о ставке, до 1 декабря 2026 г. Делает комитет" in html
    assert PartnershipChange.objects.get(partnership=cast.partnership).what == "Посещение"


@pytest.mark.parametrize("person", ["director", "lead_director", "chair"])
def test_others_are_told_who_writes_visits(client, cast, person):
    client.sign_in(getattr(cast, person))
    assert add_url(cast.partnership) not in text_of(client.get(tab(cast.partnership)))
    answer = client.post(add_url(cast.partnership), typed())
    assert answer.status_code == 403
    assert "записывают методист и куратор этой пары" in text_of(answer)


def test_a_curator_finds_no_other_pair(client, cast):
    other = pair(cast.lead, cast.lonely)
    VisitFactory(partnership=other, purpose="Чужое посещение")
    client.sign_in(cast.curator)
    assert client.post(add_url(other), typed()).status_code == 404
    assert client.get(tab(other)).status_code == 404
    assert "Чужое посещение" not in text_of(client.get(LIST))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"visited_on": "2026-11-25"}, "Это будущая дата."),
        ({"visited_on": "1926-11-20"}, "Проверьте год"),
        ({"visited_on": ""}, "Обязательное поле"),
        ({"purpose": ""}, "Обязательное поле"),
        ({"purpose": "я" * 10_000}, "не более 300 символов"),
        ({"found": "я" * 10_000}, "не более 5000 символов"),
        ({"next_step_by": "2026-11-19"}, "Срок шага раньше посещения."),
        ({"next_step_side": ""}, "Укажите, кто делает следующий шаг."),
        ({"next_step": ""}, "Напишите, что сделать, или уберите срок и сторону."),
        ({"school": "99999999999999999999"}, "Выберите корректный вариант"),
    ],
)
def test_a_strange_visit_is_refused_with_a_sentence(client, cast, changes, sentence):
    client.sign_in(cast.curator)
    answer = client.post(add_url(cast.partnership), typed(**changes))
    assert sentence in text_of(answer)
    assert not Visit.objects.exists()


def test_a_school_of_another_pair_is_no_choice(client, cast):
    stranger = MemberFactory(partnership=pair(cast.lead, cast.lonely))
    client.sign_in(cast.curator).post(add_url(cast.partnership), typed(school=stranger.pk))
    assert not Visit.objects.exists()


def test_a_double_submit_makes_one_visit(client, cast):
    client.sign_in(cast.curator)
    client.post(add_url(cast.partnership), typed())
    client.post(add_url(cast.partnership), typed())
    assert Visit.objects.count() == 1


def told() -> set:
    return set(
        Notification.objects.filter(text__contains="Шаг").values_list("recipient", flat=True)
    )


@pytest.mark.parametrize(
    ("side", "people"),
    [
        ("lead", ["lead_director"]),
        ("target", ["director", "coordinator"]),
        ("curator", ["curator"]),
        ("committee", []),
    ],
)
def test_the_side_that_owes_the_step_is_told(cast, side, people):
    values = {
        "visited_on": date(2026, 11, 20),
        "purpose": "Уроки",
        "next_step": "Список детей",
        "next_step_side": side,
    }
    actions.add_visit(partnership=cast.partnership, values=values, by=cast.methodist)
    assert told() == {getattr(cast, person).pk for person in people}


def test_of_several_targets_the_visited_one_is_told(cast):
    other = SchoolFactory(municipality=cast.municipality)
    DirectorFactory(school=other)
    MemberFactory(partnership=cast.partnership, school=other)
    (member,) = [row for row in cast.partnership.members.all() if row.school == cast.target]
    values = {
        "visited_on": date(2026, 11, 20),
        "purpose": "Уроки",
        "school": member,
        "next_step": "Список детей",
        "next_step_side": "target",
    }
    actions.add_visit(partnership=cast.partnership, values=values, by=cast.methodist)
    assert told() == {cast.director.pk, cast.coordinator.pk}


def test_author_corrects_the_same_day_and_the_methodist_any_day(client, cast, visit):
    client.sign_in(cast.curator)
    assert client.get(verb("edit", visit)).status_code == 200
    Visit.objects.update(created_at=timezone.now() - timedelta(days=1))
    late = client.get(verb("edit", visit))
    assert late.status_code == 403
    assert "Автор правит запись в тот же день, позже – методист" in text_of(late)
    client.sign_in(cast.methodist)
    form = {"mark": actions.mark_of(visit), "visited_on": "2026-11-10", "purpose": "Разбор"}
    assert client.post(verb("edit", visit), form).status_code == 302
    assert Visit.objects.get().purpose == "Разбор"


def test_changes_are_kept_in_words_and_a_changed_step_is_told(cast, visit):
    values = {name: getattr(visit, name) for name in actions.FIELDS}
    mark = actions.mark_of(visit)
    assert not actions.change_visit(visit=visit, values=values, expected=mark, by=cast.methodist)
    assert told() == set()
    values["next_step_side"] = "lead"
    assert actions.change_visit(visit=visit, values=values, expected=mark, by=cast.methodist)
    (change,) = PartnershipChange.objects.filter(partnership=cast.partnership)
    assert (change.what, change.old, change.new) == (
        "Посещение 10.11.2026: кто делает шаг",
        "целевая школа",
        "школа-лидер",
    )
    assert told() == {cast.lead_director.pk}


def test_second_of_two_people_sees_both_texts(client, cast, visit):
    mark = actions.mark_of(visit)
    Visit.objects.update(purpose="Правка коллеги")
    with pytest.raises(Stale):
        actions.change_visit(visit=visit, values={}, expected=mark, by=cast.methodist)
    form = {"mark": mark, "visited_on": "2026-11-10", "purpose": "Моя правка"}
    answer = client.sign_in(cast.methodist).post(verb("edit", visit), form)
    assert answer.status_code == 409
    html = text_of(answer)
    assert "Моя правка" in html
    assert "Правка коллеги" in html
    assert Visit.objects.get().purpose == "Правка коллеги"


def test_a_mistake_is_taken_back_and_the_history_keeps_it(client, cast, visit):
    client.sign_in(cast.curator)
    assert "Посещение уроков" in text_of(client.get(verb("delete", visit)))
    client.post(verb("delete", visit))
    assert not Visit.objects.exists()
    change = PartnershipChange.objects.get(partnership=cast.partnership)
    assert (change.old, change.new) == ("10.11.2026, Посещение уроков", "запись удалена")


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("methodist", 302),
        ("curator", 302),
        ("director", 302),
        ("coordinator", 302),
        ("lead_director", 403),
        ("chair", 403),
        ("lonely_director", 404),
        ("stranger", 404),
    ],
)
def test_step_is_marked_done_by_those_who_answer_for_it(client, cast, visit, person, status):
    answer = client.sign_in(getattr(cast, person)).post(verb("step-done", visit))
    assert answer.status_code == status
    done = date(2026, 11, 24) if status == 302 else None
    assert Visit.objects.get().step_done_on == done


def test_a_closed_pair_keeps_its_visits_unchanged(client, cast, visit):
    cast.partnership.state = "finished"
    cast.partnership.save()
    client.sign_in(cast.methodist)
    for name in ("edit", "delete", "step-done"):
        assert client.post(verb(name, visit)).status_code == 403
    assert not Visit.objects.overdue(date(2026, 11, 24)).exists()


def test_overdue_is_a_step_not_done_after_its_day(cast, visit):
    assert not Visit.objects.overdue(date(2026, 11, 20)).exists()
    assert Visit.objects.overdue(date(2026, 11, 21)).get() == visit
    Visit.objects.update(step_done_on=date(2026, 11, 22))
    assert not Visit.objects.overdue(date(2026, 11, 24)).exists()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Посещение уроков", "Без шага", "Сделано"}),
        ("?step=overdue", {"Посещение уроков"}),
        ("?step=owed&side=target", {"Посещение уроков"}),
        ("?step=owed&side=lead", set()),
        ("?step=done", {"Сделано"}),
        ("?step=none", {"Без шага"}),
        ("?q=без", {"Без шага"}),
    ],
)
def test_filters_of_the_tab_and_of_the_page_of_all(client, cast, visit, query, shown):
    VisitFactory(partnership=cast.partnership, purpose="Без шага")
    VisitFactory(
        partnership=cast.partnership,
        purpose="Сделано",
        next_step="Шаг",
        step_done_on=date(2026, 11, 1),
    )
    VisitFactory(partnership=cast.foreign_partnership, purpose="Чужое")
    client.sign_in(cast.methodist)
    for url in (tab(cast.partnership), LIST):
        html = text_of(client.get(url + query))
        found = {
            one for one in ("Посещение уроков", "Без шага", "Сделано") if f"<b>{one}</b>" in html
        }
        assert found == shown
        assert "Чужое" not in html


def test_a_director_sees_visits_of_own_pairs_only(client, cast, visit):
    VisitFactory(partnership=pair(cast.lead, cast.lonely), purpose="У других")
    html = text_of(client.sign_in(cast.director).get(LIST))
    assert "Посещение уроков" in html
    assert "У других" not in html


def test_a_step_stands_on_the_first_screen_of_the_school_that_owes_it(client, cast):
    other = MemberFactory(partnership=cast.partnership, school=SchoolFactory(), role="target")
    step = {"partnership": cast.partnership, "next_step_by": date(2026, 11, 28)}
    VisitFactory(**step, next_step="Шаг обеих целевых", next_step_side="target")
    VisitFactory(**step, next_step="Шаг другой целевой", next_step_side="target", school=other)
    VisitFactory(**step, next_step="Шаг лидера", next_step_side="lead")
    VisitFactory(**step, next_step="Шаг комитета", next_step_side="committee")
    done = {"next_step_side": "target", "step_done_on": date(2026, 11, 21)}
    VisitFactory(**step, next_step="Сделанный шаг", **done)
    foreign = pair(SchoolFactory(), SchoolFactory())
    VisitFactory(partnership=foreign, next_step="Шаг чужой пары", next_step_side="target")
    screen = reverse("roadmaps:mine")
    shown = {row.visit.next_step for row in mine(client, cast.director, screen)}
    assert shown == {"Шаг обеих целевых"}
    assert {row.visit.next_step for row in mine(client, cast.lead_director, screen)} == {
        "Шаг лидера"
    }


def mine(client, person, url):
    return client.sign_in(person).get(url).context["steps"].rows


def test_the_overview_shows_the_last_visits(client, cast):
    for day in range(1, 8):
        VisitFactory(
            partnership=cast.partnership, visited_on=date(2026, 11, day), purpose=f"цель {day}."
        )
    url = reverse("partnerships:detail", args=[cast.partnership.pk])
    html = text_of(client.sign_in(cast.director).get(url))
    assert [day for day in range(1, 8) if f"цель {day}." in html] == [3, 4, 5, 6, 7]
    assert tab(cast.partnership) in html


def test_html_in_a_visit_is_shown_as_text(client, cast):
    harm = "<b onclick=x>имя</b>"
    VisitFactory(partnership=cast.partnership, purpose=harm, found=harm, next_step=harm)
    html = text_of(client.sign_in(cast.methodist).get(tab(cast.partnership)))
    assert harm not in html
    assert "&lt;b onclick=x&gt;имя&lt;/b&gt;" in html


def test_a_post_that_ended_writes_no_visits(client, cast):
    cast.partnership.curators.update(until=date(2026, 11, 23))
    client.sign_in(cast.curator)
    assert client.get(tab(cast.partnership)).status_code == 404
    assert cast.curator.memberships.get().role == Role.CURATOR


def test_the_one_target_comes_chosen(client, cast):
    html = text_of(client.sign_in(cast.curator).get(add_url(cast.partnership)))
    member = cast.partnership.targets[0]
    assert f'<option value="{member.pk}" selected>' in html

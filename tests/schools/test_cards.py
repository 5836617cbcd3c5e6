"""The card of a school: it is made, edited by two at once, closed, opened, and remembers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.versions import Stale
from schools.actions import cards
from schools.enums import ChangeArea, OrgType
from schools.models import School, SchoolChange
from schools.rules import cards as rules
from tests.schools.factories import (
    DirectorFactory,
    RiskProfileFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

CREATE = reverse("schools:create")


def url(name, school):
    return reverse(f"schools:{name}", args=[school.pk])


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def page(client, address):
    return text_of(client.get(address))


def typed(school=None, **changes):
    """What a browser sends of the form; of a card, as it stands."""
    known = {"kind": "sosh", "org_type": "general", "number": "3"}
    if school:
        known |= {"short_name": school.short_name, "number": school.number}
        known |= {"legal_form": school.legal_form_id or "", "version": school.version}
    return known | changes


def facts(client, school):
    heading = "Об организации" if school.is_external else "О школе"
    return page(client, url("detail", school)).split(f"<h2>{heading}</h2>")[1].split("</dl>")[0]


# --- A new one ---------------------------------------------------------------------------


def test_the_methodist_puts_a_school_into_the_list_with_all_its_facts(client, cast):
    client.sign_in(cast.methodist)
    data = typed(
        legal_form=cast.lead.legal_form_id,
        parent="МОБУ «СОШ № 9»",
        counted_in_parent="on",
        department="Комитет по образованию",
        grades_from="1",
        grades_to="11",
        pupils="1 200",
        teachers="54",
        locality="rural",
        settlement="Лесной",
        address="ул. Школьная, 1",
        site="школа3.рф",
        email="shkola3@portal.example",
        phone="8 (800) 555-01-01",
        latitude="58,2",
        longitude="68.253611",
    )
    answer = client.post(CREATE, data)
    school = School.objects.get(short_name="СОШ №3")
    assert answer.url == url("detail", school)
    shown = page(client, answer.url)
    assert "внесите рисковый профиль и категории, пригласите директора" in shown
    told = facts(client, school)
    for fact in (
        *("СОШ №9, учтено в головной организации", "1–11", "1200", "54", "Сельская", "Лесной"),
        *("58,2; 68,253611", "8 (800) 555-01-01", "mailto:shkola3@portal.example"),
    ):
        assert fact.lower() in told.lower()
    assert school.municipality == cast.municipality
    assert "школа3.рф" in school.site
    change = school.changes.get()
    assert (change.what, change.new, change.by) == (
        "Внесена в список",
        "МОБУ «СОШ №3»",
        cast.methodist,
    )


def test_the_name_is_composed_of_kind_and_number(client, cast):
    client.sign_in(cast.methodist)
    for kind, number, name in [
        ("gymnasium", "1", "Гимназия №1"),
        ("ososh", "№ 14", "О(С)ОШ №14"),
        ("sosh", "N2", "СОШ №2"),
    ]:
        assert client.post(CREATE, typed(kind=kind, number=number)).status_code == 302
        assert School.objects.of(cast.municipality).filter(short_name=name).exists()


def test_a_name_taken_in_another_spelling_says_by_which_school(client, cast):
    """Quirk 9; the same name elsewhere is another school (quirk 10)."""
    cast.lead.settlement = "Лесной"
    cast.lead.save()
    client.sign_in(cast.methodist)
    shown = text_of(client.post(CREATE, typed(short_name="моу СОШ N 9")))
    assert "Такая школа в муниципалитете уже есть: МОБУ «СОШ №9», Лесной." in shown
    assert f'<a href="{url("detail", cast.lead)}">МОБУ «СОШ №9»</a>' in shown
    elsewhere = client.post(CREATE, typed(short_name=cast.foreign_lead.short_name))
    assert elsewhere.status_code == 302


def test_sent_twice_it_is_made_once(client, cast):
    client.sign_in(cast.methodist)
    assert client.post(CREATE, typed()).status_code == 302
    again = client.post(CREATE, typed())
    assert "уже есть: СОШ №3" in text_of(again)
    assert School.objects.of(cast.municipality).filter(short_name="СОШ №3").count() == 1


def test_of_two_at_the_same_moment_the_second_is_told(client, cast, monkeypatch):
    client.sign_in(cast.methodist)

    def second(**kwargs):
        raise IntegrityError

    monkeypatch.setattr(cards, "create", second)
    assert "Такую школу только что внесли" in text_of(client.post(CREATE, typed()))


def test_an_external_organisation_has_no_pupils(client, cast):
    """Quirk 25, R121."""
    client.sign_in(cast.methodist)
    museum = typed(short_name="Музей", org_type="other", kind="other", pupils="5", grades_from="1")
    shown = text_of(client.post(CREATE, museum))
    assert shown.count("У внешней организации этого не указывают") == 4  # in summary and at fields
    answer = client.post(CREATE, museum | {"pupils": "", "grades_from": ""})
    assert answer.status_code == 302
    school = School.objects.get(short_name="Музей")
    assert "внесите контакты" in page(client, answer.url)
    assert "Обучающихся" not in facts(client, school)
    overview = page(client, url("detail", school))
    assert "обучающихся" not in overview
    assert "Категории и основания" not in overview
    with pytest.raises(IntegrityError), transaction.atomic():
        School.objects.filter(pk=school.pk).update(pupils=5)


BAD = [
    ({"short_name": "«»"}, "В названии нужны буквы или цифры."),
    ({"number": ""}, "Напишите название или укажите вид и номер."),
    ({"kind": "branch"}, "Напишите название или укажите вид и номер."),
    ({"short_name": "я" * 10_000}, "не более 200 символов"),
    ({"short_name": "СОШ\0"}, "запрещённый символ"),
    ({"pupils": "-5"}, "Напишите целое число от 0"),
    ({"pupils": "0 5"}, "Напишите целое число от 0"),
    ({"pupils": "12,5"}, "Напишите целое число от 0"),
    ({"pupils": "9" * 5000}, "Напишите целое число от 0"),
    ({"teachers": "100000"}, "от 0 до 10 000"),
    ({"grades_from": "12", "grades_to": "1"}, "Последний класс (1) меньше первого (12)"),
    ({"grades_to": "13"}, "Напишите целое число от 1 до 12"),
    ({"latitude": "91", "longitude": "68"}, "Градусы бывают от −90 до 90"),
    ({"latitude": "58", "longitude": "-180,5"}, "Градусы бывают от −180 до 180"),
    ({"latitude": "север", "longitude": "68"}, "Напишите градусы числом, например 58,2"),
    ({"latitude": "1e999999", "longitude": "NaN"}, "Напишите градусы числом, например 58,2"),
    ({"latitude": "58,2"}, "Координаты указывают вместе"),
    ({"site": "javascript:alert(1)"}, "Напишите адрес целиком, например https://школа.рф"),
    ({"email": "почта"}, "Напишите почту"),
    ({"org_type": "moon"}, "Выберите корректный вариант"),
    ({"counted_in_parent": "on"}, "Назовите головную организацию, в которой школа учтена."),
    ({"parent": str(10**30)}, "Такой школы в муниципалитете нет."),
    ({"legal_form": "\0"}, "запрещённый символ"),
]


@pytest.mark.parametrize(("changes", "sentence"), BAD)
def test_bad_input_is_told_and_nothing_is_written(client, cast, changes, sentence):
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(**changes))
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert School.objects.of(cast.municipality).count() == 3


def test_a_school_of_another_municipality_is_no_parent(client, cast):
    client.sign_in(cast.methodist)
    shown = text_of(client.post(CREATE, typed(parent=cast.foreign_lead.short_name)))
    assert "Такой школы в муниципалитете нет." in shown
    assert not School.objects.filter(parent=cast.foreign_lead).exists()


# --- Edit --------------------------------------------------------------------------------


def test_a_saved_card_remembers_every_change(client, cast):
    client.sign_in(cast.methodist)
    data = typed(cast.target, settlement="Лесной", pupils="0", latitude="58,2", longitude="68")
    assert client.post(url("edit", cast.target), data).status_code == 302
    school = School.objects.get(pk=cast.target.pk)
    assert (school.version, school.updated_by) == (2, cast.methodist)
    assert (school.pupils, school.teachers) == (0, None)
    told = {row.what: (row.old, row.new) for row in school.changes.all()}
    assert told == {
        "Населённый пункт": ("", "Лесной"),
        "Обучающихся": ("", "0"),
        "Широта": ("", "58,2"),
        "Долгота": ("", "68"),
    }
    assert list(School.objects.search("лесной")) == [school]


def test_what_the_form_shows_can_be_sent_back_as_it_is(client, cast):
    cast.target.latitude, cast.target.longitude, cast.target.pupils = "58.2", "68.25", 12345
    cast.target.save()
    client.sign_in(cast.methodist)
    form = client.get(url("edit", cast.target)).context["form"]
    shown = {field.name: field.value() for field in form if field.value() not in (None, False)}
    assert (shown["latitude"], shown["longitude"]) == ("58,2", "68,25")
    answer = client.post(url("edit", cast.target), shown)
    assert "В карточке ничего не изменилось" in page(client, answer.url)
    assert not SchoolChange.objects.exists()


def test_two_at_one_card_see_both_versions_and_nothing_is_lost(client, cast):
    edit = url("edit", cast.target)
    mine = typed(cast.target, settlement="Моё", department="Моё ведомство", latitude="58,2")
    mine |= {"longitude": "68"}
    client.sign_in(cast.methodist)
    client.post(edit, typed(cast.target, settlement="Чужое"))

    answer = client.post(edit, mine)
    assert answer.status_code == 409
    shown = text_of(answer)
    for words in ("Моё", "Чужое", "Моё ведомство", "58,2", "карточку уже изменили"):
        assert words in shown
    assert School.objects.get(pk=cast.target.pk).settlement == "Чужое"

    hidden = {field.split('"')[0]: field for field in shown.split('<input type="hidden" name="')}
    assert {"settlement", "department", "version"} <= hidden.keys()
    assert client.post(edit, mine | {"version": 2}).status_code == 302
    school = School.objects.get(pk=cast.target.pk)
    assert (school.settlement, school.department, school.version) == ("Моё", "Моё ведомство", 3)
    assert school.changes.filter(old="Чужое", new="Моё").exists()


def test_the_same_form_sent_twice_harms_nothing(client, cast):
    client.sign_in(cast.methodist)
    data = typed(cast.target, settlement="Лесной")
    client.post(url("edit", cast.target), data)
    assert client.post(url("edit", cast.target), data).status_code == 302
    assert cast.target.changes.count() == 1


def test_a_form_without_a_version_overwrites_nothing(client, cast):
    client.sign_in(cast.methodist)
    data = typed(cast.target, settlement="Лесной") | {"version": ""}
    assert client.post(url("edit", cast.target), data).status_code == 409


def test_of_two_saves_at_once_one_is_stale(cast):
    values = {"settlement": "Лесной"}
    cards.save(school=cast.target, values=values, expected_version=1, by=cast.methodist)
    with pytest.raises(Stale) as stale:
        cards.save(
            school=cast.target,
            values={"settlement": "Степной"},
            expected_version=1,
            by=cast.methodist,
        )
    assert stale.value.current.settlement == "Лесной"


def test_branches_make_no_circle(client, cast):
    cast.lead.parent = cast.lonely
    cast.lead.save()
    cast.lonely.parent = cast.target
    cast.lonely.save()
    client.sign_in(cast.methodist)
    shown = text_of(client.post(url("edit", cast.target), typed(cast.target, parent="СОШ №9")))
    assert "СОШ №9 – филиал этой школы, а не наоборот." in shown
    assert School.objects.get(pk=cast.target.pk).parent is None


def test_a_school_with_risks_or_people_does_not_become_external(client, cast):
    RiskProfileFactory(school=cast.target)
    SchoolCategoryFactory(school=cast.target)
    client.sign_in(cast.methodist)
    data = typed(cast.target, org_type="vocational")
    shown = text_of(client.post(url("edit", cast.target), data))
    reason = "У школы есть рисковый профиль, категории, люди с ролью в портале"
    assert f"{reason}: внешней организацией её сделать нельзя." in shown
    empty = SchoolFactory(municipality=cast.municipality)
    assert rules.can_become_external(empty)
    assert client.post(url("edit", empty), typed(empty, org_type="other")).status_code == 302
    assert School.objects.get(pk=empty.pk).org_type == OrgType.OTHER


def test_a_closed_school_is_chosen_for_nothing_new_but_stays_where_it_was(client, cast):
    cast.lead.closed_on = date(2026, 8, 31)
    cast.lead.save()
    client.sign_in(cast.methodist)
    asked = client.get(url("edit", cast.target))
    assert "СОШ №9" not in asked.context["form"].names
    shown = text_of(client.post(url("edit", cast.target), typed(cast.target, parent="СОШ №9")))
    assert "СОШ №9: уже закрыта. Назовите действующую." in shown
    cast.target.parent = cast.lead
    cast.target.save()
    assert 'value="СОШ №9"' in page(client, url("edit", cast.target))
    data = typed(cast.target, parent="СОШ №9", settlement="Лесной")
    assert client.post(url("edit", cast.target), data).status_code == 302
    assert School.objects.get(pk=cast.target.pk).parent == cast.lead


@pytest.mark.parametrize("person", ["chair", "director", "curator"])
def test_others_are_refused_with_the_reason(client, cast, person):
    client.sign_in(getattr(cast, person))
    edit = url("edit", cast.target)
    assert edit not in page(client, url("detail", cast.target))
    for answer in (client.get(edit), client.post(edit, {})):
        assert answer.status_code == 403
        assert "Карточку школы правит методист." in text_of(answer)


def test_a_foreign_card_is_not_there_to_edit(client, cast):
    client.sign_in(cast.methodist)
    data = typed(cast.foreign_lead, settlement="Лесной")
    assert client.post(url("edit", cast.foreign_lead), data).status_code == 404


# --- Closing -----------------------------------------------------------------------------


def closing(**changes):
    return {"on": "2026-08-31", "reason": "Постановление № 7", "successor": ""} | changes


def test_a_merged_school_keeps_its_history_and_points_to_its_successor(client, cast):
    client.sign_in(cast.methodist)
    asked = page(client, url("close", cast.target))
    assert "Закрыть или реорганизовать: МОБУ «СОШ №5»?" in asked
    assert "Вход в портал есть у 2 человек этой школы" in asked
    client.post(url("close", cast.target), closing(successor="сош 9"))

    school = School.objects.get(pk=cast.target.pk)
    assert (school.closed_on, school.successor) == (date(2026, 8, 31), cast.lead)
    shown = page(client, url("detail", school))
    assert "Реорганизована 31 августа 2026 г." in shown
    assert f'<a href="{url("detail", cast.lead)}">СОШ №9</a>' in shown
    assert url("edit", school) not in shown
    heir = facts(client, cast.lead)
    assert "СОШ №5, закрыта 31 августа 2026 г." in heir
    assert url("detail", school) in heir
    history = page(client, url("history", school))
    assert "Постановление № 7" in history
    assert "Использование ИКТ" in shown  # its partnership


def test_a_closed_card_is_not_edited_until_it_is_opened_again(client, cast):
    client.sign_in(cast.methodist)
    client.post(url("close", cast.target), closing())
    answer = client.get(url("edit", cast.target))
    assert answer.status_code == 403
    assert "Школа закрыта 31 августа 2026 г." in text_of(answer)
    assert client.post(url("reopen", cast.target)).status_code == 302
    assert client.get(url("edit", cast.target)).status_code == 200
    school = School.objects.get(pk=cast.target.pk)
    assert (school.closed_on, school.version) == (None, 3)
    told = list(school.changes.values_list("what", flat=True))
    assert told[0] == "Открыта снова"
    # Twice harms nothing.
    client.post(url("reopen", cast.target))
    assert school.changes.count() == len(told)


def test_closing_twice_says_that_it_is_closed(client, cast):
    client.sign_in(cast.methodist)
    client.post(url("close", cast.target), closing())
    answer = client.post(url("close", cast.target), closing(on="2026-09-01"))
    assert "уже закрыта 31 августа 2026 г." in page(client, answer.url)
    assert School.objects.get(pk=cast.target.pk).closed_on == date(2026, 8, 31)
    school = School.objects.get(pk=cast.target.pk)
    again = {"on": date(2026, 9, 1), "successor": None, "reason": "x", "by": cast.methodist}
    assert not cards.close(school=school, **again)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": ""}, "Обязательное поле"),
        ({"on": "вчера"}, "Напишите дату, например 31.08.2026"),
        ({"on": "2026-11-25"}, "Этот день ещё не наступил"),
        ({"on": "0001-01-01"}, "Проверьте год"),
        ({"reason": " "}, "Обязательное поле"),
        ({"reason": "я" * 600}, "не более 500 символов"),
        ({"successor": "СОШ №5"}, "Это сама школа"),
        ({"successor": "СОШ №15"}, "Такой школы в муниципалитете нет"),
        ({"successor": "СОШ №47"}, "СОШ №47: уже закрыта"),
        ({"successor": str(10**30)}, "Такой школы в муниципалитете нет"),
    ],
)
def test_a_closing_that_cannot_be_is_told(client, cast, changes, sentence):
    cast.lonely.closed_on = date(2020, 1, 1)
    cast.lonely.save()
    client.sign_in(cast.methodist)
    answer = client.post(url("close", cast.target), closing(**changes))
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert School.objects.get(pk=cast.target.pk).closed_on is None


def test_branches_of_a_school_that_closes_are_named(client, cast):
    cast.lonely.parent = cast.target
    cast.lonely.save()
    shown = page(client.sign_in(cast.methodist), url("close", cast.target))
    assert "У школы есть филиалы" in shown
    assert url("edit", cast.lonely) in shown


def test_only_people_who_come_in_are_counted_once(cast):
    DirectorFactory(school=cast.target, user=cast.director, role="coordinator")
    DirectorFactory(school=cast.target, user=None, role="")
    DirectorFactory(school=cast.target, until=date(2026, 11, 23))
    assert rules.people_with_access(cast.target) == 2


def test_the_director_neither_closes_nor_edits(client, cast):
    client.sign_in(cast.director)
    answer = client.post(url("close", cast.target), closing())
    assert answer.status_code == 403
    assert "Закрытие и реорганизацию школ отмечает методист." in text_of(answer)
    assert client.post(url("reopen", cast.target)).status_code == 403
    assert client.get(CREATE).status_code == 403


# --- History -----------------------------------------------------------------------------


def a_change(school, area, what, by=None, **fields):
    return SchoolChange.objects.create(school=school, area=area, what=what, by=by, **fields)


def test_history_says_who_when_what_and_from_where(client, cast):
    a_change(
        cast.target,
        ChangeArea.CARD,
        "Адрес",
        by=cast.methodist,
        old="ул. Старая, 1",
        new="ул. Новая, 2",
        origin="школы.xlsx",
    )
    a_change(cast.target, ChangeArea.CATEGORIES, "Категория ШНОР", new="с 2026/27")
    shown = page(client.sign_in(cast.lonely_director), url("history", cast.target))
    for words in (
        *("Адрес", "ул. Старая, 1", "ул. Новая, 2", "школы.xlsx", "24.11.2026 09:00"),
        *(cast.methodist.list_name, "портал", "не указано"),
    ):
        assert words in shown
    chosen = page(client, url("history", cast.target) + "?area=categories")
    assert "Категория ШНОР" in chosen
    assert "ул. Новая" not in chosen
    assert "ничего не менялось" in page(client, url("history", cast.target) + "?area=people")
    assert client.get(url("history", cast.target) + "?area=moon&page=-1").status_code == 200


def test_history_of_risks_is_hidden_with_the_risks(client, cast):
    a_change(cast.target, ChangeArea.RISKS, "Тайный фактор")
    a_change(cast.target, ChangeArea.PAPERS, "Тайный запрос")
    history = url("history", cast.target)
    blind = page(client.sign_in(cast.lonely_director), history)
    assert "Тайный" not in blind
    assert "Рисковый профиль" not in blind.casefold()
    assert "Карточку ещё не меняли." in blind
    for person in (cast.director, cast.methodist, cast.chair):
        seen = page(client.sign_in(person), history)
        assert "Тайный фактор" in seen
        assert "Тайный запрос" in seen
    assert client.sign_in(cast.stranger).get(history).status_code == 404


def test_history_is_paged_newest_first(client, cast):
    for number in range(30):
        row = a_change(cast.target, ChangeArea.CARD, f"Правка {number}.")
        row.at += timedelta(minutes=number)
        row.save()
    shown = page(client.sign_in(cast.methodist), url("history", cast.target) + "?area=card")
    assert "Страница 1, всего 30" in shown
    assert "Правка 29." in shown
    assert "Правка 4." not in shown
    assert "area=card&amp;page=2" in shown

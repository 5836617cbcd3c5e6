"""Categories of schools: set for many from the list, ended, removed, undone; their basis."""

from datetime import date
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.academic_year import AcademicYear
from schools.enums import BasisKind, CategoryCode, ChangeArea, OrgType
from schools.models import (
    BasisDocument,
    InfrastructureCheck,
    School,
    SchoolCategory,
    SchoolChange,
    SchoolFile,
)
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)
from tests.schools.papers import EXE, PDF, WORD, office

SET = reverse("schools:categories-set")
END = reverse("schools:categories-end")
UNDO = reverse("schools:categories-undo")


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


@pytest.fixture
def low():
    return CategoryFactory(code=CategoryCode.LOW_RESULTS)


def address(*schools, page=SET):
    return f"{page}?" + "&".join(f"school={school.pk}" for school in schools)


def values(category, **others):
    return {"category": category.pk, "since": "2026/27", "kind": "order"} | others


def held(school):
    """What a school holds: codes of categories with their years."""
    rows = SchoolCategory.objects.filter(school=school).order_by("since", "category__code")
    return [(row.category.code, str(row.since), str(row.until or "")) for row in rows]


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


# --- set ---------------------------------------------------------------------------------


def test_the_form_names_the_schools_of_the_address(methodist, cast):
    html = text(methodist.get(address(cast.target, cast.lonely)))
    assert "2 школы: СОШ №5, СОШ №47." in html


def test_a_category_is_set_for_many_schools_with_a_new_order(methodist, cast, low):
    """R049: by decision of people, with the paper that says so; each card remembers it."""
    data = values(low, number="17", dated="2026-09-10", title="О перечне школ", until="2027/28")
    paper = SimpleUploadedFile("приказ 17.pdf", PDF)
    answer = methodist.post(address(cast.target, cast.lonely), data | {"file": paper})
    html = text(methodist.get(answer.url))
    assert "2 школы" in html
    assert "приказ № 17 от 10.09.2026 О перечне школ" in html
    for school in (cast.target, cast.lonely):
        assert held(school) == [("low_results", "2026/27", "2027/28")]
        change = SchoolChange.objects.get(school=school)
        assert (change.area, change.what) == (ChangeArea.CATEGORIES, "Категория «ШНОР»")
        assert change.new.startswith("с 2026/27 по 2027/28 учебный год; приказ № 17")
        assert change.by == cast.methodist
    basis = BasisDocument.objects.get()
    assert basis.file.original_name == "приказ 17.pdf"
    assert held(cast.lead) == []


def test_a_known_document_may_be_the_basis(methodist, cast, low):
    basis = BasisDocument.objects.create(municipality=cast.municipality, number="3")
    methodist.post(address(cast.lead), values(low, basis=basis.pk))
    assert SchoolCategory.objects.get().basis == basis


def test_the_same_particulars_are_one_document(methodist, cast, low):
    for school in (cast.lead, cast.target):
        methodist.post(address(school), values(low, number="17", dated="2026-09-10"))
    assert BasisDocument.objects.count() == 1


def test_categories_are_independent(methodist, cast, low):
    """R049, quirk 6: both at once, each with years of its own."""
    SchoolCategoryFactory(
        school=cast.lead, category=CategoryFactory(code=CategoryCode.ADVERSE_CONTEXT)
    )
    methodist.post(address(cast.lead), values(low, since="2025/26"))
    assert held(cast.lead) == [("low_results", "2025/26", ""), ("adverse_context", "2026/27", "")]


def test_a_school_that_holds_it_already_is_passed_over_by_name(methodist, cast, low):
    SchoolCategoryFactory(school=cast.lead, category=low, since=YEAR.previous)
    SchoolCategoryFactory(
        school=cast.target, category=low, since=YEAR.previous, until=YEAR.previous
    )
    answer = methodist.post(address(cast.lead, cast.target), values(low), follow=True)
    assert "в эти годы уже записана: СОШ №9." in text(answer)
    assert len(held(cast.lead)) == 1
    assert held(cast.target) == [
        ("low_results", "2025/26", "2025/26"),
        ("low_results", "2026/27", ""),
    ]


def test_a_second_press_sets_nothing_and_keeps_no_paper(methodist, cast, low):
    for _ in range(2):
        paper = SimpleUploadedFile("приказ.pdf", PDF)
        answer = methodist.post(address(cast.lead), values(low, number="1", file=paper))
    assert answer.status_code == 200
    assert "уже записана: СОШ №9." in text(answer)
    assert (len(held(cast.lead)), SchoolFile.objects.count()) == (1, 1)
    assert BasisDocument.objects.count() == SchoolChange.objects.count() == 1


def test_external_and_closed_schools_are_refused_by_name(methodist, cast, low):
    plant = SchoolFactory(
        municipality=cast.municipality, short_name="Завод", org_type=OrgType.ENTERPRISE
    )
    closed = SchoolFactory(
        municipality=cast.municipality, short_name="СОШ №1", closed_on="2025-08-31"
    )
    chosen = address(plant, closed, cast.lead)
    html = text(methodist.get(chosen))
    assert "Завод – не общеобразовательная организация" in html
    assert "СОШ №1 – закрыта" in html
    methodist.post(chosen, values(low))
    assert {row.school for row in SchoolCategory.objects.all()} == {cast.lead}


def test_a_part_of_the_merged_category_ends_the_merged_one_in_one_press(methodist, cast, low):
    """R052: while it was not known which applies, the school held «ШНОР и ШНСУ»."""
    merged = CategoryFactory(code=CategoryCode.LOW_OR_ADVERSE)
    SchoolCategoryFactory(school=cast.lead, category=merged, since=YEAR.previous)
    SchoolCategoryFactory(school=cast.target, category=merged)
    chosen = address(cast.lead, cast.target, cast.lonely)
    assert "Общая категория записана: СОШ №5, СОШ №9" in text(methodist.get(chosen))
    refused = text(methodist.post(chosen, values(low)))
    assert "«ШНОР и ШНСУ» завершается" in refused
    assert held(cast.lonely) == []
    methodist.post(chosen, values(low, end_merged="on"))
    assert held(cast.lead) == [
        ("low_or_adverse", "2025/26", "2025/26"),
        ("low_results", "2026/27", ""),
    ]
    assert held(cast.target) == [("low_results", "2026/27", "")]
    changes = SchoolChange.objects.filter(school=cast.target, what="Категория «ШНОР и ШНСУ»")
    assert [change.new for change in changes] == ["уточнена: ШНОР"]


def test_another_category_leaves_the_merged_one_alone(methodist, cast):
    merged = CategoryFactory(code=CategoryCode.LOW_OR_ADVERSE)
    SchoolCategoryFactory(school=cast.lead, category=merged)
    methodist.post(address(cast.lead), values(CategoryFactory(code=CategoryCode.AT_RISK)))
    assert [code for code, *_ in held(cast.lead)] == ["at_risk", "low_or_adverse"]


# --- all by the filter -------------------------------------------------------------------


def test_all_schools_of_a_filter_are_chosen_at_once(methodist, cast, low):
    for number in range(200, 230):
        SchoolFactory(municipality=cast.municipality, number=str(number), settlement="Лесной")
    SchoolFactory(municipality=cast.foreign, settlement="Лесной")
    whole = f"{SET}?all=1&settlement=Лесной"
    html = text(methodist.get(whole))
    assert "30 школ: СОШ №200" in html
    assert "и ещё 20" in html
    assert "Отбор изменился: было школ 29, стало 30" in text(
        methodist.post(whole, values(low, count="29"))
    )
    assert not SchoolCategory.objects.exists()
    methodist.post(whole, values(low, count="30"))
    there = School.objects.filter(municipality=cast.municipality, settlement="Лесной")
    assert SchoolCategory.objects.count() == there.count() == 30
    assert not SchoolCategory.objects.exclude(school__in=there).exists()


def test_more_schools_than_a_person_can_look_through_are_refused(methodist, cast, monkeypatch):
    monkeypatch.setattr("schools.views.chosen_schools.MOST", 2)
    assert "Сузьте отбор" in text(methodist.get(f"{SET}?all=1"))


# --- bad input ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", [SET, END])
def test_without_schools_the_page_says_what_to_do(methodist, cast, low, page):
    for query in ("", "?school=", "?school=x", "?school=" + "9" * 40, "?all=1&q=нет такой"):
        for answer in (methodist.get(page + query), methodist.post(page + query, values(low))):
            assert answer.status_code == 200
            assert "Школы не выбраны" in text(answer) or "не найдена" in text(answer)


@pytest.mark.parametrize("page", [SET, END])
def test_a_foreign_school_spoils_the_whole_choice(methodist, cast, low, page):
    SchoolCategoryFactory(school=cast.foreign_lead, category=low)
    answer = methodist.post(
        address(cast.lead, cast.foreign_lead, page=page), values(low, until="2026/27")
    )
    assert "Часть выбранных школ не найдена" in text(answer)
    assert held(cast.lead) == []
    assert held(cast.foreign_lead) == [("low_results", "2026/27", "")]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": "2025/26"}, "Последний год раньше первого"),
        ({"since": ""}, "Выберите учебный год из списка"),
        ({"since": "2026"}, "Выберите учебный год из списка"),
        ({"category": ""}, "Обязательное поле"),
        ({"category": "9" * 30}, "Выберите"),
        ({"dated": "31.02.2026"}, "Такой даты нет"),
        ({"basis": "9" * 30}, "Выберите"),
        ({"number": "\0"}, "символ"),
        ({"title": "я" * 301}, "300"),
    ],
)
def test_wrong_values_are_told_and_nothing_is_written(methodist, cast, low, wrong, sentence):
    answer = methodist.post(address(cast.lead), values(low) | wrong)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert not SchoolCategory.objects.exists()


def test_a_retired_category_and_one_of_another_municipality_cannot_be_chosen(methodist, cast):
    retired = CategoryFactory(code="old", name="Прежняя", is_retired=True)
    foreign = CategoryFactory(code="alien", name="Чужая категория", municipality=cast.foreign)
    html = text(methodist.get(address(cast.lead)))
    assert "Прежняя" not in html
    assert "Чужая категория" not in html
    for category in (retired, foreign):
        methodist.post(address(cast.lead), values(category))
    assert held(cast.lead) == []


def test_a_document_of_another_municipality_is_no_basis(methodist, cast, low):
    alien = BasisDocument.objects.create(municipality=cast.foreign, number="ТАЙНА")
    assert "ТАЙНА" not in text(methodist.get(address(cast.lead)))
    answer = methodist.post(address(cast.lead), values(low, basis=alien.pk))
    assert answer.status_code == 200
    assert held(cast.lead) == []


def test_a_basis_is_either_known_or_new(methodist, cast, low):
    known = BasisDocument.objects.create(municipality=cast.municipality)
    answer = methodist.post(address(cast.lead), values(low, basis=known.pk, number="5"))
    assert "что-то одно" in text(answer)
    assert held(cast.lead) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("приказ.pdf", EXE), ("приказ.docx", PDF), ("приказ.pdf", b""), ("x.html", b"<html>")],
)
def test_a_file_that_is_no_paper_is_refused(methodist, cast, low, name, content):
    file = SimpleUploadedFile(name, content)
    answer = methodist.post(address(cast.lead), values(low, number="1", file=file))
    assert answer.status_code == 200
    assert not SchoolFile.objects.exists()
    assert held(cast.lead) == []


def test_twenty_five_megabytes_are_refused(methodist, cast, low):
    file = SimpleUploadedFile("приказ.pdf", PDF + bytes(25 * 1024 * 1024))
    answer = methodist.post(address(cast.lead), values(low, file=file))
    assert "больше 20 МБ" in text(answer)
    assert not SchoolFile.objects.exists()


@pytest.mark.parametrize("who", ["chair", "director", "curator", "administrator"])
def test_only_the_methodist_sets_categories(client, cast, low, who):
    client.sign_in(getattr(cast, who))
    assert client.post(address(cast.target), values(low)).status_code == 403
    assert "Назначить категорию" not in text(client.get(reverse("schools:list")))
    assert held(cast.target) == []


# --- undo --------------------------------------------------------------------------------


def undo_fields(html):
    """Values of the hidden fields of the page «Категория назначена»."""
    form = html[html.index(f'action="{UNDO}"') :]
    return {
        name: form.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("ids", "at", "until")
    }


def test_a_set_is_taken_back_exactly(methodist, cast, low):
    SchoolCategoryFactory(school=cast.lead, category=low, since=YEAR.previous, until=YEAR.previous)
    answer = methodist.post(address(cast.lead, cast.target), values(low), follow=True)
    fields = undo_fields(text(answer))
    said = text(methodist.post(UNDO, fields, follow=True))
    assert "Назначение категории отменено у 2 школ." in said
    assert held(cast.lead) == [("low_results", "2025/26", "2025/26")]
    assert held(cast.target) == []
    last = SchoolChange.objects.filter(school=cast.target).first()
    assert (last.old, last.new) == ("с 2026/27 учебного года", "назначение отменено")
    assert "уже изменено или отменено" in text(methodist.post(UNDO, fields, follow=True))


def test_taking_back_brings_the_merged_category_back(methodist, cast, low):
    """R052: after the undo the schools are where they were."""
    merged = CategoryFactory(code=CategoryCode.LOW_OR_ADVERSE)
    order = BasisDocument.objects.create(municipality=cast.municipality, number="2")
    SchoolCategoryFactory(school=cast.lead, category=merged, since=YEAR.previous, until=YEAR.next)
    SchoolCategoryFactory(school=cast.target, category=merged, basis=order)
    before = [held(school) for school in (cast.lead, cast.target)]
    chosen = address(cast.lead, cast.target)
    answer = methodist.post(chosen, values(low, end_merged="on"), follow=True)
    assert [held(school) for school in (cast.lead, cast.target)] != before
    for _ in range(2):
        methodist.post(UNDO, undo_fields(text(answer)))
    assert [held(school) for school in (cast.lead, cast.target)] == before
    assert SchoolCategory.objects.get(school=cast.target).basis == order
    last = SchoolChange.objects.filter(school=cast.target).first()
    assert (last.what, last.new) == (
        "Категория «ШНОР и ШНСУ»",
        "с 2026/27 учебного года; назначение отменено",
    )


def test_what_was_changed_since_is_not_taken_back(methodist, cast, low):
    answer = methodist.post(address(cast.lead, cast.target), values(low), follow=True)
    fields = undo_fields(text(answer))
    row = SchoolCategory.objects.get(school=cast.lead)
    methodist.post(reverse("schools:category-end", args=[row.pk]), {"until": "2026/27"})
    methodist.post(UNDO, fields)
    assert held(cast.lead) == [("low_results", "2026/27", "2026/27")]
    assert held(cast.target) == []


def test_only_ones_own_set_is_taken_back(methodist, client, cast, low):
    answer = methodist.post(address(cast.lead), values(low), follow=True)
    fields = undo_fields(text(answer))
    client.sign_in(cast.stranger)
    client.post(UNDO, fields)
    assert len(held(cast.lead)) == 1


@pytest.mark.parametrize(
    "wrong", [{"at": "x"}, {"at": "2026-01-01"}, {"until": "x"}, {"at": "9" * 400}]
)
def test_a_forged_undo_is_not_found(methodist, cast, wrong):
    fields = {"ids": "1,x," + "9" * 40, "at": "2026-11-24T04:00:00+00:00", "until": ""}
    assert methodist.post(UNDO, fields).status_code == 302
    assert methodist.post(UNDO, fields | wrong).status_code == 404


# --- end, removal, history ---------------------------------------------------------------


def test_a_category_ends_for_many_schools_and_stays_in_the_history(methodist, cast, low):
    for school, since in (
        (cast.lead, YEAR.previous),
        (cast.target, YEAR),
        (cast.lonely, YEAR.next),
    ):
        SchoolCategoryFactory(school=school, category=low, since=since)
    chosen = address(cast.lead, cast.target, cast.lonely, page=END)
    answer = methodist.post(chosen, {"category": low.pk, "until": "2026/27"}, follow=True)
    assert "Последний год категории у 2 школ: 2026/27." in text(answer)
    assert "Начинается позже 2026/27, осталась: СОШ №47." in text(answer)
    assert held(cast.lead) == [("low_results", "2025/26", "2026/27")]
    assert held(cast.target) == [("low_results", "2026/27", "2026/27")]
    assert held(cast.lonely) == [("low_results", "2027/28", "")]
    change = SchoolChange.objects.get(school=cast.lead)
    assert (change.old, change.new) == (
        "с 2025/26 учебного года",
        "с 2025/26 по 2026/27 учебный год",
    )


def test_a_category_does_not_end_before_it_begins(methodist, cast, low):
    row = SchoolCategoryFactory(school=cast.lead, category=low)
    url = reverse("schools:category-end", args=[row.pk])
    assert "действует с 2026/27" in text(methodist.post(url, {"until": "2025/26"}))
    assert held(cast.lead) == [("low_results", "2026/27", "")]


def test_a_mistake_is_removed_after_a_question_that_names_it(methodist, cast, low):
    row = SchoolCategoryFactory(school=cast.lead, category=low)
    url = reverse("schools:category-delete", args=[row.pk])
    assert "СОШ №9: «ШНОР», с 2026/27 учебного года." in text(methodist.get(url))
    assert held(cast.lead)
    methodist.post(url)
    assert held(cast.lead) == []
    assert SchoolChange.objects.get().new == "удалена как ошибочная"
    assert methodist.post(url).status_code == 404


def test_the_history_tells_since_when_on_what_basis_and_by_whom(methodist, client, cast, low):
    data = values(low, number="17", dated="2026-09-10", file=SimpleUploadedFile("a.pdf", PDF))
    methodist.post(address(cast.lead), data)
    SchoolCategoryFactory(
        school=cast.lead,
        category=CategoryFactory(code=CategoryCode.AT_RISK),
        since=AcademicYear(2020),
        until=AcademicYear(2021),
    )
    html = text(
        client.sign_in(cast.director).get(reverse("schools:categories", args=[cast.lead.pk]))
    )
    for words in ("приказ № 17 от 10.09.2026", "24.11.2026", "с 2020/21 по 2021/22", "Скачать"):
        assert words in html
    assert cast.methodist.list_name in html
    assert "Завершить" not in html


def test_the_paper_is_given_as_a_file_to_the_municipality_only(methodist, client, cast, low):
    docx = office(WORD)
    file = SimpleUploadedFile("Приказ № 17.docx", docx)
    methodist.post(address(cast.lead), values(low, number="17", file=file))
    url = reverse("schools:basis-file", args=[BasisDocument.objects.get().pk])
    answer = client.sign_in(cast.director).get(url)
    assert b"".join(answer.streaming_content) == docx
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.sign_in(cast.stranger).get(url).status_code == 404


def test_a_document_without_a_file_gives_none(methodist, cast):
    basis = BasisDocument.objects.create(
        municipality=cast.municipality, kind=BasisKind.LIST, dated=date(2026, 9, 1)
    )
    assert methodist.get(reverse("schools:basis-file", args=[basis.pk])).status_code == 404


# --- the rule of infrastructure risks in SQL ---------------------------------------------


@pytest.mark.django_db
def test_the_database_judges_infrastructure_as_the_pure_rule_does():
    """R058: all combinations of three facts and a decision."""
    place = SchoolFactory().municipality
    answers = [True, False, None]
    schools = {}
    for number, facts in enumerate(product(answers, repeat=4)):
        school = SchoolFactory(municipality=place, number=str(1000 + number))
        internet, computers, staff, decided = facts
        check = InfrastructureCheck.objects.create(
            school=school,
            year=YEAR,
            no_internet=internet,
            no_computers=computers,
            no_staff=staff,
            decided=decided,
            decision_basis="" if decided is None else "протокол",
        )
        schools[school.pk] = bool(check.verdict.at_risk)
    found = set(School.objects.in_infrastructure_risk(YEAR).values_list("pk", flat=True))
    assert found == {pk for pk, at_risk in schools.items() if at_risk}
    assert len(schools) == 81

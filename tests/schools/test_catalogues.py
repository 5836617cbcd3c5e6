"""Catalogues in the portal: who keeps which rows, what is used is retired and never deleted."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from network_portal.catalogues import load_catalogues
from schools.actions import catalogues as actions
from schools.catalogues import all_catalogues
from schools.codes import code_of
from schools.enums import FactorGroup
from schools.forms.catalogues import FactorForm
from schools.models import Category, Direction, LegalForm, RiskFactor, School, SchoolFeature
from schools.rules import catalogues as rules
from schools.usage import uses_of
from tests.schools.factories import (
    CategoryFactory,
    DirectionFactory,
    RiskFactorFactory,
    RiskProfileItemFactory,
    SchoolFactory,
)


def url(name: str, *args) -> str:
    return reverse(f"schools:{name}", args=args)


def names(slug: str, client) -> list[str]:
    return [row["item"].name for row in client.get(url("catalogue", slug)).context["rows"]]


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


@pytest.fixture
def own(cast) -> Direction:
    return DirectionFactory(name="Своё направление", municipality=cast.municipality)


def a_factor(**more) -> dict[str, object]:
    return {"name": "Новый фактор", "group": FactorGroup.PUPILS} | more


# Who keeps what


def test_methodist_sees_common_and_own_rows_and_changes_the_own_ones(methodist, cast, own):
    DirectionFactory(name="Общее направление")
    DirectionFactory(name="Чужое направление", municipality=cast.foreign)
    page = methodist.get(url("catalogue", "directions"))
    can = {row["item"].name: row["can_change"] for row in page.context["rows"]}
    assert can == {"Общее направление": False, "Своё направление": True}
    assert rules.COMMON in page.content.decode()


def test_common_row_is_the_administrators(client, cast, own):
    common = DirectionFactory(name="Общее направление")
    edit = url("catalogue-edit", "directions", common.pk)
    refused = client.sign_in(cast.methodist).post(edit, {"name": "Иначе"})
    assert refused.status_code == 403
    assert "правит администратор" in refused.content.decode()
    client.sign_in(cast.administrator)
    assert names("directions", client) == ["Общее направление"]
    client.post(edit, {"name": "Иначе"})
    assert names("directions", client) == ["Иначе"]


def test_row_of_another_municipality_does_not_exist(methodist, cast):
    foreign = DirectionFactory(name="Чужое", municipality=cast.foreign)
    for verb in ("edit", "retire", "restore", "delete", "move"):
        answer = methodist.post(url(f"catalogue-{verb}", "directions", foreign.pk), {"to": "up"})
        assert answer.status_code == 404
    foreign.refresh_from_db()
    assert (foreign.name, foreign.is_retired) == ("Чужое", False)


def test_row_is_added_where_its_author_keeps_rows(client, cast):
    client.sign_in(cast.methodist).post(url("catalogue-add", "directions"), {"name": "Музеи"})
    client.sign_in(cast.administrator).post(url("catalogue-add", "directions"), {"name": "Театры"})
    rows = Direction.objects.values_list("name", "municipality", "code")
    assert set(rows) == {
        ("Музеи", cast.municipality.pk, "muzei"),
        ("Театры", None, "teatry"),
    }


def test_index_counts_common_own_and_retired_rows(methodist, cast, own):
    DirectionFactory.create_batch(2)
    DirectionFactory(is_retired=True)
    rows = methodist.get(url("catalogues")).context["rows"]
    counts = {row["catalogue"].slug: row for row in rows}["directions"]
    assert (counts["common"], counts["own"], counts["retired"]) == (2, 1, 1)


@pytest.mark.parametrize("slug", [one.slug for one in all_catalogues()])
def test_every_catalogue_opens_with_its_rows_and_forms(client, cast, slug):
    load_catalogues()
    client.sign_in(cast.administrator)
    rows = client.get(url("catalogue", slug)).context["rows"]
    assert rows
    edit = client.get(url("catalogue-edit", slug, rows[0]["item"].pk))
    assert edit.context["form"].initial["name"] == rows[0]["item"].name
    assert client.get(url("catalogue-add", slug)).status_code == 200


def test_unknown_catalogue_does_not_exist(methodist):
    assert methodist.get(url("catalogue", "passwords")).status_code == 404


# Retiring and deleting


def test_retired_factor_stays_in_the_profile_and_is_not_offered_anew(methodist, cast):
    factor = RiskFactorFactory(name="Старый фактор", municipality=cast.municipality)
    item = RiskProfileItemFactory(profile__school=cast.target, factor=factor)
    methodist.post(url("catalogue-retire", "factors", factor.pk))
    card = methodist.get(reverse("schools:detail", args=[cast.target.pk])).content.decode()
    assert "Старый фактор" in card
    assert item.profile.items.get().factor == factor
    offered = FactorForm(municipality=cast.municipality).fields["replaced_by"].queryset
    assert list(offered) == []
    assert names("factors", methodist) == []
    shown = methodist.get(url("catalogue", "factors"), {"show": "all"})
    assert "Старый фактор" in shown.content.decode()
    methodist.post(url("catalogue-restore", "factors", factor.pk))
    assert names("factors", methodist) == ["Старый фактор"]


def test_retiring_twice_harms_nothing(methodist, own):
    for said in ("убрано из выбора", "уже убрано"):
        answer = methodist.post(url("catalogue-retire", "directions", own.pk), follow=True)
        assert said in answer.content.decode()
    own.refresh_from_db()
    assert own.is_retired


def test_used_row_is_not_deleted_and_the_page_says_where_it_is_used(methodist, cast, own):
    feature = SchoolFeature.objects.create(code="x", name="Особенность")
    feature.directions.add(own)
    delete = url("catalogue-delete", "directions", own.pk)
    answer = methodist.post(delete)
    assert answer.status_code == 409
    assert "особенности школ: 1" in answer.content.decode()
    assert "Убрать из выбора" in methodist.get(delete).content.decode()
    assert Direction.objects.filter(pk=own.pk).exists()


def test_row_that_came_into_use_meanwhile_is_not_deleted(cast, own):
    feature = SchoolFeature.objects.create(code="x", name="Особенность")
    feature.directions.add(own)
    with pytest.raises(Exception, match="уже используется"):
        actions.delete(row=own)
    assert Direction.objects.filter(pk=own.pk).exists()


def test_unused_row_is_deleted_after_a_question(methodist, own):
    delete = url("catalogue-delete", "directions", own.pk)
    assert "Удалить «Своё направление»" in methodist.get(delete).content.decode()
    methodist.post(delete)
    assert not Direction.objects.filter(pk=own.pk).exists()
    assert methodist.post(delete).status_code == 404


def test_what_a_row_chooses_itself_is_no_use_of_it(cast, own):
    factor = RiskFactorFactory()
    factor.directions.add(own)
    assert uses_of(factor) == []
    assert [use.where for use in uses_of(own)] == ["факторы риска"]
    RiskFactorFactory(replaced_by=factor)
    assert [(use.where, use.number) for use in uses_of(factor)] == [("факторы риска", "1")]


# Order


def test_rows_are_put_in_order_among_those_of_the_same_keeper(methodist, cast):
    first, second, third = (
        DirectionFactory(name=name, municipality=cast.municipality, position=7)
        for name in ("Первое", "Второе", "Третье")
    )
    DirectionFactory(name="Общее", position=1)
    assert names("directions", methodist) == ["Общее", "Второе", "Первое", "Третье"]
    methodist.post(url("catalogue-move", "directions", third.pk), {"to": "up"})
    assert names("directions", methodist) == ["Общее", "Второе", "Третье", "Первое"]
    methodist.post(url("catalogue-move", "directions", second.pk), {"to": "up"})
    methodist.post(url("catalogue-move", "directions", first.pk), {"to": "down"})
    assert names("directions", methodist) == ["Общее", "Второе", "Третье", "Первое"]
    assert methodist.post(url("catalogue-move", "directions", first.pk)).status_code == 404


def test_search_knows_no_letter_case(methodist, cast, own):
    DirectionFactory(name="Обучение детей с ОВЗ")
    page = methodist.get(url("catalogue", "directions"), {"q": "овз ОБУЧЕНИЕ"})
    assert [row["item"].name for row in page.context["rows"]] == ["Обучение детей с ОВЗ"]


# Bad input


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Напишите название."),
        ("   ", "Напишите название."),
        ("— !", "В названии нужны буквы или цифры."),
        ("ж" * 600, "600"),
        ("нуль\x00", "ноль-байт"),
        ("СВОЁ  направление", "Такая строка уже есть: «Своё направление»."),
        ("общее", "Она убрана из выбора – верните её."),
    ],
)
def test_bad_name_is_refused_in_words(methodist, own, name, sentence):
    DirectionFactory(name="Общее", is_retired=True)
    before = Direction.objects.count()
    answer = methodist.post(url("catalogue-add", "directions"), {"name": name})
    assert sentence.lower() in errors(answer)["name"][0].lower()
    assert Direction.objects.count() == before


def test_same_name_sent_twice_at_once_is_a_sentence(methodist, cast, monkeypatch):
    def beaten(**kwargs):
        raise IntegrityError

    monkeypatch.setattr(actions, "save", beaten)
    answer = methodist.post(url("catalogue-add", "directions"), {"name": "Музеи"})
    assert "только что добавил" in errors(answer)["name"][0]
    assert "Музеи" in answer.content.decode()


def test_database_holds_one_row_of_a_code(cast):
    with pytest.raises(IntegrityError):
        DirectionFactory.create_batch(2, code="muzei", municipality=cast.municipality)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("valid_to", "2022", "раньше первого: 2024–2022"),
        ("valid_to", "сорок", "Напишите год числом"),
        ("valid_from", "19", "Напишите год числом"),
        ("valid_from", "9" * 40, "Напишите год числом"),
        ("group", "", "Обязательное поле"),
        ("group", "magic", "magic"),
        ("replaced_by", "9" * 40, "Выберите"),
        ("directions", "9" * 40, "Выберите"),
        ("aliases", "ж" * 600, "длиннее 500"),
        ("aliases", "\n".join(f"строка {n}" for n in range(60)), "Не больше 50"),
        ("definition", "ж" * 3000, "3000"),
    ],
)
def test_bad_factor_is_refused_in_words(methodist, field, value, sentence):
    data = a_factor(valid_from="2024") | {field: value}
    answer = methodist.post(url("catalogue-add", "factors"), data)
    assert sentence in " ".join(errors(answer)[field])
    assert not RiskFactor.objects.exists()


def test_alias_means_one_factor_and_a_clash_names_the_other(methodist, cast):
    """Quirk 11."""
    RiskFactorFactory(name="Дефицит кадров", short_name="Кадры", aliases=["Нехватка учителей"])
    for text in ("нехватка  УЧИТЕЛЕЙ", "дефицит кадров", "кадры"):
        answer = methodist.post(url("catalogue-add", "factors"), a_factor(aliases=f"иное\n{text}"))
        assert "фактор «Дефицит кадров»" in errors(answer)["aliases"][0]
    answer = methodist.post(url("catalogue-add", "factors"), a_factor(name="Нехватка учителей"))
    assert "«Дефицит кадров»" in errors(answer)["name"][0]
    answer = methodist.post(url("catalogue-add", "factors"), a_factor(short_name="КАДРЫ"))
    assert "«Дефицит кадров»" in errors(answer)["short_name"][0]


def test_replacement_makes_no_circle(methodist, cast):
    first, second, third = (RiskFactorFactory(municipality=cast.municipality) for _ in range(3))
    second.replaced_by, third.replaced_by = first, second
    second.save()
    third.save()
    edit = url("catalogue-edit", "factors", first.pk)
    answer = methodist.post(edit, a_factor(replaced_by=third.pk))
    assert "круг" in errors(answer)["replaced_by"][0]
    answer = methodist.post(edit, a_factor(replaced_by=first.pk))
    assert "replaced_by" in errors(answer)


def test_factor_is_saved_whole(methodist, cast, own):
    heir = RiskFactorFactory(name="Преемник")
    sent = a_factor(
        short_name="Коротко",
        deficit="resource",
        definition="Что это значит",
        valid_from="2020",
        valid_to="2021",
        replaced_by=heir.pk,
        aliases="Первое написание\n\nВторое  написание\nпервое написание",
        directions=[own.pk],
    )
    methodist.post(url("catalogue-add", "factors"), sent)
    factor = RiskFactor.objects.get(code="novyy_faktor")
    assert factor.aliases == ["первое написание", "Второе написание"]
    assert (factor.valid_from, factor.valid_to, factor.replaced_by) == (2020, 2021, heir)
    assert list(factor.directions.all()) == [own]
    edit = methodist.get(url("catalogue-edit", "factors", factor.pk))
    assert "первое написание\nВторое написание" in edit.content.decode()


# What depends on a row


def test_category_of_people_takes_no_code_that_rules_know(methodist, cast):
    CategoryFactory()
    methodist.post(url("catalogue-add", "categories"), {"name": "Resilient", "badge_tone": "ok"})
    assert Category.objects.get(name="Resilient").code == "resilient_2"


def test_look_of_a_category_that_rules_know_is_not_asked(client, cast):
    common = CategoryFactory(code="low_results", name="ШНОР")
    own = CategoryFactory(code="own", name="Опорная", municipality=cast.municipality)
    client.sign_in(cast.administrator)
    form = client.get(url("catalogue-edit", "categories", common.pk)).context["form"]
    assert list(form.fields) == ["name"]
    client.sign_in(cast.methodist)
    form = client.get(url("catalogue-edit", "categories", own.pk)).context["form"]
    assert list(form.fields) == ["name", "badge_tone"]


def test_schools_are_found_by_the_new_name_of_their_legal_form(client, cast):
    form = LegalForm.objects.get(code="mobu")
    school = SchoolFactory(municipality=cast.municipality, legal_form=form, number="77")
    client.sign_in(cast.administrator)
    client.post(url("catalogue-edit", "legal-forms", form.pk), {"name": "МКОУП"})
    assert school in School.objects.search("мкоуп 77")
    assert school not in School.objects.search("мобу 77")


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Щука и ёж", [], "shchuka_i_ezh"),
        ("Подъезд – «новый»", [], "podezd_novyy"),
        ("ШНОР", ["shnor", "shnor_2"], "shnor_3"),
        ("Ңө", [], "row"),
    ],
)
def test_code_is_made_from_the_name(name, taken, code):
    assert code_of(name, taken) == code


def test_long_names_that_begin_alike_have_codes_of_their_own():
    first = code_of("ж" * 400, [])
    second = code_of("ж" * 400, [first])
    assert len({first, second}) == 2
    assert max(len(first), len(second)) <= 60

"""«Информационные ресурсы» of the network and of a partnership (R098)."""

import pytest
from django.urls import reverse

from partnerships.actions import materials as actions
from partnerships.enums import PartnershipState
from partnerships.models import Material, Partnership, PartnershipChange, PartnershipFile
from tests.partnerships.factories import MaterialFactory
from tests.schools import papers
from tests.urls_walk import material_of

LIST, ADD = reverse("partnerships:materials-list"), reverse("partnerships:material-add")
FIELDS = {"title": "Рекомендации для классных руководителей", "note": "", "url": ""}


def tab(partnership):
    return reverse("partnerships:materials", args=[partnership.pk])


def add(partnership):
    return reverse("partnerships:partnership-material-add", args=[partnership.pk])


def url_of(verb, material):
    return reverse(f"partnerships:material-{verb}", args=[material.pk])


def page(client, url):
    return client.get(url).content.decode().replace("\xa0", " ")


def stored_files():
    return sorted(str(one.file.name) for one in PartnershipFile.objects.all())


# --- the list ----------------------------------------------------------------------------


def test_everybody_of_the_municipality_finds_the_resources_of_the_network(client, cast):
    """R098; a partnership's own materials stay with it."""
    MaterialFactory(municipality=cast.municipality, title="Банк диагностик", note="для 5 классов")
    MaterialFactory(municipality=cast.municipality, title="Образец программы")
    MaterialFactory(municipality=cast.foreign, title="Чужой материал")
    MaterialFactory(
        municipality=cast.municipality, partnership=cast.partnership, title="Только для пары"
    )
    client.sign_in(cast.lonely_director)
    html = page(client, LIST)
    assert "Банк диагностик" in html
    assert "Образец программы" in html
    assert "Чужой материал" not in html
    assert "Только для пары" not in html
    assert "Образец программы" not in page(client, f"{LIST}?q=ДИАГНОСТИК 5")
    assert "По этому отбору материалов нет." in page(client, f"{LIST}?q=нет")


def test_an_empty_list_says_who_fills_it(client, cast):
    assert "ведёт методист муниципалитета" in page(client.sign_in(cast.director), LIST)
    assert "Добавить материал" in page(client.sign_in(cast.methodist), LIST)


def test_resources_are_taken_back_and_offered_again(client, cast):
    material = material_of(cast.municipality, cast.methodist)
    client.sign_in(cast.methodist)
    assert client.post(url_of("retire", material)).url == LIST
    assert f"Материал убран: {material.title}." in page(client, LIST)
    assert material.title not in page(client, LIST)
    assert material.title in page(client, f"{LIST}?state=retired")
    client.sign_in(cast.director)
    assert material.title not in page(client, f"{LIST}?state=all")
    assert client.get(url_of("file", material)).status_code == 403
    client.sign_in(cast.methodist).post(url_of("restore", material))
    assert material.title in page(client, LIST)


def test_pages_keep_the_filter_and_the_order(client, cast):
    for number in range(30):
        MaterialFactory(municipality=cast.municipality, title=f"Урок {number}")
    html = page(client.sign_in(cast.director), f"{LIST}?q=урок&sort=-added")
    assert "Страница 1, всего 30" in html
    assert "sort=-added&amp;page=2" in html


# --- saving ------------------------------------------------------------------------------


def test_a_file_is_told_by_its_content_and_comes_back_as_it_was(client, cast):
    client.sign_in(cast.methodist)
    answer = client.post(ADD, FIELDS | {"upload": papers.upload()})
    assert answer.url == LIST
    material = Material.objects.get()
    assert (material.municipality, material.partnership) == (cast.municipality, None)
    assert material.author == cast.methodist
    got = client.sign_in(cast.director).get(url_of("file", material))
    assert b"".join(got.streaming_content) == papers.PDF
    assert got["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Укажите ссылку или приложите файл."),
        ({"url": "javascript:alert(1)"}, "Напишите адрес целиком"),
        ({"title": "", "url": "https://school.example"}, "Назовите материал."),
        ({"upload": papers.upload(papers.EXE, "Программа.pdf")}, "Такие файлы не принимаются."),
        ({"upload": papers.upload(papers.PDF, "Программа.docx")}, "а внутри документ PDF"),
    ],
)
def test_bad_input_is_refused_in_the_form(client, cast, more, sentence):
    answer = client.sign_in(cast.methodist).post(ADD, FIELDS | more)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Material.objects.exists()
    assert stored_files() == []


def test_the_same_resource_twice_is_one_row_with_one_file(client, cast):
    client.sign_in(cast.methodist)
    for _ in range(2):
        client.post(ADD, FIELDS | {"upload": papers.upload()})
    assert Material.objects.count() == 1
    assert len(stored_files()) == 1


def test_a_new_file_takes_the_place_of_the_old(client, cast):
    material = material_of(cast.municipality, cast.methodist)
    old = material.file_id
    client.sign_in(cast.methodist)
    data = FIELDS | {"seen": actions.mark(material), "upload": papers.upload(name="Новая.pdf")}
    client.post(url_of("edit", material), data)
    material.refresh_from_db()
    assert material.file.original_name == "Новая.pdf"
    assert not PartnershipFile.objects.filter(pk=old).exists()


def test_a_resource_keeps_a_link_or_a_file(client, cast):
    material = material_of(cast.municipality, cast.methodist)
    data = FIELDS | {"seen": actions.mark(material), "drop_file": "on"}
    answer = client.sign_in(cast.methodist).post(url_of("edit", material), data)
    assert "Укажите ссылку или приложите файл." in answer.content.decode()
    client.post(url_of("edit", material), data | {"url": "https://school.example/new"})
    material.refresh_from_db()
    assert (material.file, material.url) == (None, "https://school.example/new")
    assert stored_files() == []


def test_the_second_of_two_people_sees_what_the_first_wrote(client, cast):
    material = MaterialFactory(municipality=cast.municipality)
    seen = actions.mark(material)
    client.sign_in(cast.methodist)
    edit, link = url_of("edit", material), {"url": "https://school.example/a"}
    client.post(edit, FIELDS | link | {"seen": seen, "title": "Первый"})
    answer = client.post(edit, FIELDS | link | {"seen": seen, "title": "Второй"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Материал уже изменили" in html
    assert "Первый" in html
    assert 'value="Второй"' in html
    assert Material.objects.get().title == "Первый"


def test_deleting_asks_first_and_takes_the_file_along(
    client, cast, django_capture_on_commit_callbacks
):
    material = material_of(cast.municipality, cast.methodist)
    storage, name = material.file.file.storage, str(material.file.file.name)
    client.sign_in(cast.methodist)
    assert f"Удалить материал «{material.title}»?" in page(client, url_of("delete", material))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url_of("delete", material))
    assert not Material.objects.exists()
    assert not storage.exists(name)


# --- of a partnership --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["methodist", "curator"])
def test_methodist_and_curator_add_and_members_read(client, cast, who):
    client.sign_in(getattr(cast, who))
    client.post(add(cast.partnership), FIELDS | {"url": "https://school.example/plan"})
    material = Material.objects.get()
    assert material.partnership == cast.partnership
    change = PartnershipChange.objects.get(partnership=cast.partnership)
    assert (change.what, change.new) == ("Материал добавлен", material.title)
    for person in (cast.director, cast.lead_director, cast.chair):
        html = page(client.sign_in(person), tab(cast.partnership))
        assert material.title in html
        assert url_of("edit", material) not in html
    assert material.title not in page(client.sign_in(cast.lonely_director), LIST)


def test_a_file_of_a_partnership_is_hidden_from_other_schools(client, cast):
    material = material_of(cast.municipality, cast.methodist)
    Material.objects.update(partnership=cast.partnership)
    for person in (cast.lonely_director, cast.stranger, cast.administrator):
        assert client.sign_in(person).get(url_of("file", material)).status_code == 404
    got = client.sign_in(cast.director).get(url_of("file", material))
    assert b"".join(got.streaming_content).startswith(b"%PDF-")
    assert client.get(url_of("edit", material)).status_code == 403


@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.FINISHED])
def test_a_paused_or_ended_partnership_is_only_read(client, cast, state):
    material = MaterialFactory(municipality=cast.municipality, partnership=cast.partnership)
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=state)
    client.sign_in(cast.methodist)
    assert material.title in page(client, tab(cast.partnership))
    assert client.get(add(cast.partnership)).status_code == 403
    for verb in ("edit", "retire", "delete"):
        assert client.post(url_of(verb, material)).status_code == 403
    assert Material.objects.get().is_retired is False


def test_the_file_of_the_list_says_what_the_page_says(client, cast):
    MaterialFactory(municipality=cast.municipality, title="=1+1")
    MaterialFactory(municipality=cast.foreign, title="Чужой материал")
    answer = client.sign_in(cast.director).get(reverse("partnerships:materials-export"))
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) > 1000

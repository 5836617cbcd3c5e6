"""What schools share, offer and need: the tab of a card and the lists of the municipality."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from schools.actions import sharing as actions
from schools.enums import ChangeArea, OrgType, ResourceKind, ResourceSide
from schools.models import Experience, Resource, SchoolChange
from tests.schools.factories import (
    DirectionFactory,
    ExperienceFactory,
    ResourceFactory,
    RiskFactorFactory,
    SchoolFactory,
)


def url(name: str, *args) -> str:
    return reverse(f"schools:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def told(school) -> list[tuple[str, str, str]]:
    rows = SchoolChange.objects.filter(school=school, area=ChangeArea.SHARING).order_by("pk")
    return list(rows.values_list("what", "old", "new"))


@pytest.fixture
def direction(cast):
    return DirectionFactory(name="Развитие личностного потенциала")


@pytest.fixture
def director(client, cast):
    return client.sign_in(cast.director)


# The tab of a card


def test_experience_says_what_with_which_factor_and_from_where(director, cast, direction):
    """R062, R067."""
    factor = RiskFactorFactory(short_name="Компетентность педагогов")
    sent = {"text": "Школа молодого учителя", "factor": factor.pk, "direction": direction.pk}
    director.post(url("experience-add", cast.target.pk), sent | {"basis": "проект 500+"})
    row = Experience.objects.get()
    assert (row.school, row.author, row.factor) == (cast.target, cast.director, factor)
    page = text(director.get(url("sharing", cast.target.pk)))
    for words in ("Школа молодого учителя", "Компетентность педагогов", "проект 500+"):
        assert words in page
    assert "Развитие личностного потенциала" in page
    assert told(cast.target) == [("Опыт", "", "Школа молодого учителя")]


@pytest.mark.parametrize("kind", ResourceKind.values)
def test_resource_is_offered_or_needed_by_kind(director, cast, kind):
    """R110: кадровые, программно-методические, информационные, материально-технические."""
    for side in ResourceSide.values:
        sent = {"side": side, "kind": kind, "text": f"Что-то: {side}"}
        director.post(url("resource-add", cast.target.pk), sent)
    context = director.get(url("sharing", cast.target.pk)).context
    assert [row.text for row in context["offers"].rows] == ["Что-то: offers"]
    assert [row.text for row in context["needs"].rows] == ["Что-то: needs"]
    assert context["needs"].rows[0].get_kind_display() == ResourceKind(kind).label


@pytest.mark.parametrize("org_type", [OrgType.HIGHER, OrgType.EXTRA, OrgType.OTHER])
def test_external_organisation_shares_too(client, cast, direction, org_type):
    """R118, R121: a university, a house of creativity, a museum."""
    museum = SchoolFactory(
        municipality=cast.municipality, org_type=org_type, short_name="Краеведческий музей"
    )
    client.sign_in(cast.methodist)
    sent = {"text": "Музейные уроки", "direction": direction.pk}
    client.post(url("experience-add", museum.pk), sent)
    assert "Музейные уроки" in text(client.get(url("experience")))
    assert "Опыт и ресурсы" in text(client.get(url("detail", museum.pk)))


def test_changes_are_told_with_old_and_new_values(director, cast, direction):
    row = ExperienceFactory(school=cast.target, text="Было", direction=direction)
    sent = {"text": "Стало", "direction": direction.pk, "basis": "проект 500+"}
    director.post(url("experience-edit", row.pk), sent)
    assert told(cast.target) == [
        ("Опыт «Стало»: чем может поделиться", "Было", "Стало"),
        ("Опыт «Стало»: откуда опыт", "", "проект 500+"),
    ]


def test_taken_back_leaves_the_lists_and_may_return(director, cast):
    row = ExperienceFactory(school=cast.target, text="Дебаты")
    for _ in range(2):
        director.post(url("experience-retire", row.pk))
    assert director.get(url("experience")).context["page"].items == []
    assert "Больше не предлагается: 1" in text(director.get(url("sharing", cast.target.pk)))
    director.post(url("experience-restore", row.pk))
    assert director.get(url("experience")).context["page"].items == [row]
    states = [(old, new) for _, old, new in told(cast.target)]
    assert states == [
        (actions.OFFERED, actions.TAKEN_BACK),
        (actions.TAKEN_BACK, actions.OFFERED),
    ]


def test_deleting_asks_and_is_told(director, cast):
    row = ResourceFactory(school=cast.target, text="Лыжная база")
    delete = url("resource-delete", row.pk)
    assert "Удалить: Лыжная база?" in text(director.get(delete))
    director.post(delete)
    assert not Resource.objects.exists()
    assert told(cast.target) == [("Ресурс", "Лыжная база", "")]
    assert director.post(delete).status_code == 404


def test_the_same_sent_twice_is_written_once(director, cast, direction):
    sent = {"text": "Дебаты", "direction": direction.pk}
    for _ in range(2):
        answer = director.post(url("experience-add", cast.target.pk), sent, follow=True)
    assert "второй раз не добавлено" in text(answer)
    assert Experience.objects.count() == 1
    assert len(told(cast.target)) == 1


def test_neighbour_sees_the_tab_and_changes_nothing(client, cast):
    row = ExperienceFactory(school=cast.target, text="Дебаты")
    client.sign_in(cast.lead_director)
    page = client.get(url("sharing", cast.target.pk))
    assert "Дебаты" in text(page)
    assert "записывают методист, директор и координатор этой школы" in text(page)
    assert "Править" not in text(page)
    assert client.post(url("experience-edit", row.pk), {"text": "x"}).status_code == 403
    row.refresh_from_db()
    assert row.text == "Дебаты"


def test_closed_school_keeps_what_it_shared_and_adds_nothing(client, cast):
    ExperienceFactory(school=cast.target, text="Дебаты")
    cast.target.closed_on = "2026-09-01"
    cast.target.save()
    client.sign_in(cast.methodist)
    page = text(client.get(url("sharing", cast.target.pk)))
    assert "Дебаты" in page
    assert "Школа закрыта" in page
    assert client.get(url("experience-add", cast.target.pk)).status_code == 403
    assert "Дебаты" not in text(client.get(url("experience")))


def test_retired_factor_is_not_offered_but_stays_where_it_was_chosen(director, cast):
    old = RiskFactorFactory(name="Старый фактор", is_retired=True)
    row = ExperienceFactory(school=cast.target, factor=old)
    assert "Старый фактор" not in text(director.get(url("experience-add", cast.target.pk)))
    edit = url("experience-edit", row.pk)
    assert "Старый фактор" in text(director.get(edit))
    director.post(edit, {"text": "Иначе", "factor": old.pk})
    row.refresh_from_db()
    assert (row.text, row.factor) == ("Иначе", old)


# The lists


def test_lists_show_own_municipality_only(client, cast):
    ExperienceFactory(school=cast.foreign_target, text="Чужой опыт")
    ResourceFactory(school=cast.foreign_target, text="Чужой ресурс")
    ExperienceFactory(school=cast.target, text="Здешний опыт")
    ResourceFactory(school=cast.target, text="Здешний ресурс")
    client.sign_in(cast.chair)
    assert "Здешний опыт" in text(client.get(url("experience")))
    assert "Чужой" not in text(client.get(url("experience")))
    assert "Здешний ресурс" in text(client.get(url("resources")))
    assert "Чужой" not in text(client.get(url("resources")))
    client.sign_in(cast.stranger)
    assert "Чужой опыт" in text(client.get(url("experience")))


def test_experience_is_found_by_factor_direction_words_and_school(client, cast, direction):
    factor = RiskFactorFactory()
    ExperienceFactory(school=cast.target, text="Работа с ОВЗ", factor=factor)
    ExperienceFactory(school=cast.lead, text="Дебаты", direction=direction, basis="Проект 500+")
    client.sign_in(cast.chair)

    def found(**query) -> list[str]:
        return [row.text for row in client.get(url("experience"), query).context["page"]]

    assert found(factor=factor.pk) == ["Работа с ОВЗ"]
    assert found(direction=direction.pk) == ["Дебаты"]
    assert found(q="овз РАБОТА") == ["Работа с ОВЗ"]
    assert found(q="проект 500+") == ["Дебаты"]
    assert found(q="№9") == ["Дебаты"]
    assert found(q="такого нет") == []
    assert found() == ["Работа с ОВЗ", "Дебаты"]
    # What is no choice narrows nothing.
    assert len(found(factor="9" * 40, direction="x")) == 2


def test_resources_are_found_by_side_and_kind(client, cast):
    ResourceFactory(school=cast.target, text="Бассейн", kind=ResourceKind.MATERIAL)
    ResourceFactory(
        school=cast.lead, text="Логопед", kind=ResourceKind.STAFF, side=ResourceSide.NEEDS
    )
    client.sign_in(cast.chair)
    for query in ({"side": "needs"}, {"kind": "staff"}, {"q": "логопед"}):
        assert [row.text for row in client.get(url("resources"), query).context["page"]] == [
            "Логопед"
        ]


def test_table_holds_what_the_list_shows(client, cast, direction):
    ExperienceFactory(school=cast.target, text="=СУММ(1)", direction=direction)
    ExperienceFactory(school=cast.lead, text="Дебаты", basis="проект 500+")
    ExperienceFactory(school=cast.foreign_target, text="Чужой опыт")
    client.sign_in(cast.chair)
    answer = client.get(url("experience-export"), {"direction": direction.pk})
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "Отбор: Направление: Развитие личностного потенциала" in rows[1][0]
    assert rows[4:] == [["СОШ №5", "=СУММ(1)", None, "Развитие личностного потенциала", None]]
    assert sheet["B5"].data_type == "s"


def test_table_of_resources_has_all_of_them(client, cast):
    ResourceFactory(school=cast.target, text="Бассейн")
    client.sign_in(cast.chair)
    answer = client.get(url("resources-export"))
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert [cell.value for cell in sheet[5]] == [
        *("СОШ №5", "предлагает", "материально-технические", "Бассейн")
    ]


def test_empty_lists_say_what_to_do(client, cast):
    client.sign_in(cast.methodist)
    for name in ("experience", "resources", "mentors"):
        assert "на вкладке «Опыт и ресурсы»" in text(client.get(url(name)))
        assert "По этому отбору" in text(client.get(url(name), {"q": "такого нет"}))


# Bad input


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"text": ""}, "text", "Напишите, чем школа может поделиться."),
        ({"text": "ж" * 600}, "text", "300"),
        ({"text": "нуль\x00"}, "text", "ноль-байт"),
        ({"factor": "9" * 40}, "factor", "Выберите"),
        ({"direction": "x"}, "direction", "Выберите"),
        ({}, "factor", "Укажите фактор риска или направление"),
    ],
)
def test_bad_experience_is_refused_in_words(director, cast, sent, field, sentence):
    answer = director.post(url("experience-add", cast.target.pk), {"text": "Опыт"} | sent)
    assert sentence in " ".join(errors(answer)[field])
    assert not Experience.objects.exists()


def test_direction_of_another_municipality_is_no_choice(director, cast):
    foreign = DirectionFactory(name="Чужое", municipality=cast.foreign)
    sent = {"text": "Опыт", "direction": foreign.pk}
    assert "direction" in errors(director.post(url("experience-add", cast.target.pk), sent))


@pytest.mark.parametrize("missing", ["side", "kind", "text"])
def test_resource_needs_all_three(director, cast, missing):
    sent = {"side": "offers", "kind": "staff", "text": "Логопед"} | {missing: ""}
    answer = director.post(url("resource-add", cast.target.pk), sent)
    assert list(errors(answer)) == [missing]


# The pages of the section


def test_links_of_the_section_are_those_that_the_person_may_open(client, cast):
    def labels(who, name) -> list[str]:
        links = client.sign_in(who).get(url(name)).context["section_links"]
        return [link.label for link in links]

    common = {"Список", "Опыт", "Ресурсы", "Наставники"}
    assert common | {"Справочники"} <= set(labels(cast.methodist, "experience"))
    director = set(labels(cast.director, "experience"))
    assert common <= director
    assert not director & {"Справочники", "Загрузка таблиц"}
    assert labels(cast.administrator, "catalogues") == []
    current = client.sign_in(cast.chair).get(url("mentors")).context["section_links"]
    assert [link.label for link in current if link.current] == ["Наставники"]

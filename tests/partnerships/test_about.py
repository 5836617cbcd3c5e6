"""«О сети»: the words of the seeds as the page shows them, each list under its document."""

import pytest
from django.urls import reverse

from network_portal.catalogues import load_catalogues
from network_portal.catalogues.statements import BRIEF, PROGRAMME, PROJECT, SLIDES, TALK
from partnerships.enums import StatementKind
from partnerships.models import Statement

ABOUT = reverse("partnerships:about")


@pytest.fixture
def read(client, cast):
    """`read(kind, source)`: names in a section of the page, as a director reads them."""
    load_catalogues()
    client.sign_in(cast.director)

    def names(kind: StatementKind, source: str = "") -> list[str]:
        html = client.get(ABOUT, {"source": source}).content.decode().replace("\xa0", " ")
        if f'id="about-{kind}"' not in html:
            return []
        section = html.split(f'id="about-{kind}"')[1].split("</section>")[0]
        return [part.split("</b>")[0] for part in section.split("<b>")[1:]]

    return names


FIVE = ["Пространство", "Информация", "Время", "Энергия", "Партнёрское взаимодействие"]


def test_five_characteristics_and_four_are_both_there(read):
    """R006, R078, quirk 15: a superset, and the list of each document."""
    assert read(StatementKind.CHARACTERISTIC) == FIVE
    assert read(StatementKind.CHARACTERISTIC, TALK) == FIVE
    assert read(StatementKind.CHARACTERISTIC, SLIDES) == FIVE[:4]


@pytest.mark.parametrize("source", [TALK, SLIDES])
def test_both_documents_give_the_same_two_definitions(client, read, source):
    """R004, R005, R078."""
    assert read(StatementKind.DEFINITION, source) == [
        "Сетевое профессиональное взаимодействие",
        "Профессиональное сетевое сообщество",
    ]
    html = client.get(ABOUT).content.decode().replace("\xa0", " ")
    assert "Система взаимообусловленных действий руководителей и педагогических" in html
    assert "ормальная или неформальная группа профессионалов" in html


@pytest.mark.parametrize(
    ("kind", "source", "words"),
    [
        (StatementKind.LEVEL, TALK, ["школ", "коллективов", "детей"]),  # R002
        (StatementKind.AIM, BRIEF, ["единого образовательного пространства", "дефицитов"]),  # R035
        (StatementKind.AIM, PROJECT, ["выполнение заказа общества"]),  # R035
        (StatementKind.AIM, PROGRAMME, ["проверка эффективности модели"]),  # R111
        (  # R041–R044
            StatementKind.TASK,
            BRIEF,
            [
                "Обмен опытом, совместная реализация",
                "круга общения управленцев",
                "программ дополнительного образования",
                "программно-методического пространства для реализации ФГОС ООО",
            ],
        ),
        (StatementKind.TASK, PROGRAMME, ["Анализ", "Разработка", "Распространение"]),  # R112
        (  # R152
            StatementKind.TASK,
            PROJECT,
            [
                *("запросов социальных партнёров", "реализация проектов", "общения учащихся"),
                *("диалога педагогов", "образовательных ресурсов", "психологического"),
            ],
        ),
        (  # R113
            StatementKind.PRINCIPLE,
            PROGRAMME,
            ["Профессиональное взаимодействие", "Свободное творчество", "из конкурентов в"],
        ),
        (  # R153
            StatementKind.PRINCIPLE,
            PROJECT,
            ["объединении вкладов", "механизм, а не самоцель"],
        ),
        (  # R159
            StatementKind.STRATEGY,
            PROJECT,
            ["Конкуренция", "Кооперация", "Сетевое взаимодействие"],
        ),
        (  # R151
            StatementKind.ENSURES,
            PROJECT,
            ["Доступность", "Вариативность", "Открытость", "компетентности педагогов", "ИК-"],
        ),
        (  # R115, R116, R117, R118, R122
            StatementKind.SUPPORT,
            PROGRAMME,
            [
                *("система координации", "кросс-функционального", "Широкий спектр форм"),
                *("дополнительного образования", "компетентность учителя"),
            ],
        ),
        (  # R160
            StatementKind.UPBRINGING,
            PROJECT,
            [
                *("ресурс", "качества воспитания", "познавательного интереса", "единые цели"),
                *("финансовые возможности", "коммуникаций", "ответственность", "динамика"),
            ],
        ),
        (  # R110
            StatementKind.RESOURCE,
            PROGRAMME,
            ["Кадровые", "Программно-методические", "Информационные", "Материально-технические"],
        ),
    ],
)
def test_the_page_says_what_the_document_says(read, kind, source, words):
    names = read(kind, source)
    assert len(names) == len(words)
    assert [word for word, name in zip(words, names, strict=True) if word not in name] == []


def test_a_word_that_the_document_lost_is_said_to_be_completed(client, read):
    """R042, quirk 27: and the row may be edited."""
    read(StatementKind.TASK)
    html = client.get(ABOUT).content.decode().replace("\xa0", " ")
    assert "фраза обрывается на слове «получить»" in html
    Statement.objects.filter(code="task_circle").update(text="", name="Иной текст задачи")
    load_catalogues()
    assert "Иной текст задачи" in read(StatementKind.TASK, BRIEF)


def test_every_list_stands_under_its_document(client, read):
    read(StatementKind.TASK)
    html = client.get(ABOUT).content.decode().replace("\xa0", " ")
    tasks = html.split('id="about-task"')[1].split("</section>")[0]
    places = [tasks.index(source) for source in (BRIEF, PROGRAMME, PROJECT)]
    assert places == sorted(places)


def test_rows_of_another_municipality_and_retired_ones_are_not_shown(client, cast, read):
    Statement.objects.create(municipality=cast.foreign, code="x", kind="aim", name="Чужая цель")
    Statement.objects.create(municipality=cast.municipality, code="y", kind="aim", name="Своя цель")
    Statement.objects.filter(code="energy").update(is_retired=True)
    assert "Своя цель" in read(StatementKind.AIM)
    assert "Чужая цель" not in read(StatementKind.AIM)
    assert read(StatementKind.CHARACTERISTIC) == [name for name in FIVE if name != "Энергия"]


@pytest.mark.parametrize(("who", "keeps"), [("methodist", True), ("chair", False)])
def test_who_keeps_the_words_is_led_to_the_catalogue(client, cast, who, keeps):
    html = client.sign_in(getattr(cast, who)).get(ABOUT).content.decode()
    assert (reverse("schools:catalogue", args=["statements"]) in html) is keeps
    assert "Положений о сети пока нет." in html


def test_a_forged_document_shows_all(client, read):
    assert read(StatementKind.CHARACTERISTIC, "нет такого\0") == FIVE


def test_an_older_installation_gets_the_documents_and_keeps_what_people_wrote(db):
    load_catalogues()
    Statement.objects.filter(code="space").update(source="")
    Statement.objects.filter(code="time").update(source="Наш устав")
    load_catalogues()
    assert Statement.objects.get(code="space").sources == [TALK, SLIDES]
    assert Statement.objects.get(code="time").sources == ["Наш устав"]

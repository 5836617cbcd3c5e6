"""The справка of the demonstration holds every fact of seed 001 and nothing of another place.

It lives here because it needs the demonstration, which is the composition root's.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from network_portal import demo
from network_portal.demo.example import NAME
from reports.models import Document
from reports.page import html_of
from schools.models import Municipality, School
from tests.conftest import DEMO_PASSWORD, TODAY

SCHOOLS = [
    "МОБУ «ООШ №1»",
    "МОБУ «СОШ №2»",
    "МКОУ «О(С)ОШ №14»",
    "МОБУ «СОШ №3»",
    "МОБУ «СОШ №4»",
    "МОБУ «СОШ №5»",
    "МОБУ «СОШ №9»",
    "МОБУ «СОШ №16»",
    "МОБУ «СОШ №47»",
    "МАОУ «Гимназия №1»",
]
SEVEN = [
    "Несформированность внутришкольной системы повышения квалификации",
    "Низкий уровень оснащения школы",
    "Недостаточный уровень предметной и методической компетентности педагогических работников",
    "Высокая доля обучающихся с ОВЗ",
    "Высокая доля обучающихся с рисками учебной неуспешности",
    "Пониженный уровень качества школьной образовательной и воспитательной среды",
    "Низкий уровень вовлечённости родителей",
]
#: R060, R064, R066, R068, R070: which of the seven, in the order above.
MATRIX = {
    "ООШ №1": "+++++++",
    "О(С)ОШ №14": "+++++++",
    "СОШ №2": "--++---",
    "СОШ №3": "--+++-+",
    "СОШ №5": "---++--",
    "СОШ №47": "+++++--",
}


@dataclass(frozen=True)
class Made:
    """What the command made, taken out of the database so that loading happens once."""

    context: dict
    content: bytes
    foreign_words: set[str]

    @property
    def told(self) -> str:
        """All words of the document as a reader meets them."""
        bare = re.sub(r"<[^>]+>", " ", html_of(self.context))
        return re.sub(r"\s+", " ", unescape(bare).replace("\xa0", " "))


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Made]:
    """Made by the command, as a script would; the database is put back."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        time_machine.travel(TODAY, tick=False),
        transaction.atomic(),
    ):
        demo.load(today=timezone.localdate(), password=DEMO_PASSWORD)
        call_command("make_document", kind="network", out=str(media / "a.pdf"), verbosity=0)
        content = (media / "a.pdf").read_bytes()
        yield Made(Document.objects.get().context, content, foreign_words())
        transaction.set_rollback(True)


def foreign_words() -> set[str]:
    """Names that only the other municipality has."""
    own = set(School.objects.filter(municipality__name=NAME).values_list("short_name", flat=True))
    schools = School.objects.exclude(municipality__name=NAME).exclude(short_name__in=own)
    people = User.objects.exclude(memberships__municipality__name=NAME).exclude(name="")
    places = Municipality.objects.exclude(name=NAME)
    return {
        *schools.values_list("short_name", flat=True),
        *places.values_list("name", flat=True),
        *(person.list_name for person in people),
    }


@pytest.fixture
def told(made) -> str:
    return made.told


def table(made: Made, code: str, place: int = 0) -> list[list[str]]:
    (section,) = (one for one in made.context["sections"] if one["code"] == code)
    tables = [block for block in section["blocks"] if block["kind"] == "table"]
    return [[column["title"] for column in tables[place]["columns"]], *tables[place]["rows"]]


def test_it_is_titled_as_the_seed_and_signed_by_the_head_of_the_office(told):
    """R033, R076."""
    title = "ИНФОРМАЦИОННАЯ СПРАВКА о сетевом взаимодействии управленческих команд"
    assert title in told
    assert "Начальник информационно-методического отдела" in told
    assert "Е. П. Зимина" in told


def test_it_tells_basis_aim_occasions_and_tasks_in_the_words_of_the_seed(told):
    """R034–R044."""
    for words in (
        "федеральной, региональной и муниципальной образовательной политики",  # R034
        "единого образовательного пространства",  # R035
        "заказа общества на формирование успешной личности",  # R035
        "ресурсных и образовательных дефицитов",  # R036
        "Муниципальной программы повышения качества образования",  # R037
        "обновлённые ФГОС",  # R037
        "«Школа Минпросвещения РФ»",  # R037
        "реализация образовательной программы",  # R038
        "индивидуального маршрута учащегося",  # R039
        "специализированных мероприятий (конференции, олимпиады",  # R040
        "образовательных проектов и социальных инициатив",  # R041
        "расширение круга общения управленцев",  # R042
        "программ дополнительного образования",  # R043
        "программно-методического пространства для реализации ФГОС ООО",  # R044
    ):
        assert words in told


def test_it_tells_the_experience_of_curators_and_where_the_need_remains(told):
    """R045–R050."""
    for words in (
        "адресную помощь образовательным организациям с высокими рисками",  # R045
        "куратор посещал указанные школы с целью разработки дорожных карт",  # R046
        "опирался на управленческую команду своей школы",  # R047
        "на протяжении ряда лет",  # R048
        "находящихся в группе риска снижения образовательных результатов",  # R049
        "список запросов управленческих команд (рисковые профили)",  # R050
    ):
        assert words in told


def test_every_school_is_in_it(told):
    for school in SCHOOLS:
        assert school in told


def test_the_three_groups_have_the_members_of_the_seed(made):
    """R052, R053, R054."""
    members = [set(row[1].split(", ")) for row in table(made, "clusters")[1:]]
    assert members == [
        {"МОБУ «ООШ №1»", "МОБУ «СОШ №2»", "МКОУ «О(С)ОШ №14»"},
        {"МОБУ «СОШ №3»", "МОБУ «СОШ №5»", "МОБУ «СОШ №47»"},
        {"МОБУ «ООШ №1»", "МКОУ «О(С)ОШ №14»", "МОБУ «СОШ №47»"},
    ]


def test_the_third_group_names_its_three_indicators_and_the_rule(told):
    """R055, R056, R057, R058."""
    for words in (
        "отсутствие устойчивого доступа в Интернет",
        "отсутствие достаточного количества компьютерной техники",
        "дефицит педагогических кадров",
        "не менее двух факторов",
    ):
        assert words in told


def test_the_matrix_of_factors_is_that_of_the_seed(made):
    """R059, R060, R064, R066, R068, R070."""
    head, *rows = table(made, "risks")
    assert [row[0] for row in rows[:-1]] == SEVEN
    found = {
        school: "".join("+" if row[place] == "есть" else "-" for row in rows[:-1])
        for place, school in enumerate(head[1:], 1)
    }
    assert found == MATRIX
    assert rows[-1][1:] == [str(MATRIX[school].count("+")) for school in head[1:]]


def test_the_share_of_school_47_and_what_school_16_overcame_are_noted(told):
    """R068, R063."""
    assert "20 %" in told
    assert (
        "МОБУ «СОШ №16»: фактор «Риски низкой адаптивности учебного процесса» преодолён "
        "во взаимодействии с МОБУ «СОШ №3»"
    ) in told


def test_every_pair_has_its_lead_topic_and_reason(made):
    """R061, R062, R064, R066, R067, R070."""
    pairs = {(row[0], row[1]): row[2] for row in table(made, "partnerships")[1:]}
    both = "МОБУ «ООШ №1», МКОУ «О(С)ОШ №14»"
    assert "спользование ИКТ" in pairs[both, "МОБУ «СОШ №4»"]
    assert "личностного потенциала" in pairs[both, "МОБУ «СОШ №16»"]
    assert "приобрела этот опыт в проекте 500+" in pairs["МОБУ «СОШ №2»", "МОБУ «СОШ №3»"]
    assert ("МОБУ «СОШ №5»", "МОБУ «СОШ №9»") in pairs
    assert ("МОБУ «СОШ №3»", "МАОУ «Гимназия №1»") in pairs
    assert len(pairs) == 6


def test_links_are_counted_from_lead_to_target(made):
    """Decision 13: seven in force and one that is over."""
    figures = made.context["figures"]
    assert (figures["active_links"], figures["finished_links"]) == (7, 1)


def test_school_47_has_no_partner(made):
    """R069."""
    (row,) = (row for row in table(made, "partnerships") if row[0] == "МОБУ «СОШ №47»")
    assert row[1] == "нет партнёра"


def test_one_pair_has_an_agreement_of_which_number_and_date_are_not_known(made):
    """R065."""
    agreed = [row for row in table(made, "partnerships")[1:] if "договор" in row[3]]
    assert [row[1] for row in agreed] == ["МОБУ «СОШ №9»"]
    assert "номер и дата не указаны" in agreed[0][3]


def test_the_finished_pair_is_told_apart(told):
    """R063."""
    assert "Завершённые партнёрства: МОБУ «СОШ №3» – МОБУ «СОШ №16»" in told


def test_held_events_have_links_to_sites_of_schools(made):
    """R074."""
    links = [row[3] for row in table(made, "roadmaps", 1)[1:]]
    assert any(link.startswith("https://") for link in links)


def test_nothing_of_the_other_municipality_is_in_it(made, told):
    assert len(made.foreign_words) > 5
    assert [words for words in made.foreign_words if words in told] == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="нет pdftotext: смотрим только HTML")
def test_the_words_are_in_the_file_too(made):
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=made.content, capture_output=True, check=True)
    words = re.sub(r"\s+", " ", done.stdout.decode().replace("\xa0", " "))
    for expected in ("нет партнёра", "СОШ №47", "О(С)ОШ", "Гимназия", "Таблица 3"):
        assert expected in words

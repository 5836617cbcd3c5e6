"""The network of the demonstration as people see it on the pages (R007–R009, R060–R071)."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from network_portal.demo.example import NAME
from partnerships.enums import PartnershipKind
from partnerships.models import Partnership
from schools.models import School

LIST, UNPAIRED = reverse("partnerships:list"), reverse("partnerships:unpaired")


@pytest.fixture
def look(client, demo_network, settings):
    """`look(login, url)`: the page with plain spaces."""
    settings.DEMO = True

    def page(login: str, url: str) -> str:
        client.sign_in(User.objects.get(email=f"{login}@portal.example"))
        answer = client.get(url)
        assert answer.status_code == 200
        return answer.content.decode().replace("\xa0", " ")

    return page


def titles(html: str) -> set[str]:
    """Names of the partnerships in the list."""
    return set(re.findall(r'<a href="/partnerships/\d+/"><b>(.+?)</b></a>', html))


def card_of(name: str) -> str:
    school = School.objects.get(municipality__name=NAME, short_name=name)
    return reverse("schools:detail", args=[school.pk])


def sides(html: str) -> set[tuple[str, str]]:
    """Partner and role of the school, by row of the panel on its card."""
    rows = html.split('id="partnerships-head"')[1].split("</section>")[0].split("<tr>")[2:]
    return {
        (row.split("<b>")[1].split("</b>")[0], "Лидер" if "Лидер" in row else "Целевая")
        for row in rows
        if "<b>" in row
    }


def test_the_list_holds_the_six_pairs_of_the_example_and_no_others(look):
    """R060–R067, R070, R063."""
    assert titles(look("methodist", LIST)) == {
        "СОШ №4 – ООШ №1, О(С)ОШ №14",
        "СОШ №16 – ООШ №1, О(С)ОШ №14",
        "СОШ №9 – СОШ №5",
        "СОШ №3 – СОШ №2",
        "Гимназия №1 – СОШ №3",
        "СОШ №3 – СОШ №16",
    }
    assert titles(look("methodist", f"{LIST}?state=finished")) == {"СОШ №3 – СОШ №16"}
    assert titles(look("methodist", f"{LIST}?q=икт")) == {"СОШ №4 – ООШ №1, О(С)ОШ №14"}


def test_tobolsk_sees_its_three_pairs_with_their_years(look):
    """R007–R010: one of the targets lies in another district."""
    html = look("tobolsk", LIST)
    assert titles(html) == {
        "Гимназия имени Н.Д. Лицмана – Абалакская СОШ",
        "СОШ №15 – Осиновская СОШ",
        "СОШ №15 – СОШ №14",
    }
    assert titles(look("tobolsk", f"{LIST}?year=2016")) == {
        "Гимназия имени Н.Д. Лицмана – Абалакская СОШ",
        "СОШ №15 – Осиновская СОШ",
    }
    assert html.count("с 2017 года") == 2
    assert html.count("с 2018 года") == 1


def test_school_3_is_seen_as_target_of_the_gymnasium_and_lead_of_2_and_16(look):
    """R070, R066, R063, R071."""
    assert sides(look("methodist", card_of("СОШ №3"))) == {
        ("Гимназия №1", "Целевая"),
        ("СОШ №2", "Лидер"),
        ("СОШ №16", "Лидер"),
    }
    led = titles(look("methodist", f"{LIST}?lead=СОШ №3"))
    assert led == {"СОШ №3 – СОШ №2", "СОШ №3 – СОШ №16"}
    assert titles(look("methodist", f"{LIST}?target=СОШ №3")) == {"Гимназия №1 – СОШ №3"}


def test_school_47_is_the_only_one_without_a_partner(look):
    """R068, R069."""
    html = look("methodist", UNPAIRED)
    assert re.findall(r'<a href="/schools/\d+/">(.+?)</a>', html) == ["МОБУ «СОШ №47»"]


def test_only_9_and_5_have_an_agreement(look):
    """R065."""
    assert titles(look("methodist", f"{LIST}?agreement=yes")) == {"СОШ №9 – СОШ №5"}
    assert len(titles(look("methodist", f"{LIST}?agreement=no"))) == 5


def test_no_group_disturbs_the_figures_of_the_seed(look):
    """Decision 13: five active partnerships and one finished, all of them help of a lead."""
    assert set(Partnership.objects.values_list("kind", flat=True)) == {PartnershipKind.SUPPORT}

"""The infrastructure check: three facts, the rule, a decision of people (R055–R058)."""

import re

import pytest
from django.urls import reverse

from common.versions import Stale
from schools.actions import infrastructure as actions
from schools.actions.infrastructure import CheckDraft
from schools.clusters import IGNORED
from schools.models import InfrastructureCheck, SchoolChange
from tests.schools.factories import YEAR

UNKNOWN = dict.fromkeys(("no_internet", "no_computers", "no_staff", "decided"), "unknown")


def at(school, year=YEAR.start):
    return reverse("schools:infrastructure-edit", args=[school.pk, year])


def page(client, url):
    return client.get(url).content.decode().replace("\xa0", " ")


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


def posted(client, school, **changes):
    """Open the form and send it with changes."""
    check = InfrastructureCheck.objects.filter(school=school, year=YEAR).first()
    mark = CheckDraft.of(check).mark
    return client.post(at(school), UNKNOWN | {"mark": mark} | changes)


def told(school):
    rows = SchoolChange.objects.filter(school=school, area="infrastructure").order_by("pk")
    return [(row.what, row.old, row.new) for row in rows]


def test_facts_are_written_and_the_verdict_follows_by_the_rule(methodist, cast):
    """R055–R058: two of three are enough, and the card names them."""
    answer = posted(methodist, cast.target, no_internet="yes", no_staff="yes", no_computers="no")
    assert answer.url == reverse("schools:risks", args=[cast.target.pk])
    check = cast.target.infrastructure.get()
    assert (check.no_internet, check.no_computers, check.no_staff) == (True, False, True)
    html = page(methodist, answer.url)
    row = html.split('id="infrastructure-head"')[1].split("</table>")[0]
    assert "Факторов 2 из трёх" in row
    assert "дефицит педагогических кадров" in row
    assert told(cast.target) == [
        ("Инфраструктура 2026/27: Отсутствие устойчивого доступа в Интернет", "", "да"),
        (
            "Инфраструктура 2026/27: Отсутствие достаточного количества компьютерной техники",
            "",
            "нет",
        ),
        ("Инфраструктура 2026/27: Дефицит педагогических кадров", "", "да"),
    ]


def test_the_tab_says_unknown_and_not_no_where_nothing_is_written(methodist, cast):
    html = page(methodist, reverse("schools:risks", args=[cast.target.pk]))
    part = html.split('id="infrastructure-head"')[1].split("</table>")[0]
    assert part.count("не указано") == 3
    assert "проверки нет" in part
    posted(methodist, cast.target, no_internet="no")
    html = page(methodist, reverse("schools:risks", args=[cast.target.pk]))
    cells = re.findall(r"<td data-l=\"[^\"]+\">(да|нет|не указано)</td>", html)
    assert cells == ["нет", "не указано", "не указано"]


def test_a_decision_by_hand_stands_where_facts_do_not_tell_and_is_shown_so(methodist, cast):
    answer = posted(methodist, cast.target, decided="yes", decision_basis="справка отдела")
    html = page(methodist, answer.url)
    assert "Решено вручную" in html
    assert "справка отдела" in html
    assert cast.target.infrastructure.get().verdict.by_hand


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decided": "yes"}, "Укажите основание"),
        ({"decision_basis": "справка"}, "Основание указано, а решения нет"),
        (
            {"decided": "yes", "decision_basis": "x", "no_internet": "no", "no_staff": "no"},
            "Показатели уже дают ответ",
        ),
        (
            {"decided": "no", "decision_basis": "x", "no_internet": "yes", "no_staff": "yes"},
            "Показатели уже дают ответ",
        ),
        ({"no_internet": "maybe"}, "корректный вариант"),
        ({"no_internet": ""}, "Выберите один из ответов"),
        ({"decided": "yes", "decision_basis": "я" * 301}, "не более 300 символов"),
        ({"decided": "yes", "decision_basis": "я\x00"}, 'id="errors-title"'),
    ],
)
def test_bad_input_is_refused_with_a_sentence(methodist, cast, changes, sentence):
    answer = posted(methodist, cast.target, **changes)
    assert answer.status_code == 200
    assert sentence in answer.content.decode().replace("\xa0", " ")
    assert not InfrastructureCheck.objects.exists()


def test_an_older_decision_is_ignored_when_facts_tell_and_that_is_said(methodist, cast):
    """R058: the rule wins over the hand."""
    posted(methodist, cast.target, decided="yes", decision_basis="справка")
    answer = posted(
        methodist,
        cast.target,
        decided="yes",
        decision_basis="справка",
        no_internet="no",
        no_computers="no",
    )
    assert answer.status_code == 302
    verdict = cast.target.infrastructure.get().verdict
    assert (verdict.at_risk, verdict.by_hand) == (False, False)
    html = page(methodist, answer.url)
    assert IGNORED.strip("; ") in html
    assert "Решено вручную" not in html


def test_taking_a_decision_back_takes_its_basis_and_an_empty_check_is_gone(methodist, cast):
    posted(methodist, cast.target, decided="yes", decision_basis="справка")
    assert posted(methodist, cast.target, decision_basis="справка").status_code == 302
    assert not InfrastructureCheck.objects.exists()
    assert told(cast.target)[-2:] == [
        ("Инфраструктура 2026/27: Решено вручную: в зоне риска", "да", ""),
        ("Инфраструктура 2026/27: Основание решения", "справка", ""),
    ]


def test_facts_of_the_check_are_no_factors_of_the_profile(methodist, cast):
    """Quirk 7: equal words, separate facts."""
    posted(methodist, cast.target, no_staff="yes")
    assert not cast.target.risk_profiles.exists()


def test_the_second_person_sees_both_versions(methodist, cast):
    mine = UNKNOWN | {"mark": CheckDraft().mark, "no_internet": "yes"}
    theirs = CheckDraft(no_internet=False, decided=True, decision_basis="приказ № 4")
    empty = CheckDraft().mark
    actions.save(school=cast.target, year=YEAR, draft=theirs, expected_mark=empty, by=cast.chair)
    answer = methodist.post(at(cast.target), mine)
    assert answer.status_code == 409
    html = answer.content.decode().replace("\xa0", " ")
    row = html.split("устойчивого доступа в Интернет</th>")[1].split("</tr>")[0]
    assert re.findall(r"<td[^>]*>(.+?)</td>", row) == ["да", "нет"]
    assert "приказ № 4" in html
    assert cast.target.infrastructure.get().no_internet is False
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    again.pop("csrfmiddlewaretoken", None)
    assert methodist.post(at(cast.target), again).status_code == 302
    assert cast.target.infrastructure.get().no_internet is True


def test_the_same_twice_changes_nothing(methodist, cast):
    data = UNKNOWN | {"mark": CheckDraft().mark, "no_internet": "yes"}
    for _ in range(2):
        assert methodist.post(at(cast.target), data).status_code == 302
    assert len(told(cast.target)) == 1


def test_a_form_without_a_mark_overwrites_nothing(methodist, cast):
    posted(methodist, cast.target, no_internet="yes")
    with pytest.raises(Stale):
        actions.save(
            school=cast.target,
            year=YEAR,
            draft=CheckDraft(no_staff=True),
            expected_mark="",
            by=cast.methodist,
        )
    assert posted(methodist, cast.target, no_staff="yes", mark="").status_code == 409


@pytest.mark.parametrize(("year", "status"), [(1989, 403), (2028, 403), (1, 404), (10**30, 404)])
def test_a_year_outside_reason_is_refused(methodist, cast, year, status):
    assert methodist.get(at(cast.target, year)).status_code == status


def test_others_are_told_who_keeps_the_check(client, cast):
    answer = client.sign_in(cast.director).get(at(cast.target))
    assert answer.status_code == 403
    assert "проверку инфраструктуры ведёт методист" in answer.content.decode().replace("\xa0", " ")


def test_a_closed_school_is_not_checked(methodist, cast):
    cast.target.closed_on = "2026-08-31"
    cast.target.save()
    assert posted(methodist, cast.target, no_internet="yes").status_code == 403
    assert not InfrastructureCheck.objects.exists()

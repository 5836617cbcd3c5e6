"""The list of partnerships: filter, order, columns; schools without a partner."""

import pytest
from django.urls import reverse

from common.academic_year import AcademicYear
from partnerships.enums import MemberRole, PartnershipKind, PartnershipState
from partnerships.models import Concern, Partnership, PartnershipTransition
from partnerships.year_lived import lived_in
from schools.enums import CategoryCode
from schools.models import Watch
from tests.partnerships.factories import AgreementFactory, MemberFactory, PartnershipFactory, pair
from tests.schools.factories import (
    CategoryFactory,
    ContactFactory,
    DirectionFactory,
    RiskFactorFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

LIST, UNPAIRED = reverse("partnerships:list"), reverse("partnerships:unpaired")
COLUMNS = reverse("partnerships:columns")
NOW = AcademicYear(2026)


def page(client, url):
    """The page with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


def shown(client, query):
    """Titles of the partnerships on the page, in its order."""
    parts = page(client, f"{LIST}?{query}").split("<b>")[1:]
    return [part.split("</b>")[0] for part in parts if "</b></a>" in part[:200]]


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


@pytest.fixture
def second(cast):
    """СОШ №47 is led too; what is foreign looks the same and is never shown."""
    return pair(cast.lead, cast.lonely, topic="наставничество")


@pytest.fixture
def foreign(cast):
    return cast.foreign_partnership


def test_the_newest_stand_first_unless_a_head_is_clicked(methodist, second):
    assert shown(methodist, "") == ["СОШ №9 – СОШ №47", "СОШ №9 – СОШ №5"]
    assert shown(methodist, "sort=topic") == ["СОШ №9 – СОШ №5", "СОШ №9 – СОШ №47"]
    Partnership.objects.filter(pk=second.pk).update(start_year=2025)
    assert shown(methodist, "sort=start") == ["СОШ №9 – СОШ №5", "СОШ №9 – СОШ №47"]
    assert shown(methodist, "sort=-start") == ["СОШ №9 – СОШ №47", "СОШ №9 – СОШ №5"]
    html = page(methodist, f"{LIST}?sort=-start&state=active")
    assert 'aria-sort="descending"' in html
    assert "state=active&amp;sort=start" in html


@pytest.mark.parametrize("field", ["direction", "factor"])
def test_direction_and_factor_narrow_the_list(methodist, second, foreign, field):
    row = DirectionFactory() if field == "direction" else RiskFactorFactory()
    for partnership in (second, foreign):
        getattr(partnership, f"{field}s").add(row)
    assert shown(methodist, f"{field}={row.pk}") == ["СОШ №9 – СОШ №47"]


def test_kind_and_scenario_narrow_the_list(methodist, second):
    Partnership.objects.filter(pk=second.pk).update(
        kind=PartnershipKind.TEAM_TEMPORARY, name="Команда «Выпускник»", scenario="peer_context"
    )
    assert shown(methodist, "kind=team_temporary") == ["Команда «Выпускник»"]
    assert shown(methodist, "scenario=peer_context") == ["Команда «Выпускник»"]
    assert "Кросс-функциональная команда, временная" in page(methodist, LIST)


def test_a_school_is_asked_for_in_its_role_by_its_name_or_by_words(methodist, cast, second):
    other = SchoolFactory(municipality=cast.municipality, number="90", settlement="Лесной")
    pair(other, cast.lead)
    assert shown(methodist, "lead=сош n 9") == ["СОШ №9 – СОШ №47", "СОШ №9 – СОШ №5"]
    assert shown(methodist, "target=СОШ №9") == ["СОШ №90 – СОШ №9"]
    assert shown(methodist, "lead=лесной") == ["СОШ №90 – СОШ №9"]
    assert shown(methodist, "lead=СОШ №15") == []


def test_agreements_are_there_or_not_or_end_soon(methodist, cast, second, foreign):
    for partnership in (second, foreign):
        AgreementFactory(partnership=partnership, signed_on="2026-01-15", valid_until="2026-12-31")
    assert shown(methodist, "agreement=yes") == ["СОШ №9 – СОШ №47"]
    assert shown(methodist, "agreement=no") == ["СОШ №9 – СОШ №5"]
    assert shown(methodist, "agreement=ending") == ["СОШ №9 – СОШ №47"]
    assert "есть, до 31 декабря 2026 г." in page(methodist, LIST)


def test_a_curator_who_is_over_leads_to_nothing(methodist, cast, second):
    person = ContactFactory(school=cast.lead, name="Осипов Игорь Валентинович")
    old = second.curators.create(member=person, until="2026-08-31")
    assert shown(methodist, "curator=осипов") == []
    old.until = None
    old.save()
    assert shown(methodist, "curator=осипов игорь") == ["СОШ №9 – СОШ №47"]


def test_unresolved_concerns_are_found_by_who_sees_all(client, cast, second):
    Concern.objects.create(partnership=second, kind="silent", state="escalated")
    Concern.objects.create(partnership=cast.partnership, kind="silent", state="resolved")
    assert shown(client.sign_in(cast.methodist), "concern=open") == ["СОШ №9 – СОШ №47"]
    client.sign_in(cast.lead_director)
    assert len(shown(client, "concern=open")) == 2
    assert "Сигналы" not in page(client, LIST)


def test_the_persons_own_list_of_schools_narrows_partnerships_too(client, cast, second):
    client.sign_in(cast.chair)
    assert "Со школами вашего списка партнёрств нет." in page(client, f"{LIST}?show=mine")
    Watch.objects.create(user=cast.chair, school=cast.lonely)
    Watch.objects.create(user=cast.methodist, school=cast.target)
    assert shown(client, "show=mine") == ["СОШ №9 – СОШ №47"]


@pytest.mark.parametrize(
    "query",
    ["direction=" + "9" * 30, "year=x", "year=99999", "lead=%00", "curator=%00", "sort=--new"],
)
def test_forged_conditions_are_no_error(methodist, query):
    assert methodist.get(f"{LIST}?{query}").status_code == 200


def test_the_old_address_of_schools_without_a_partner_leads_to_the_new(methodist):
    assert methodist.get(f"{LIST}?show=unpaired").url == UNPAIRED


# --- columns -----------------------------------------------------------------------------


def test_a_person_chooses_columns_and_returns_to_the_same_filter(methodist, cast, second):
    second.directions.add(DirectionFactory(name="Одарённые дети"))
    Concern.objects.create(partnership=second, kind="refuses")
    second.curators.create(member=ContactFactory(school=cast.lead, name="Осипов Игорь Львович"))
    names = ["leads", "targets", "directions", "curators", "concerns", "scenario"]
    answer = methodist.post(COLUMNS, {"column": ["", *names], "back": "state=active"})
    assert answer.url == f"{LIST}?state=active"
    html = page(methodist, LIST)
    for words in ("Одарённые дети", "Осипов И. Л.", "школа уклоняется от участия", "не указано"):
        assert words in html
    assert 'data-l="Состояние"' not in html
    methodist.post(COLUMNS, {"usual": "1"})
    assert 'data-l="Состояние"' in page(methodist, LIST)


def test_all_columns_cost_the_same_for_one_row_and_for_three(
    methodist, cast, django_assert_num_queries
):
    names = [*("kind", "leads", "targets", "start", "scenario", "directions", "factors")]
    names += [*("agreement", "curators", "concerns", "result", "updated", "state")]
    methodist.post(COLUMNS, {"column": names})
    for rows in (1, 3):
        while Partnership.objects.of(cast.municipality).count() < rows:
            pair(cast.lead, SchoolFactory(municipality=cast.municipality))
        with django_assert_num_queries(15):
            page(methodist, LIST)


# --- year --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "state", "years"),
    [
        ({}, "active", {2026, 2027}),
        ({}, "proposed", set()),
        ({}, "declined", set()),
        ({}, "finished", set()),
        ({"start_year": 2025}, "active", {2024, 2025, 2026, 2027}),
        ({"start_year": 2025, "start_month": 9}, "paused", {2025, 2026, 2027}),
        ({"start_year": 2024, "end_year": 2025, "end_month": 5}, "finished", {2023, 2024}),
        ({"start_year": 2024, "end_year": 2025}, "replaced", {2023, 2024, 2025}),
        (
            {"start_year": 2026, "start_month": 9, "end_year": 2027, "end_month": 6},
            "active",
            {2026},
        ),
    ],
)
def test_in_which_years_a_partnership_lived(db, dates, state, years):
    """Quirk 12: a date counts with the precision it was given."""
    PartnershipFactory(state=state, **dates)
    found = {
        year
        for year in range(2022, 2028)
        if Partnership.objects.filter(lived_in(AcademicYear(year), NOW)).exists()
    }
    assert found == years


def test_without_a_written_end_the_day_of_ending_counts(cast):
    ended = pair(cast.lead, cast.lonely, start_year=2024, state=PartnershipState.FINISHED)
    PartnershipTransition.objects.create(
        instance=ended, verb="finish", from_state="active", to_state="finished", by=cast.methodist
    )
    PartnershipTransition.objects.update(at="2025-10-10T10:00Z")
    rows = Partnership.objects.filter(pk=ended.pk)
    assert [y for y in range(2022, 2028) if rows.filter(lived_in(AcademicYear(y), NOW))] == [
        *(2023, 2024, 2025)
    ]


def test_the_year_narrows_the_page(methodist, second):
    Partnership.objects.filter(pk=second.pk).update(start_year=2024, start_month=9)
    assert shown(methodist, "year=2024") == ["СОШ №9 – СОШ №47"]
    assert len(shown(methodist, "year=2026")) == 2


# --- schools without a partner -----------------------------------------------------------


def names(client, query=""):
    cells = page(client, f"{UNPAIRED}?{query}").split('<th scope="row">')[1:]
    return [cell.split("</a>")[0].rsplit("«")[-1].rstrip("»") for cell in cells]


def test_schools_without_a_partner_are_narrowed_and_sorted(methodist, cast):
    """R069."""
    SchoolCategoryFactory(school=cast.lonely)
    small = SchoolFactory(municipality=cast.municipality, number="2", pupils=40, settlement="Яр")
    low = CategoryFactory(code=CategoryCode.LOW_RESULTS)
    SchoolCategoryFactory(school=small, category=low)
    SchoolCategoryFactory(school=cast.foreign_target)
    assert names(methodist) == ["СОШ №2", "СОШ №47"]
    assert names(methodist, "sort=-pupils") == ["СОШ №2", "СОШ №47"]
    assert names(methodist, "sort=-name") == ["СОШ №47", "СОШ №2"]
    assert names(methodist, f"category={low.code}") == ["СОШ №2"]
    assert names(methodist, "q=яр") == ["СОШ №2"]
    assert "По этому отбору школ без партнёра нет." in page(methodist, f"{UNPAIRED}?q=нет")


def test_who_takes_part_without_being_led_has_no_partner(methodist, cast):
    """A seminar is no help of a lead."""
    SchoolCategoryFactory(school=cast.lonely)
    seminar = pair(cast.lead, kind=PartnershipKind.SEMINAR, name="Семинар")
    MemberFactory(partnership=seminar, school=cast.lonely, role=MemberRole.PARTICIPANT)
    assert names(methodist) == ["СОШ №47"]

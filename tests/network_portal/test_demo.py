"""The demonstration holds exactly what the seeds say and invents only what they lack."""

from datetime import date

import pytest
from django.db.models import Count

from accounts.models import User
from common.academic_year import AcademicYear
from indicators.models import IndicatorValue
from network_portal import demo
from network_portal.demo.example import NAME
from network_portal.demo.risks import SEVEN
from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Agreement, Obligation, Partnership, PartnershipMember
from roadmaps.enums import ReportState, RoadmapState
from roadmaps.models import EventReport, Occurrence, Roadmap, RoadmapRow
from schools.enums import CategoryCode, OrgType, ResourceSide, Significance
from schools.models import (
    CardProposal,
    InfrastructureCheck,
    Mentor,
    Municipality,
    Resource,
    RiskProfileItem,
    School,
    SchoolCategory,
    SchoolDocument,
    TeamRequest,
)
from tests.conftest import DEMO_PASSWORD

TODAY = date(2026, 11, 24)
YEAR = AcademicYear(2026)


@pytest.fixture
def shown(demo_network):
    return Municipality.objects.get(name=NAME)


def names(queryset) -> set[str]:
    return set(queryset.values_list("short_name", flat=True))


def factors_of(name: str, year: AcademicYear = YEAR) -> list[str]:
    items = RiskProfileItem.objects.filter(
        profile__school__short_name=name,
        profile__year=year,
        profile__school__municipality__name=NAME,
    )
    return list(items.values_list("factor__code", flat=True))


def leads_of(target: str, state: PartnershipState) -> set[str]:
    pairs = PartnershipMember.objects.filter(
        school__short_name=target,
        role=MemberRole.TARGET,
        partnership__state=state,
        partnership__municipality__name=NAME,
    )
    leads = PartnershipMember.objects.filter(
        partnership__in=pairs.values("partnership"), role=MemberRole.LEAD
    )
    return set(leads.values_list("school__short_name", flat=True))


def in_category(code: CategoryCode) -> set[str]:
    return set(
        SchoolCategory.objects.filter(category__code=code).values_list(
            "school__short_name", flat=True
        )
    )


def test_ten_schools_of_seed_001(shown):
    schools = School.objects.of(shown).filter(org_type=OrgType.GENERAL)
    assert names(schools) == {
        *("ООШ №1", "О(С)ОШ №14", "СОШ №2", "СОШ №3", "СОШ №4", "СОШ №5"),
        *("СОШ №9", "СОШ №16", "СОШ №47", "Гимназия №1"),
    }


def test_official_names_carry_the_legal_forms_of_the_seed(shown):
    by_name = {school.short_name: school.official_name for school in School.objects.of(shown)}
    assert by_name["О(С)ОШ №14"] == "МКОУ «О(С)ОШ №14»"
    assert by_name["Гимназия №1"] == "МАОУ «Гимназия №1»"
    assert by_name["СОШ №3"] == "МОБУ «СОШ №3»"


def test_clusters_r052_r053_r054(shown):
    assert in_category(CategoryCode.LOW_OR_ADVERSE) == {"ООШ №1", "СОШ №2", "О(С)ОШ №14"}
    assert in_category(CategoryCode.AT_RISK) == {"СОШ №5", "СОШ №3", "СОШ №47"}
    checks = InfrastructureCheck.objects.select_related("school")
    assert {row.school.short_name for row in checks if row.verdict.at_risk} == {
        *("ООШ №1", "О(С)ОШ №14", "СОШ №47")
    }
    assert all(row.verdict.by_hand for row in checks)


@pytest.mark.parametrize(
    ("school", "codes"),
    [
        ("ООШ №1", SEVEN),  # R060
        ("О(С)ОШ №14", SEVEN),  # R060
        ("СОШ №5", ["ovz_share_high", "failure_share_high"]),  # R064
        ("СОШ №2", ["competence_low", "ovz_share_high"]),  # R066
        (  # R068
            "СОШ №47",
            [
                *("inhouse_pd_missing", "equipment_low", "competence_low"),
                *("ovz_share_high", "failure_share_high"),
            ],
        ),
        (  # R070
            "СОШ №3",
            ["competence_low", "ovz_share_high", "failure_share_high", "parents_low"],
        ),
        ("СОШ №4", []),
        ("СОШ №9", []),
        ("Гимназия №1", []),
    ],
)
def test_risk_profiles_of_the_seed(shown, school, codes):
    assert factors_of(school) == codes


def test_share_of_eal_pupils_stands_on_the_factor_r068(shown):
    noted = RiskProfileItem.objects.exclude(note="").get()
    assert noted.profile.school.short_name == "СОШ №47"
    assert noted.note == "20 % – дети-инофоны"


def test_seed_gives_no_significance_and_so_does_the_demo(shown):
    assert set(RiskProfileItem.objects.values_list("significance", flat=True)) == {
        Significance.UNSET
    }


def test_school_16_has_overcome_low_adaptivity_with_school_3_r063(shown):
    item = RiskProfileItem.objects.get(overcome=True)
    assert item.profile.school.short_name == "СОШ №16"
    assert item.factor.code == "adaptivity_low"
    assert item.overcome_with.short_name == "СОШ №3"
    assert factors_of("СОШ №16", YEAR.previous) == ["adaptivity_low"]
    assert leads_of("СОШ №16", PartnershipState.FINISHED) == {"СОШ №3"}


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("ООШ №1", {"СОШ №4", "СОШ №16"}),  # R061, R062
        ("О(С)ОШ №14", {"СОШ №4", "СОШ №16"}),  # R061, R062
        ("СОШ №5", {"СОШ №9"}),  # R064
        ("СОШ №2", {"СОШ №3"}),  # R066
        ("СОШ №3", {"Гимназия №1"}),  # R070
        ("СОШ №47", set()),  # R069
    ],
)
def test_active_partners(shown, target, leads):
    assert leads_of(target, PartnershipState.ACTIVE) == leads


def test_five_active_and_one_finished(shown):
    states = Partnership.objects.of(shown).values_list("state", flat=True)
    assert sorted(states) == ["active"] * 5 + ["finished"]


def test_only_9_and_5_have_an_agreement_without_number_and_date_r065(shown):
    agreement = Agreement.objects.get()
    assert agreement.partnership.title == "СОШ №9 – СОШ №5"
    assert agreement.missing == ["номер", "дата"]


def test_school_3_is_lead_and_target_r071(shown):
    roles = PartnershipMember.objects.filter(school__short_name="СОШ №3").values_list(
        "role", flat=True
    )
    assert sorted(roles) == ["lead", "lead", "target"]


def test_partnerships_of_seed_001_have_no_start_date(shown):
    assert [pair.start for pair in Partnership.objects.of(shown)] == [None] * 6


def test_tobolsk_pairs_have_a_start_year_only_r007_r008_r009_r010(shown):
    pairs = Partnership.objects.exclude(municipality=shown).with_members()
    assert {(pair.title, str(pair.start)) for pair in pairs} == {
        ("Гимназия имени Н.Д. Лицмана – Абалакская СОШ", "2017 год"),
        ("СОШ №15 – Осиновская СОШ", "2017 год"),
        ("СОШ №15 – СОШ №14", "2018 год"),
    }


def test_abalakskaya_is_a_branch_of_priirtyshskaya_r007(shown):
    branch = School.objects.get(short_name="Абалакская СОШ")
    assert branch.parent.short_name == "Прииртышская СОШ"


def test_osinovskaya_lies_in_another_municipality_r008(shown):
    school = School.objects.get(short_name="Осиновская СОШ")
    assert school.municipality.name == "Вагайский район"


def test_every_active_pair_promises_the_five_obligations_r016(shown):
    for pair in Partnership.objects.of(shown).filter(state=PartnershipState.ACTIVE):
        assert pair.obligations.filter(side="lead").count() == 5


def test_roadmaps_have_rows_in_all_three_stages_r018(shown):
    for roadmap in Roadmap.objects.of(shown):
        assert set(roadmap.rows.values_list("stage", flat=True)) == {1, 2, 3}


def test_approved_roadmaps_keep_the_plan_of_that_day_and_its_history_r134(shown):
    for roadmap in Roadmap.objects.of(shown).counted():
        assert len(roadmap.baseline["rows"]) == roadmap.rows.count()
        assert [step.verb for step in roadmap.transitions.all()] == ["approve"]
    assert Roadmap.objects.of(shown).get(state=RoadmapState.DRAFT).baseline is None


def test_due_dates_of_the_demo_are_understood(shown):
    unknown = Occurrence.objects.filter(event__due_kind="unknown")
    assert [row.event.due_text for row in unknown] == []


def test_something_is_done_overdue_returned_and_waiting(shown):
    assert Occurrence.objects.held().count() >= 6
    assert Occurrence.objects.overdue(TODAY).count() >= 3
    states = set(EventReport.objects.values_list("state", flat=True))
    assert {ReportState.RETURNED, ReportState.SUBMITTED, ReportState.CONFIRMED} <= states


def test_joint_seminar_stands_in_two_roadmaps(shown):
    joint = RoadmapRow.objects.values("event").annotate(n=Count("pk")).filter(n=2)
    assert joint.count() == 1


def test_two_academic_years_of_five_indicators_r023_r027(shown):
    values = IndicatorValue.objects.all()
    assert set(values.values_list("indicator__code", flat=True)) == {
        *("gia", "olympiad_participants", "olympiad_winners", "contests", "online_platforms")
    }
    assert set(values.values_list("year", flat=True)) == {AcademicYear(2024), AcademicYear(2025)}


def test_missing_not_applicable_and_zero_are_three_things(shown):
    gia47 = IndicatorValue.objects.filter(school__short_name="СОШ №47", indicator__code="gia")
    assert gia47.count() == 1
    assert IndicatorValue.objects.filter(not_applicable=True).exists()
    assert IndicatorValue.objects.filter(number=0).exists()


def test_series_of_r024_add_up_to_the_total(shown):
    rows = IndicatorValue.objects.filter(
        school__short_name="СОШ №5", indicator__code="olympiad_participants", year=2025
    )
    total = rows.get(breakdown=None).number
    assert sum(row.number for row in rows.exclude(breakdown=None)) == total
    assert rows.exclude(breakdown=None).count() == 4


def test_the_city_takes_part_with_a_museum_and_an_association_r114_r121(shown):
    outside = School.objects.of(shown).exclude(org_type=OrgType.GENERAL)
    assert set(outside.values_list("org_type", flat=True)) == {OrgType.OTHER, OrgType.ASSOCIATION}


def test_school_5_has_a_programme_of_transition_r017(shown):
    assert SchoolDocument.objects.get().school.short_name == "СОШ №5"


def test_one_request_of_a_team_is_answered_and_one_waits_r050(shown):
    assert sorted(row.answer != "" for row in TeamRequest.objects.all()) == [False, True]


def test_schools_offer_and_need_resources_and_one_teacher_is_a_tutor_r110_r143(shown):
    assert set(Resource.objects.values_list("side", flat=True)) == set(ResourceSide)
    assert Mentor.objects.get().person.school.short_name == "СОШ №9"


def test_one_proposal_waits(shown):
    proposal = CardProposal.objects.waiting().get()
    assert proposal.author.email == "director@portal.example"


def test_every_demo_account_has_the_given_password(shown):
    assert User.objects.filter(is_demo=True).count() == 9
    assert all(user.check_password(DEMO_PASSWORD) for user in User.objects.filter(is_demo=True))


def test_loading_twice_changes_nothing(shown):
    before = {model: model.objects.count() for model in (School, RoadmapRow, User, Obligation)}
    assert demo.load(today=TODAY, password="Другой-2026").is_new is False
    assert before == {model: model.objects.count() for model in before}
    assert User.objects.get(email="chair@portal.example").check_password("Другой-2026")

"""Every page that shows rows, with the number of its queries: the same for one row and three.

One line a page: URL name, who looks, how one more row comes about, queries. A number that grows
is a price: raise it only when the page shows something new.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from common.jobs import JobStatus
from network_portal.mail import OutboxBackend
from partnerships.models import Partnership, PartnershipChange, Visit
from roadmaps.actions.plan import Why, add_row
from roadmaps.actions.plan.lifecycle import baseline_of
from roadmaps.enums import RoadmapState
from roadmaps.models import PlanAnswer, Roadmap
from roadmaps.plan_changes import changes_between
from roadmaps.snapshot import snapshots_by_id
from schools.enums import CategoryCode
from schools.models import Category, SchoolChange
from tests.accounts.factories import NotificationFactory
from tests.cast import Cast
from tests.lists import same_queries
from tests.partnerships.factories import (
    AgreementFactory,
    AgreementTemplateFactory,
    ConcernFactory,
    LeadTermsFactory,
    MaterialFactory,
    MemberFactory,
    PairRuleFactory,
    TeamPersonFactory,
    pair,
)
from tests.partnerships.runs import a_row_of, ready_run
from tests.reports.factories import DocumentFactory
from tests.roadmaps.exchange_samples import waiting_draft
from tests.roadmaps.factories import (
    PlanTemplateFactory,
    PracticeFactory,
    RemarkFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
    TemplateRowFactory,
)
from tests.schools.exchange.uploads import a_wrong_row, queued
from tests.schools.factories import (
    ContactFactory,
    DirectionFactory,
    ExperienceFactory,
    MembershipFactory,
    MentorFactory,
    ProposalFactory,
    ResourceFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
    TeamRequestFactory,
)
from tests.urls_walk import (
    Things,
    calendar_span_of,
    material_of,
    paper_of,
    routes,
    things_of,
)


@dataclass(frozen=True)
class ListCase:
    url_name: str
    who: str
    make_row: Callable[[Cast, Things], object]
    queries: int


def a_school(cast: Cast, things: Things) -> object:
    return SchoolFactory(municipality=cast.municipality)


def a_person(cast: Cast, things: Things) -> object:
    return MembershipFactory(municipality=cast.municipality)


def a_calendar_span(cast: Cast, things: Things) -> object:
    return calendar_span_of(cast.municipality)


def a_contact(cast: Cast, things: Things) -> object:
    return ContactFactory(school=cast.target)


def a_former_contact(cast: Cast, things: Things) -> object:
    return ContactFactory(school=cast.target, until="2026-08-31")


def a_workbook(cast: Cast, things: Things) -> object:
    return queued(cast.municipality, cast.methodist)


def a_row_of_the_workbook(cast: Cast, things: Things) -> object:
    return a_wrong_row(things["workbook"])


def an_experience(cast: Cast, things: Things) -> object:
    return ExperienceFactory(school=cast.target, direction=DirectionFactory())


def a_resource(cast: Cast, things: Things) -> object:
    return ResourceFactory(school=cast.target)


def a_mentor(cast: Cast, things: Things) -> object:
    return MentorFactory(person__school=cast.target, direction=DirectionFactory())


def a_direction(cast: Cast, things: Things) -> object:
    return DirectionFactory(municipality=cast.municipality)


def a_paper_and_a_request(cast: Cast, things: Things) -> object:
    request = TeamRequestFactory(school=cast.target)
    request.factors.add(RiskFactorFactory())
    return paper_of(cast.target, cast.director)


def a_pair(cast: Cast, things: Things) -> Partnership:
    return pair(a_school(cast, things), a_school(cast, things))


def a_school_in_need(cast: Cast, things: Things) -> object:
    category = Category.objects.get_or_create(
        municipality=None, code=CategoryCode.AT_RISK, defaults={"name": "В зоне риска"}
    )[0]
    school = SchoolFactory(municipality=cast.municipality)
    item = RiskProfileItemFactory(profile=RiskProfileFactory(school=school))
    cast.lead.experience.create(text="Опыт", factor=item.factor)
    return SchoolCategoryFactory(school=school, category=category)


def a_pair_with_the_curator(cast: Cast, things: Things) -> object:
    partnership = pair(cast.lead, a_school(cast, things))
    return partnership.curators.create(member=cast.curator.memberships.get())


def a_visit(cast: Cast, things: Things) -> object:
    return Visit.objects.create(
        partnership=cast.partnership,
        visited_on="2026-11-10",
        purpose="Посещение уроков",
        author=cast.methodist,
    )


def a_concern(cast: Cast, things: Things) -> object:
    partnership = a_pair(cast, things)
    member = partnership.targets[0]
    return ConcernFactory(partnership=partnership, member=member)


def a_concern_of_the_pair(cast: Cast, things: Things) -> object:
    return ConcernFactory(partnership=cast.partnership, member=cast.partnership.targets[0])


def a_leader(cast: Cast, things: Things) -> object:
    lead = a_pair(cast, things).leads[0].school
    lead.experience.create(text="Опыт")
    return LeadTermsFactory(school=lead)


def an_agreement(cast: Cast, things: Things) -> object:
    """One that ends today, with what a row tells of it."""
    partnership = a_pair(cast, things)
    today = timezone.localdate()
    main = AgreementFactory(partnership=partnership, number="1", valid_until=today)
    return AgreementFactory(partnership=partnership, parent=main, changes="срок", number="1")


def an_agreement_of_the_pair(cast: Cast, things: Things) -> object:
    agreement = AgreementFactory(partnership=cast.partnership, valid_until=timezone.localdate())
    lead = cast.partnership.leads[0]
    return agreement.signatories.create(member=lead, name="Осокина Дарья Павловна")


def a_template(cast: Cast, things: Things) -> object:
    return AgreementTemplateFactory(municipality=cast.municipality)


def a_roadmap(cast: Cast, things: Things) -> object:
    return RoadmapFactory(partnership=a_pair(cast, things))


def a_teammate(cast: Cast, things: Things) -> object:
    return TeamPersonFactory(partnership=things["group"])


def a_material(cast: Cast, things: Things) -> object:
    return material_of(cast.municipality, cast.methodist)


def a_material_of_the_pair(cast: Cast, things: Things) -> object:
    return MaterialFactory(municipality=cast.municipality, partnership=cast.partnership)


def a_row(cast: Cast, things: Things) -> object:
    return RowFactory(roadmap=cast.roadmap)


def a_ready_plan(cast: Cast, things: Things) -> object:
    return TemplateRowFactory(template=PlanTemplateFactory(municipality=cast.municipality))


def a_row_of_the_ready_plan(cast: Cast, things: Things) -> object:
    row = TemplateRowFactory(template=things["plan_template"])
    row.factors.add(RiskFactorFactory())
    return row


def a_row_of_last_year(cast: Cast, things: Things) -> object:
    row = RowFactory(roadmap=things["last_roadmap"])
    row.event.factors.add(RiskFactorFactory())
    return row


def a_practice(cast: Cast, things: Things) -> object:
    card = PracticeFactory(municipality=cast.municipality, created_by=cast.methodist)
    card.factors.add(RiskFactorFactory())
    return card


def a_sent_report(cast: Cast, things: Things) -> object:
    occurrence = RowFactory(roadmap=cast.roadmap).event.occurrences.get()
    return ReportFactory(
        occurrence=occurrence, school=cast.target, author=cast.director, submitted=True
    )


def another_report_of_the_occurrence(cast: Cast, things: Things) -> object:
    school = MemberFactory(partnership=cast.partnership).school
    return ReportFactory(
        occurrence=things["occurrence"], school=school, author=cast.director, submitted=True
    )


def a_document(cast: Cast, things: Things) -> object:
    return DocumentFactory(municipality=cast.municipality, status=JobStatus.QUEUED)


def a_notice(cast: Cast, things: Things) -> object:
    return NotificationFactory(recipient=cast.director)


def a_letter(cast: Cast, things: Things) -> object:
    return OutboxBackend().send_messages([EmailMessage("Приглашение", "", to=["a@b.example"])])


def a_change(cast: Cast, things: Things) -> object:
    return SchoolChange.objects.create(
        school=cast.target, by=cast.methodist, area="risks", what="Значимость"
    )


def a_change_of_the_partnership(cast: Cast, things: Things) -> object:
    return PartnershipChange.objects.create(
        partnership=cast.partnership, by=cast.methodist, what="Тема"
    )


def a_proposal(cast: Cast, things: Things) -> object:
    return ProposalFactory(school=a_school(cast, things), author=cast.director)


def an_earlier_proposal(cast: Cast, things: Things) -> object:
    return ProposalFactory(school=cast.target, author=cast.director, state="refused")


def a_factor_in_the_profile(cast: Cast, things: Things) -> object:
    profile = things["school"].risk_profiles.get(year=things["profile_year"])
    return RiskProfileItemFactory(profile=profile)


def a_factor_of_two_years(cast: Cast, things: Things) -> object:
    last, _ = things["school"].risk_profiles.get_or_create(year=things["profile_year"] - 1)
    return RiskProfileItemFactory(profile=last)


def a_member_of_two_clusters(cast: Cast, things: Things) -> object:
    school = a_school(cast, things)
    SchoolCategoryFactory(school=school)
    facts = {"no_internet": True, "no_staff": True}
    return school.infrastructure.create(year=things["profile_year"], **facts)


def a_run(cast: Cast, things: Things) -> object:
    return ready_run(cast.municipality, cast.methodist)


def a_pair_of_the_run(cast: Cast, things: Things) -> object:
    return a_row_of(things["run"], a_school(cast, things), cast.lead)


def a_load_of_the_run(cast: Cast, things: Things) -> object:
    run = things["run"]
    number = len(run.summary["load"])
    one = {"lead": cast.lead.pk, "name": f"СОШ №{number}", "before": 1, "limit": 3, "given": [1, 1]}
    run.summary["load"].append(one)
    run.save()
    return one


def a_candidate(cast: Cast, things: Things) -> object:
    """Another school that knows the factor of the school of the walk, and helps with it."""
    school = a_school(cast, things)
    pair(school, a_school(cast, things)).factors.add(things["profile_factor"])
    return ExperienceFactory(
        school=school, factor=things["profile_factor"], direction=DirectionFactory()
    )


def a_decision_about_a_pair(cast: Cast, things: Things) -> object:
    return PairRuleFactory(lead=cast.lead, target=a_school(cast, things))


def a_remark(cast: Cast, things: Things) -> object:
    answer, _ = PlanAnswer.objects.get_or_create(
        roadmap=cast.roadmap, amendment=None, school=cast.target, defaults={"by": cast.director}
    )
    return RemarkFactory(answer=answer, row=RowFactory(roadmap=cast.roadmap))


def a_row_to_agree(cast: Cast, things: Things) -> object:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.AGREEING)
    return RowFactory(roadmap=cast.roadmap)


def a_row_added_since(cast: Cast, things: Things) -> object:
    """The plan was approved without it."""
    if cast.roadmap.baseline is None:
        cast.roadmap.baseline = baseline_of(cast.roadmap)
        cast.roadmap.save()
    return a_step(cast, things)


def a_step(cast: Cast, things: Things) -> object:
    why = Why("Просьба школы")
    return add_row(
        roadmap=cast.roadmap, stage=2, values={"title": "Ещё"}, by=cast.methodist, why=why
    )


def a_remark_to_the_change(cast: Cast, things: Things) -> object:
    answer = things["remark"].answer
    return RemarkFactory(answer=answer, row=RowFactory(roadmap=cast.roadmap))


def a_row_of_the_change(cast: Cast, things: Things) -> object:
    row = RowFactory(roadmap=cast.roadmap)
    (live,) = snapshots_by_id([row.pk])
    amendment = things["amendment"]
    amendment.changes += [one.as_json() for one in changes_between([], [live])]
    amendment.save()
    return row


def a_table_that_waits(cast: Cast, things: Things) -> object:
    return waiting_draft(cast.roadmap, cast.methodist)


def a_row_that_waits(cast: Cast, things: Things) -> object:
    draft = things["plan_draft"]
    draft.rows = [*draft.rows, draft.rows[0] | {"title": f"Сбор {len(draft.rows)}"}]
    draft.save()
    return draft


LISTS = [
    ListCase("home", "methodist", a_sent_report, 21),
    ListCase("home", "chair", a_pair, 42),
    ListCase("home", "chair", a_school_in_need, 47),
    ListCase("home", "director", a_row, 18),
    ListCase("home", "curator", a_pair_with_the_curator, 13),
    ListCase("home", "administrator", a_person, 6),
    ListCase("accounts:notifications", "director", a_notice, 5),
    ListCase("accounts:outbox", "administrator", a_letter, 4),
    ListCase("schools:list", "methodist", a_school, 12),
    ListCase("schools:list", "director", a_school, 10),
    ListCase("schools:risks", "methodist", a_factor_in_the_profile, 14),
    ListCase("schools:profile-edit", "methodist", a_factor_in_the_profile, 10),
    ListCase("schools:profile-compare", "methodist", a_factor_of_two_years, 9),
    ListCase("schools:clusters", "methodist", a_member_of_two_clusters, 10),
    ListCase("schools:clusters", "director", a_member_of_two_clusters, 9),
    ListCase("schools:people", "methodist", a_person, 5),
    ListCase("schools:people", "administrator", a_person, 7),
    ListCase("schools:papers", "methodist", a_paper_and_a_request, 13),
    ListCase("schools:requests", "methodist", a_paper_and_a_request, 8),
    ListCase("schools:requests", "director", a_paper_and_a_request, 7),
    ListCase("schools:school-people", "methodist", a_contact, 11),
    ListCase("schools:school-people", "director", a_former_contact, 11),
    ListCase("schools:history", "methodist", a_change, 10),
    ListCase("schools:history", "director", a_change, 10),
    ListCase("schools:proposals", "methodist", a_proposal, 5),
    ListCase("schools:proposals", "director", an_earlier_proposal, 5),
    ListCase("schools:imports", "methodist", a_workbook, 5),
    ListCase("schools:import", "methodist", a_row_of_the_workbook, 6),
    ListCase("schools:sharing", "director", an_experience, 16),
    ListCase("schools:sharing", "chair", a_resource, 16),
    ListCase("schools:sharing", "methodist", a_mentor, 16),
    ListCase("schools:experience", "methodist", an_experience, 7),
    ListCase("schools:resources", "methodist", a_resource, 5),
    ListCase("schools:mentors", "director", a_mentor, 7),
    ListCase("schools:catalogue", "methodist", a_direction, 5),
    ListCase("schools:catalogues", "methodist", a_direction, 20),
    # Three of them for the choices of the filter: years, directions, factors.
    ListCase("partnerships:list", "methodist", a_pair, 11),
    ListCase("partnerships:list", "curator", a_pair_with_the_curator, 11),
    ListCase("partnerships:network", "methodist", a_pair, 18),
    ListCase("partnerships:network", "curator", a_pair_with_the_curator, 12),
    ListCase("partnerships:network-table", "methodist", a_pair, 17),
    ListCase("partnerships:team", "methodist", a_teammate, 11),
    ListCase("partnerships:materials-list", "director", a_material, 5),
    ListCase("partnerships:materials", "curator", a_material_of_the_pair, 9),
    ListCase("partnerships:unpaired", "methodist", a_school_in_need, 8),
    ListCase("partnerships:candidates", "methodist", a_candidate, 31),
    ListCase("partnerships:pair-rules-list", "methodist", a_decision_about_a_pair, 5),
    # One of them for the factors of the profile that the walk gives the target school.
    ListCase("partnerships:detail", "methodist", a_visit, 23),
    ListCase("partnerships:visits", "methodist", a_visit, 14),
    ListCase("partnerships:visits", "curator", a_visit, 14),
    ListCase("partnerships:visits-list", "methodist", a_visit, 8),
    ListCase("partnerships:agreement-list", "methodist", an_agreement, 10),
    ListCase("partnerships:agreements", "director", an_agreement_of_the_pair, 15),
    ListCase("partnerships:agreements", "methodist", a_template, 15),
    ListCase("partnerships:agreement-samples", "methodist", a_template, 5),
    ListCase("partnerships:history", "director", a_change_of_the_partnership, 9),
    ListCase("partnerships:leads", "methodist", a_leader, 7),
    ListCase("partnerships:concern-list", "chair", a_concern, 8),
    ListCase("partnerships:concerns", "methodist", a_concern_of_the_pair, 12),
    ListCase("partnerships:concerns", "curator", a_concern_of_the_pair, 12),
    ListCase("partnerships:runs-list", "methodist", a_run, 5),
    ListCase("partnerships:run", "methodist", a_pair_of_the_run, 7),
    ListCase("partnerships:run-load", "chair", a_load_of_the_run, 5),
    ListCase("roadmaps:cooled", "methodist", a_pair, 7),
    ListCase("roadmaps:list", "methodist", a_roadmap, 8),
    ListCase("roadmaps:detail", "methodist", a_row, 34),
    ListCase("roadmaps:detail", "director", a_row, 32),
    ListCase("roadmaps:timeline", "methodist", a_row, 12),
    ListCase("roadmaps:print", "methodist", a_row, 9),
    ListCase("roadmaps:calendar", "methodist", a_row, 14),
    ListCase("roadmaps:calendar", "director", a_row, 15),
    ListCase("roadmaps:check", "methodist", a_row, 21),
    ListCase("roadmaps:check", "director", a_row, 21),
    ListCase("roadmaps:school-calendar", "methodist", a_calendar_span, 6),
    ListCase("roadmaps:school-calendar", "director", a_calendar_span, 6),
    ListCase("roadmaps:templates", "director", a_ready_plan, 7),
    ListCase("roadmaps:template", "methodist", a_row_of_the_ready_plan, 7),
    ListCase("roadmaps:practices", "director", a_practice, 10),
    ListCase("roadmaps:from-templates", "methodist", a_ready_plan, 12),
    ListCase("roadmaps:from-template", "methodist", a_row_of_the_ready_plan, 12),
    ListCase("roadmaps:from-roadmaps", "methodist", a_roadmap, 10),
    ListCase("roadmaps:from-roadmap", "methodist", a_row_of_last_year, 15),
    ListCase("roadmaps:from-practices", "methodist", a_practice, 15),
    ListCase("roadmaps:approval", "methodist", a_remark, 11),
    ListCase("roadmaps:answer", "director", a_row_to_agree, 8),
    ListCase("roadmaps:changes", "methodist", a_row_added_since, 17),
    ListCase("roadmaps:amendment-send", "methodist", a_row_added_since, 16),
    ListCase("roadmaps:amendment", "methodist", a_remark_to_the_change, 12),
    ListCase("roadmaps:amendment-answer", "director", a_row_of_the_change, 9),
    ListCase("roadmaps:history", "director", a_step, 12),
    ListCase("roadmaps:joint", "methodist", a_roadmap, 24),
    ListCase("roadmaps:exchange", "methodist", a_table_that_waits, 8),
    ListCase("roadmaps:draft", "methodist", a_row_that_waits, 11),
    ListCase("roadmaps:mine", "director", a_row, 18),
    ListCase("roadmaps:events", "methodist", a_row, 8),
    ListCase("roadmaps:queue", "methodist", a_sent_report, 8),
    ListCase("roadmaps:review", "methodist", another_report_of_the_occurrence, 12),
    ListCase("reports:list", "chair", a_document, 5),
]


@pytest.mark.parametrize("case", LISTS, ids=lambda case: f"{case.url_name} as {case.who}")
def test_as_many_queries_for_three_rows_as_for_one(case: ListCase, client, cast):
    (route,) = [route for route in routes() if route.name == case.url_name]
    things = things_of(cast)
    client.sign_in(getattr(cast, case.who))
    same_queries(client, route.address(things), lambda: case.make_row(cast, things), case.queries)

"""Every page that shows rows, with the number of its queries: the same for one row and three.

One line a page: URL name, who looks, how one more row comes about, queries. A number that grows
is a price: raise it only when the page shows something new.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.mail import EmailMessage

from common.jobs import JobStatus
from network_portal.mail import OutboxBackend
from partnerships.models import Partnership, Visit
from tests.accounts.factories import NotificationFactory
from tests.cast import Cast
from tests.lists import same_queries
from tests.partnerships.factories import MemberFactory, pair
from tests.reports.factories import DocumentFactory
from tests.roadmaps.factories import ReportFactory, RoadmapFactory, RowFactory
from tests.schools.factories import MembershipFactory, SchoolFactory
from tests.urls_walk import Things, routes, things_of


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


def a_pair(cast: Cast, things: Things) -> Partnership:
    return pair(a_school(cast, things), a_school(cast, things))


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


def a_roadmap(cast: Cast, things: Things) -> object:
    return RoadmapFactory(partnership=a_pair(cast, things))


def a_row(cast: Cast, things: Things) -> object:
    return RowFactory(roadmap=cast.roadmap)


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


LISTS = [
    ListCase("home", "methodist", a_sent_report, 11),
    ListCase("home", "chair", a_pair, 24),
    ListCase("home", "director", a_row, 13),
    ListCase("home", "curator", a_pair_with_the_curator, 12),
    ListCase("home", "administrator", a_person, 6),
    ListCase("accounts:notifications", "director", a_notice, 6),
    ListCase("accounts:outbox", "administrator", a_letter, 4),
    ListCase("schools:list", "methodist", a_school, 10),
    ListCase("schools:list", "director", a_school, 9),
    ListCase("schools:people", "methodist", a_person, 6),
    ListCase("schools:people", "administrator", a_person, 8),
    ListCase("partnerships:list", "methodist", a_pair, 9),
    ListCase("partnerships:list", "curator", a_pair_with_the_curator, 9),
    ListCase("partnerships:detail", "methodist", a_visit, 19),
    ListCase("roadmaps:list", "methodist", a_roadmap, 9),
    ListCase("roadmaps:detail", "methodist", a_row, 13),
    ListCase("roadmaps:detail", "director", a_row, 13),
    ListCase("roadmaps:mine", "director", a_row, 13),
    ListCase("roadmaps:events", "methodist", a_row, 9),
    ListCase("roadmaps:queue", "methodist", a_sent_report, 9),
    ListCase("roadmaps:review", "methodist", another_report_of_the_occurrence, 12),
    ListCase("reports:list", "chair", a_document, 6),
]


@pytest.mark.parametrize("case", LISTS, ids=lambda case: f"{case.url_name} as {case.who}")
def test_as_many_queries_for_three_rows_as_for_one(case: ListCase, client, cast):
    (route,) = [route for route in routes() if route.name == case.url_name]
    things = things_of(cast)
    client.sign_in(getattr(cast, case.who))
    same_queries(client, route.address(things), lambda: case.make_row(cast, things), case.queries)

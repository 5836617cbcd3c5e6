"""Every page that shows rows, with the number of its queries: the same for one row and three.

One line a page: URL name, who looks, how one more row comes about, queries. A number that grows
is a price: raise it only when the page shows something new.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from schools.models import School
from tests.cast import Cast
from tests.lists import same_queries
from tests.schools.factories import SchoolFactory
from tests.urls_walk import routes, things_of


@dataclass(frozen=True)
class ListCase:
    url_name: str
    who: str
    make_row: Callable[[Cast], object]
    queries: int


def a_school(cast: Cast) -> School:
    return SchoolFactory(municipality=cast.municipality)


LISTS = [
    ListCase("schools:list", "methodist", a_school, 9),
]


@pytest.mark.parametrize("case", LISTS, ids=lambda case: f"{case.url_name} as {case.who}")
def test_as_many_queries_for_three_rows_as_for_one(case: ListCase, client, cast):
    (route,) = [route for route in routes() if route.name == case.url_name]
    url = route.address(things_of(cast))
    client.sign_in(getattr(cast, case.who))
    same_queries(client, url, lambda: case.make_row(cast), case.queries)

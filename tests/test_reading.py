"""Reading in odd ways: parts of pages and strange parameters write nothing and break nothing.

What may be read by whom is the access matrix's question, and there every address is read by
everybody; here a page only must not fail. The guard of `network_portal.readonly` raises when a
GET writes, and the client passes that on.
"""

import pytest
from django.urls import reverse

from tests.urls_walk import routes
from tests.walk import Walk

STRANGE = {
    "page": "-1", "q": "%' OR 1=1 --", "year": "двести", "state": "\N{NULL}", "school": "x",
    "stage": "9", "category": "нет", "partnership": "9" * 30, "sort": "__import__",
}  # fmt: skip


def read_everything(walk: Walk, who: str, *given: object, **headers: str) -> None:
    client = walk.client_of(who)
    assert client.get(reverse("accounts:profile")).status_code == 200, "not signed in"
    for route in routes():
        response = client.get(route.address(walk.things), *given, headers=headers)
        response.getvalue()
        assert response.status_code < 500 or route.name == "readyz", route.name


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["methodist", "director"])
def test_reading_a_part_of_a_page_writes_nothing_and_never_fails(walk, who: str):
    read_everything(walk, who, **{"HX-Request": "true"})


@pytest.mark.parametrize("who", ["methodist", "director", "administrator"])
def test_strange_parameters_break_no_page(walk, who: str):
    read_everything(walk, who, STRANGE)

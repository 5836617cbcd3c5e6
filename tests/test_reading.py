"""Reading: every address for every person, and nothing is written and nothing breaks.

What may be read by whom is the access matrix's question; here a page only must not fail. The
guard of `network_portal.readonly` raises when a GET writes, and the client passes that on.
"""

import pytest
from django.test import override_settings

from tests.cast import Cast
from tests.strict import StrictClient
from tests.urls_walk import foreign_things, routes, things_of

PEOPLE = [
    *("chair", "methodist", "director", "lead_director", "lonely_director", "coordinator"),
    *("curator", "administrator", "stranger", "nobody"),
]
#: Things that are named by a number in an address.
NUMBERED = [
    *("school", "membership", "partnership", "roadmap", "row", "occurrence", "report"),
    *("photo", "document", "notification", "workbook"),
]


def visitor(client: StrictClient, cast: Cast, who: str) -> StrictClient:
    return client if who == "nobody" else client.sign_in(cast.everyone[who])


@pytest.mark.parametrize("who", PEOPLE)
def test_reading_writes_nothing_and_never_fails(who: str, client, cast):
    things = things_of(cast)
    visitor(client, cast, who)
    for route in routes():
        response = client.get(route.address(things))
        response.getvalue()
        assert response.status_code < 500 or route.name == "readyz", route.name


@pytest.mark.parametrize("who", ["methodist", "director"])
def test_reading_a_part_of_a_page_writes_nothing_and_never_fails(who: str, client, cast):
    things = things_of(cast)
    visitor(client, cast, who)
    for route in routes():
        response = client.get(route.address(things), headers={"HX-Request": "true"})
        response.getvalue()
        assert response.status_code < 500 or route.name == "readyz", route.name


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "stranger"])
def test_what_belongs_to_others_reads_like_what_does_not_exist(who: str, client, cast):
    """A forged id and an id of another municipality: the same 404, never a 500."""
    visitor(client, cast, who)
    foreign = foreign_things(cast)
    seen = {"membership"} if who == "administrator" else set()  # people of the installation
    for route in routes():
        if "pk" in route.parameters and not seen & set(route.kinds().values()):
            theirs = client.get(route.address(foreign)).status_code
            nowhere = client.get(route.address(foreign | dict.fromkeys(NUMBERED, 10**9)))
            assert theirs == nowhere.status_code, route.name


@pytest.mark.parametrize("who", ["methodist", "director", "administrator"])
def test_strange_parameters_break_no_page(who: str, client, cast):
    things = things_of(cast)
    visitor(client, cast, who)
    strange = {
        "page": "-1", "q": "%' OR 1=1 --", "year": "двести", "state": "\N{NULL}", "school": "x",
        "stage": "9", "category": "нет", "partnership": "9" * 30, "sort": "__import__",
    }  # fmt: skip
    for route in routes():
        response = client.get(route.address(things), strange)
        response.getvalue()
        assert response.status_code < 500 or route.name == "readyz", route.name


@override_settings(DEMO=False, DEBUG=False)
def test_a_closed_account_with_an_open_session_just_reads_the_door(client, cast):
    cast.methodist.is_demo = True
    cast.methodist.save()
    response = client.sign_in(cast.methodist).get("/")
    assert (response.status_code, response.url) == (302, "/sign-in/?next=/")

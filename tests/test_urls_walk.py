"""The walk knows every URL, so what is built on it leaves none out."""

from django.urls import resolve

from tests.urls_walk import OF_ROUTE, foreign_things, routes, things_of


def test_every_argument_of_every_url_is_known():
    for route in routes():
        assert route.kinds().keys() == set(route.parameters)


def test_every_url_of_ours_has_a_name_of_its_own():
    names = [route.name for route in routes()]
    assert "None" not in {name.rpartition(":")[2] for name in names}
    assert sorted(names) == sorted(set(names))


def test_addresses_lead_back_to_their_routes(cast):
    things = things_of(cast)
    for route in routes():
        assert resolve(route.address(things)).view_name == route.name


def test_things_of_two_municipalities_differ(cast):
    own, foreign = things_of(cast), foreign_things(cast)
    same = {
        "partnership_verb",
        "concern_verb",
        "roadmap_verb",
        "stage",
        "profile_year",
        "letter",
        "uid",
        "catalogue",
    }
    assert {kind for kind in own if own[kind] == foreign[kind]} == same


def test_tables_name_no_lost_routes():
    known = {route.name for route in routes()}
    assert sorted(set(OF_ROUTE) - known) == []

"""Deny by default: every URL answers every person as the matrix of tests/access.py says."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from tests.access import MATRIX, PEOPLE, SEES_FOREIGN
from tests.urls_walk import Route, routes
from tests.walk import Walk

ROUTES = {route.name: route for route in routes()}
#: Arguments that name an object of a municipality.
OWNED = {
    "school",
    "held",
    "basis",
    "membership",
    "contact",
    "appointed",
    "paper",
    "proposal",
    "request",
    "catalogue_row",
    "experience",
    "resource",
    "mentor",
    "partnership",
    "lead_school",
    "pair_rule",
    "roadmap",
    "row",
    "plan_draft",
    "occurrence",
    "report",
    "amendment",
    "remark",
    "plan_template",
    "plan_row",
    "practice",
    "calendar_span",
    "last_roadmap",
    "photo",
    "document",
    "run",
    "notification",
    "workbook",
    "agreement",
    "assignment",
    "visit",
    "concern",
    "material",
    "group",
    "teammate",
}
BOTH = ("get", "post")


@contextmanager
def undone() -> Iterator[None]:
    """What one person's request changed is not there for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def heard(name: str, method: str) -> bool:
    """Whether anybody's request by this method does anything but 405."""
    return any(MATRIX[name].expected(method, who) != 405 for who in PEOPLE)


def who_reaches(name: str, method: str) -> tuple[str, ...]:
    """Three of those who find the real thing: to them what exists nowhere has to be missing."""
    refused = {403, 404}
    found = [who for who in PEOPLE if MATRIX[name].expected(method, who) not in refused]
    return tuple(found[:3]) or PEOPLE[:1]


def asked_with_an_id() -> list[tuple[str, str]]:
    """Addresses that name an object of a municipality, with the methods that they hear."""
    named = (name for name, route in ROUTES.items() if OWNED & set(route.kinds().values()))
    rows = sorted(MATRIX.keys() & set(named))
    return [(name, method) for name in rows for method in BOTH if heard(name, method)]


def answers(walk: Walk, address: str, method: str, people: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for who in people:
        with undone():
            response = getattr(walk.client_of(who), method)(address)
            if response.streaming:
                response.getvalue()  # to its end, so that the file is closed
            found[who] = response.status_code
    return found


def test_every_url_has_a_row():
    assert sorted(set(ROUTES) - set(MATRIX)) == [], "add a row to tests/access.py"


def test_the_matrix_names_no_lost_url():
    assert sorted(set(MATRIX) - set(ROUTES)) == []


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize("name", sorted(set(MATRIX) & set(ROUTES)))
def test_matrix(walk, name, method):
    # The method is looked at before the person: where nobody is heard, two need not be ten.
    people = (*(PEOPLE if heard(name, method) else PEOPLE[:1]), "anonymous")
    got = answers(walk, ROUTES[name].address(walk.things), method, people)

    expected = {who: MATRIX[name].expected(method, who) for who in people}
    wrong = [f"{w}: {got[w]}, not {expected[w]}" for w in people if got[w] != expected[w]]
    assert not wrong, "; ".join(wrong)


@pytest.mark.any_database
@pytest.mark.parametrize(("name", "method"), asked_with_an_id())
def test_ids_of_another_municipality_do_not_exist(walk, name, method):
    route: Route = ROUTES[name]
    address = route.address(walk.foreign)
    own = tuple(
        who for who in PEOPLE if who != "stranger" and who not in SEES_FOREIGN.get(name, set())
    )

    assert set(answers(walk, address, method, own).values()) <= {404, 405}


@pytest.mark.any_database
@pytest.mark.parametrize(("name", "method"), asked_with_an_id())
def test_forged_ids_do_not_exist(walk, name, method):
    route = ROUTES[name]
    forged = {
        k: 987_654_321 if kind in OWNED else walk.things[kind] for k, kind in route.kinds().items()
    }
    address = reverse(name, kwargs={k: getattr(v, "pk", v) for k, v in forged.items()})

    assert set(answers(walk, address, method, who_reaches(name, method)).values()) <= {404, 405}


def test_access_document_is_fresh():
    call_command("access_doc", "--check")

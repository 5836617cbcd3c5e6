"""Deny by default: every URL answers every person as the matrix of tests/access.py says."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from tests.access import MATRIX, PEOPLE, SEES_FOREIGN
from tests.cast import Cast
from tests.strict import StrictClient
from tests.urls_walk import Route, foreign_things, routes, things_of

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
}
BOTH = ("get", "post")


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    """The letter of the walk lies in the outbox."""
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.OUTBOX_DIR.mkdir()
    letter = settings.OUTBOX_DIR / "20261124-090000-000000-00000000.eml"
    letter.write_bytes(b"To: a@portal.example\nSubject: x\n\ntext\n")
    settings.MEDIA_ROOT = tmp_path / "media"


@contextmanager
def undone() -> Iterator[None]:
    """What one person's request changed is not there for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(cast: Cast, address: str, method: str, people: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for who in people:
        with undone():
            client = StrictClient()
            if who != "anonymous":
                client.sign_in(getattr(cast, who))
            response = getattr(client, method)(address)
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
def test_matrix(cast, name, method):
    address = ROUTES[name].address(things_of(cast))
    people = (*PEOPLE, "anonymous")
    got = answers(cast, address, method, people)

    expected = {who: MATRIX[name].expected(method, who) for who in people}
    wrong = [f"{w}: {got[w]}, not {expected[w]}" for w in people if got[w] != expected[w]]
    assert not wrong, "; ".join(wrong)


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize(
    "name", sorted(name for name, route in ROUTES.items() if OWNED & set(route.kinds().values()))
)
def test_ids_of_another_municipality_do_not_exist(cast, name, method):
    route: Route = ROUTES[name]
    things_of(cast)
    address = route.address(foreign_things(cast))
    own = tuple(
        who for who in PEOPLE if who != "stranger" and who not in SEES_FOREIGN.get(name, set())
    )

    assert set(answers(cast, address, method, own).values()) <= {404, 405}


@pytest.mark.parametrize(
    "name", sorted(name for name, route in ROUTES.items() if OWNED & set(route.kinds().values()))
)
def test_forged_ids_do_not_exist(cast, name):
    route = ROUTES[name]
    things = things_of(cast)
    forged = {
        k: 987_654_321 if kind in OWNED else things[kind] for k, kind in route.kinds().items()
    }
    address = reverse(name, kwargs={k: getattr(v, "pk", v) for k, v in forged.items()})

    assert set(answers(cast, address, "post", PEOPLE).values()) <= {404, 405}


def test_access_document_is_fresh():
    call_command("access_doc", "--check")

"""Who may order, download, repeat and register; refusals are sentences."""

from datetime import date

import pytest

from common.jobs import JobStatus
from reports import rules
from reports.models import Document
from schools.standing import forget_memberships
from tests.reports.factories import DocumentFactory


def document(cast, status: str) -> Document:
    return Document(municipality=cast.municipality, status=status)


def test_chair_and_methodist_order_documents_and_nobody_else(cast):
    allowed = {n for n, who in cast.everyone.items() if rules.can_order(who, cast.municipality)}
    assert allowed == {"chair", "methodist"}


def test_a_person_without_a_municipality_is_told_so(cast):
    assert "ни в одном" in rules.can_order(cast.administrator, None).reason


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (rules.can_download, JobStatus.READY),
        (rules.can_register, JobStatus.READY),
        (rules.can_retry, JobStatus.FAILED),
    ],
)
def test_each_verb_needs_its_state(cast, rule, status):
    for other in JobStatus:
        verdict = rule(cast.chair, document(cast, other))
        assert bool(verdict) == (other == status)
        assert verdict or verdict.reason.endswith(".")
        assert not rule(cast.director, document(cast, other))


def test_documents_are_seen_where_they_may_be_made(cast):
    own = DocumentFactory(municipality=cast.municipality)
    foreign = DocumentFactory(municipality=cast.foreign)
    seen = {n: set(Document.objects.visible_to(who)) for n, who in cast.everyone.items()}
    assert seen.pop("chair") == seen.pop("methodist") == {own}
    assert seen.pop("stranger") == {foreign}
    assert set().union(*seen.values()) == set()


def test_a_person_who_left_sees_nothing(cast, today):
    DocumentFactory(municipality=cast.municipality)
    cast.chair.memberships.update(until=date(2026, 11, 23))
    forget_memberships(cast.chair)
    assert not Document.objects.visible_to(cast.chair).exists()

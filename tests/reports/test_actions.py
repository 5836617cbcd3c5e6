"""Ordering, repeating, registering."""

from datetime import date

import pytest
from celery import current_app

from common.jobs import JobStatus
from reports import actions
from reports.enums import DocumentKind, NetworkSection
from reports.models import Document
from tests.reports.factories import DocumentFactory
from tests.schools.factories import YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr("common.jobs.enqueue", lambda name, *args: messages.append((name, args)))
    return messages


def order(cast, **fields) -> Document:
    usual = {
        "municipality": cast.municipality,
        "kind": DocumentKind.NETWORK,
        "year": YEAR,
        "sections": [NetworkSection.RISKS, NetworkSection.GENERAL],
        "signatory_post": "Начальник отдела",
        "signatory_name": "А. П. Орлова",
        "by": cast.chair,
    }
    return actions.order_document(**usual | fields)


def test_an_order_waits_in_the_queue_and_wakes_a_worker(cast, sent):
    document = order(cast)
    assert document.status == JobStatus.QUEUED
    assert document.sections == ["general", "risks"]
    assert document.executor == cast.chair.list_name
    assert sent == [("reports.render", (document.pk,))]


def test_a_second_click_gives_the_same_document(cast, sent):
    first, second = (order(cast, request_key="ключ") for _ in range(2))
    assert first == second
    assert len(sent) == 1


def test_the_same_key_of_another_person_is_another_document(cast, sent):
    assert order(cast, request_key="ключ") != order(cast, request_key="ключ", by=cast.methodist)


def test_without_waking_nobody_else_takes_it_for_half_a_minute(cast, sent):
    document = order(cast, wake_worker=False)
    assert sent == []
    assert not Document.objects.unsent(document.queued_at).exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_leaves_the_order_in_the_queue(cast, monkeypatch):
    def down(*args, **kwargs):
        raise OSError("broker is down")

    monkeypatch.setattr(current_app, "send_task", down)
    assert order(cast).status == JobStatus.QUEUED


def test_a_failed_document_is_tried_again_from_the_start(sent):
    document = DocumentFactory(
        status=JobStatus.FAILED, error="не вышло", attempts=3, finished_at="2026-11-20T10:00Z"
    )
    actions.retry(document=document)
    document.refresh_from_db()
    assert (document.status, document.error, document.attempts) == (JobStatus.QUEUED, "", 0)
    assert sent == [("reports.render", (document.pk,))]


def test_what_did_not_fail_is_not_tried_again(sent):
    document = DocumentFactory()
    actions.retry(document=document)
    assert sent == []


def test_registration_writes_number_and_date_only():
    document = DocumentFactory()
    actions.register(document=document, number="14", day=date(2026, 11, 24))
    document.refresh_from_db()
    assert (document.number, document.registered_on) == ("14", date(2026, 11, 24))

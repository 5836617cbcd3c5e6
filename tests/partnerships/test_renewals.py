"""The methodist is told once that an agreement begins to run out; the desk keeps saying it."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from partnerships.actions.renewals import ONE_BY_ONE, RENEWALS, tell_of_renewals
from partnerships.models import NetworkSettings
from tests.partnerships.factories import AgreementFactory, pair

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
SOON = TODAY + timedelta(days=60)


def told(user) -> list[str]:
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return [row.text.replace("\u00a0", " ") for row in rows]


def test_an_end_that_comes_near_is_told_once(cast):
    AgreementFactory(partnership=cast.partnership, number="7", valid_until=SOON)
    assert [tell_of_renewals(TODAY) for _ in range(2)] == [1, 0]
    assert told(cast.methodist) == ["Договор № 7 (СОШ №9 – СОШ №5) действует до 23 января 2027 г."]
    notice = Notification.objects.get(recipient=cast.methodist)
    assert (notice.url_name, notice.url_args) == (
        "partnerships:agreements",
        [cast.partnership.pk],
    )
    assert told(cast.stranger) == told(cast.director) == []


def test_a_prolonged_one_is_told_of_again_when_its_new_end_is_near(cast):
    main = AgreementFactory(partnership=cast.partnership, valid_until=SOON)
    tell_of_renewals(TODAY)
    later = SOON + timedelta(days=300)
    AgreementFactory(partnership=cast.partnership, parent=main, changes="срок", valid_until=later)
    assert tell_of_renewals(TODAY) == 0
    assert tell_of_renewals(later - timedelta(days=10)) == 1


def test_the_committee_says_how_many_days_ahead(cast):
    NetworkSettings.objects.create(municipality=cast.municipality, renewal_days=30)
    AgreementFactory(partnership=cast.partnership, valid_until=SOON)
    AgreementFactory(partnership=cast.foreign_partnership, valid_until=SOON)
    assert tell_of_renewals(TODAY) == 1
    assert told(cast.methodist) == []
    assert len(told(cast.stranger)) == 1


def test_many_at_once_are_one_notice(cast):
    for _ in range(ONE_BY_ONE + 1):
        AgreementFactory(partnership=pair(cast.lead, cast.target), valid_until=SOON)
    tell_of_renewals(TODAY)
    assert told(cast.methodist) == ["Скоро заканчиваются договоры о сотрудничестве: 6 договоров"]


def test_the_clock_runs_it():
    assert settings.CELERY_BEAT_SCHEDULE[RENEWALS]["task"] == RENEWALS


def test_the_desk_of_the_methodist_leads_to_the_lists(client, cast):
    today = timezone.localdate()
    AgreementFactory(partnership=cast.partnership, valid_until=today)
    for _ in range(2):
        past = today - timedelta(days=1)
        AgreementFactory(partnership=pair(cast.lead, cast.target), valid_until=past)
    AgreementFactory(partnership=cast.foreign_partnership, valid_until=today)
    page = client.sign_in(cast.methodist).get("/").content.decode()
    url = reverse("partnerships:agreement-list")
    for show, words, number in (
        ("ending", "договор скоро заканчивается", 1),
        ("over", "договора с истёкшим сроком", 2),
    ):
        assert words in page
        assert f"{url}?show={show}" in page
        found = client.get(url, {"show": show}).content.decode()
        assert f"Найдено: {number}" in found

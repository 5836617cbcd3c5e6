"""The page of cooled pairs: of one municipality, for those who see all of it."""

from datetime import date

from django.urls import reverse

from partnerships.enums import PartnershipKind
from partnerships.models import Partnership
from tests.partnerships.factories import VisitFactory, pair
from tests.roadmaps.factories import RowFactory

URL = reverse("roadmaps:cooled")


def page(client, person, query: str = "") -> str:
    return client.sign_in(person).get(URL + query).content.decode().replace("\u00a0", " ")


def test_cooled_pairs_are_told_with_reason_and_step(client, cast):
    VisitFactory(partnership=cast.partnership, visited_on=date(2026, 10, 10))
    for person in (cast.methodist, cast.chair):
        html = page(client, person)
        assert "Последний контакт был 45 дней назад, 10 октября 2026 г.: посещение." in html
        assert "Свяжитесь с обеими школами" in html
        assert cast.foreign_partnership.title not in html


def test_lively_pair_is_absent_and_the_empty_page_says_what_comes_here(client, cast):
    VisitFactory(partnership=cast.partnership, visited_on=date(2026, 11, 18))
    RowFactory(roadmap=cast.roadmap, event__ends_on=date(2026, 12, 1))
    assert "Остывших пар нет." in page(client, cast.methodist)


def test_a_seminar_is_no_pair_to_cool(client, cast):
    """R141."""
    VisitFactory(partnership=cast.partnership, visited_on=date(2026, 10, 10))
    Partnership.objects.update(kind=PartnershipKind.SEMINAR, name="Уроки вместе")
    assert "Остывших пар нет." in page(client, cast.methodist)
    card = reverse("partnerships:detail", args=[cast.partnership.pk])
    html = client.get(card).content.decode()
    assert "Последний контакт" in html
    assert "Свяжитесь с обеими школами" not in html


def test_filter_narrows_by_reason_and_by_words(client, cast):
    VisitFactory(partnership=cast.partnership, visited_on=date(2026, 11, 18))
    other = pair(cast.lead, cast.lonely, topic="олимпиады")
    link = reverse("partnerships:detail", args=[cast.partnership.pk])
    assert link in page(client, cast.methodist)
    assert link not in page(client, cast.methodist, "?why=quiet")
    assert link not in page(client, cast.methodist, "?q=олимпиады")
    assert other.title in page(client, cast.methodist, "?why=quiet&q=олимпиады")
    assert link in page(client, cast.methodist, "?why=nonsense")


def test_people_of_schools_are_told_who_sees_it(client, cast):
    answer = client.sign_in(cast.director).get(URL)
    assert answer.status_code == 403
    assert "видят методисты и председатель" in answer.content.decode()

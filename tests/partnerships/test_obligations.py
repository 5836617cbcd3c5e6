"""Both sides promise from one catalogue; nothing is taken away unseen (R011–R016, R097)."""

from datetime import date

import pytest
from django.urls import reverse

from common.versions import Stale
from partnerships.actions.obligations import StillCounted, save_obligations
from partnerships.models import PartnershipChange
from partnerships.plan_year import PlanYear
from partnerships.promises import Promised, PromiseDraft, mark_of, promises_of
from tests.partnerships.factories import ObligationFactory, PartnershipObligationFactory
from tests.roadmaps.factories import RowFactory


def url(cast) -> str:
    return reverse("partnerships:obligations-edit", args=[cast.partnership.pk])


def stored(cast) -> dict:
    return promises_of(cast.partnership.obligations.all())


def save(cast, promises, **fields) -> int:
    values = {"mark": mark_of(stored(cast)), "by": cast.methodist} | fields
    return save_obligations(partnership=cast.partnership, promises=promises, **values)


@pytest.mark.parametrize(
    ("kind", "day", "label"),
    [
        ("academic", "2026-08-31", "2025/26 учебный год"),
        ("academic", "2026-09-01", "2026/27 учебный год"),
        ("calendar", "2026-09-01", "2026 год"),
        ("calendar", "2027-01-01", "2027 год"),
    ],
)
def test_year_of_planning(kind, day, label):
    year = PlanYear.of(kind, date.fromisoformat(day))
    assert year.label == label
    assert year.first <= date.fromisoformat(day) <= year.last


def test_both_sides_promise_the_same_and_each_its_own_number(cast):
    one = ObligationFactory(name="Консультации")
    promises = {
        Promised(one.pk, "lead"): PromiseDraft(8),
        Promised(one.pk, "target"): PromiseDraft(None, "по заявке"),
    }
    assert save(cast, promises) == 2
    assert stored(cast) == promises
    told = PartnershipChange.objects.filter(partnership=cast.partnership).order_by("pk")
    assert [(row.what, row.old, row.new) for row in told] == [
        ("Обязательство: Консультации – школа-лидер", "", "8\u00a0раз за год"),
        ("Обязательство: Консультации – целевая школа", "", "по мере необходимости; по заявке"),
    ]
    assert save(cast, promises) == 0
    assert told.count() == 2


def test_second_of_two_people_sees_both_versions_and_writes_nothing(cast):
    row = PartnershipObligationFactory(partnership=cast.partnership, quantity=2)
    seen = mark_of(stored(cast))
    cast.partnership.obligations.update(quantity=3)
    key = Promised(row.obligation_id, "lead")
    with pytest.raises(Stale) as stale:
        save(cast, {key: PromiseDraft(5)}, mark=seen)
    assert stale.value.current == {key: PromiseDraft(3)}
    assert stored(cast) == {key: PromiseDraft(3)}


def test_promise_on_which_events_count_is_not_taken_away_unseen(cast):
    row = PartnershipObligationFactory(
        partnership=cast.partnership, obligation__name="Консультации", quantity=2
    )
    RowFactory(roadmap=cast.roadmap, event__obligation=row.obligation)
    RowFactory(roadmap=cast.foreign_roadmap, event__obligation=row.obligation)
    with pytest.raises(StillCounted) as counts:
        save(cast, {})
    assert counts.value.told == ["Консультации – школа-лидер: 1\u00a0мероприятие"]
    assert cast.partnership.obligations.count() == 1
    assert save(cast, {}, confirmed=True) == 1
    assert not cast.partnership.obligations.exists()


def test_promise_without_events_goes_at_once(cast):
    row = PartnershipObligationFactory(partnership=cast.partnership, side="target")
    RowFactory(roadmap=cast.roadmap, event__obligation=row.obligation)  # the lead's
    assert save(cast, {}) == 1


def test_page_asks_before_it_takes_away_and_keeps_what_was_typed(client, cast):
    row = PartnershipObligationFactory(partnership=cast.partnership, quantity=2)
    RowFactory(roadmap=cast.roadmap, event__obligation=row.obligation)
    client.sign_in(cast.methodist)
    typed = {"mark": mark_of(stored(cast)), f"target-{row.obligation_id}-quantity": "3"}
    asked = client.post(url(cast), typed)
    assert asked.status_code == 409
    page = asked.content.decode()
    assert "считаются мероприятия" in page
    assert 'value="3"' in page
    assert cast.partnership.obligations.get().side == "lead"
    done = client.post(url(cast), typed | {"confirmed": "on"})
    assert done.status_code == 302
    assert stored(cast) == {Promised(row.obligation_id, "target"): PromiseDraft(3)}


def test_page_shows_both_versions(client, cast):
    row = PartnershipObligationFactory(
        partnership=cast.partnership, obligation__name="Консультации", quantity=2
    )
    name = f"lead-{row.obligation_id}"
    late = {"mark": "0" * 16, f"{name}-promised": "on", f"{name}-quantity": "7"}
    answer = client.sign_in(cast.methodist).post(url(cast), late)
    assert answer.status_code == 409
    page = answer.content.decode().replace("\u00a0", " ")
    assert "7 раз за год" in page
    assert "2 раза за год" in page
    assert cast.partnership.obligations.get().quantity == 2


def test_retired_row_stays_where_it_is_used_and_is_offered_nowhere_else(client, cast):
    used = ObligationFactory(name="Бывшее и обещанное", is_retired=True)
    PartnershipObligationFactory(partnership=cast.partnership, obligation=used)
    ObligationFactory(name="Бывшее и забытое", is_retired=True)
    ObligationFactory(name="Своё", municipality=cast.municipality)
    ObligationFactory(name="Чужое", municipality=cast.foreign)
    page = client.sign_in(cast.methodist).get(url(cast)).content.decode()
    assert "Бывшее и обещанное" in page
    assert "Своё" in page
    assert "Бывшее и забытое" not in page
    assert "Чужое" not in page


@pytest.mark.parametrize("quantity", ["0", "-1", "1000", "два"])
def test_quantity_that_is_no_number_of_times_is_refused(client, cast, quantity):
    one = ObligationFactory()
    typed = {"mark": mark_of({}), f"lead-{one.pk}-quantity": quantity}
    page = client.sign_in(cast.methodist).post(url(cast), typed).content.decode()
    assert "Напишите целое число от 1 до 999" in page
    assert not cast.partnership.obligations.exists()


def test_closed_partnership_keeps_its_promises(client, cast):
    PartnershipObligationFactory(partnership=cast.partnership)
    cast.partnership.state = "finished"
    cast.partnership.save()
    assert client.sign_in(cast.methodist).get(url(cast)).status_code == 403

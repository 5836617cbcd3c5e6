"""Steps of the life cycle."""

from datetime import date, timedelta

import pytest

from accounts.models import Notification
from common.transitions import WrongState
from partnerships.actions.moves import move_partnership
from partnerships.models import Partnership


def test_a_step_is_logged_and_the_schools_are_told(cast):
    step = move_partnership(
        partnership=cast.partnership, verb="pause", by=cast.methodist, comment="ремонт"
    )
    assert (step.from_state, step.to_state, step.comment) == ("active", "paused", "ремонт")
    told = {notice.recipient for notice in Notification.objects.all()}
    assert told == {cast.director, cast.coordinator, cast.lead_director, cast.curator}
    notice = Notification.objects.first()
    assert notice.text == "Партнёрство СОШ №9 – СОШ №5: приостановлено. ремонт"
    assert notice.url == f"/partnerships/{cast.partnership.pk}/"


def test_of_two_same_steps_the_second_is_refused(cast):
    stale = Partnership.objects.get(pk=cast.partnership.pk)
    move_partnership(partnership=cast.partnership, verb="pause", by=cast.methodist)
    with pytest.raises(WrongState, match="приостановлено"):
        move_partnership(partnership=stale, verb="pause", by=cast.methodist)
    assert cast.partnership.transitions.count() == 1
    assert Notification.objects.count() == 4


def test_a_former_director_is_not_told(cast):
    yesterday = date(2026, 11, 24) - timedelta(days=1)
    cast.target.memberships.update(until=yesterday)
    move_partnership(partnership=cast.partnership, verb="pause", by=cast.methodist)
    assert {n.recipient for n in Notification.objects.all()} == {cast.lead_director, cast.curator}

"""Who may do what with partnerships, and why not."""

from datetime import date

import pytest

from partnerships.enums import TRANSITIONS, PartnershipState
from partnerships.models import Partnership
from partnerships.rules import partnership as rules
from tests.partnerships.factories import MemberFactory, PartnershipFactory, pair


def allowed(cast, rule):
    return {name for name, person in cast.everyone.items() if rule(person)}


def test_the_methodist_keeps_partnerships(cast):
    edits = allowed(cast, lambda person: rules.can_edit(person, cast.partnership))
    makes = allowed(cast, lambda person: rules.can_create(person, cast.municipality))
    assert edits == makes == {"methodist"}
    assert not rules.can_create(cast.administrator, None)


def test_schools_without_a_partner_are_for_methodist_and_chair(cast):
    assert allowed(cast, lambda person: rules.sees_all(person, cast.municipality)) == {
        "methodist",
        "chair",
    }


def test_visits_are_logged_by_the_methodist_and_the_curator_of_the_pair(cast):
    """R046."""
    other = pair(cast.lead, cast.lonely)
    assert allowed(cast, lambda p: rules.can_log_visit(p, cast.partnership)) == {
        "methodist",
        "curator",
    }
    assert allowed(cast, lambda p: rules.can_log_visit(p, other)) == {"methodist"}
    cast.partnership.curators.update(until=date(2026, 11, 23))
    assert not rules.can_log_visit(cast.curator, cast.partnership)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (PartnershipState.FINISHED, "Партнёрство завершено: оно хранится без изменений."),
        (PartnershipState.DECLINED, "Партнёрство отклонено: оно хранится без изменений."),
        (PartnershipState.PAUSED, "Партнёрство приостановлено: сначала возобновите его."),
    ],
)
def test_what_is_closed_or_paused_is_only_read(cast, state, reason):
    cast.partnership.state = state
    assert rules.can_edit(cast.methodist, cast.partnership).reason == reason
    assert rules.can_log_visit(cast.curator, cast.partnership).reason == reason


@pytest.mark.parametrize("state", PartnershipState)
def test_a_step_starts_only_from_its_states(cast, state):
    cast.partnership.state = state
    able = {v for v in TRANSITIONS if rules.can_move(cast.methodist, cast.partnership, v)}
    assert able == {verb for verb, (froms, _) in TRANSITIONS.items() if state in froms}
    assert not any(rules.can_move(cast.chair, cast.partnership, verb) for verb in TRANSITIONS)


def test_nothing_begins_with_a_closed_school_or_without_a_side(cast):
    cast.target.closed_on = date(2026, 9, 1)
    cast.target.save()
    cast.partnership.state = PartnershipState.AGREED
    cast.partnership.save()
    fresh = Partnership.objects.get(pk=cast.partnership.pk)
    assert rules.can_move(cast.methodist, fresh, "start").reason == "Школа закрыта: СОШ №5."
    assert rules.can_move(cast.methodist, fresh, "decline")
    empty = PartnershipFactory(municipality=cast.municipality, state=PartnershipState.PROPOSED)
    assert "Нужны хотя бы одна" in rules.can_move(cast.methodist, empty, "agree").reason


def test_a_group_begins_with_a_hub_and_a_participant(cast):
    """R141."""
    group = PartnershipFactory(
        municipality=cast.municipality, kind="seminar", name="Семинар", state="proposed"
    )
    MemberFactory(partnership=group, school=cast.lead, role="lead")
    seat = MemberFactory(partnership=group, school=cast.target, role="participant")
    assert rules.can_move(cast.methodist, group, "agree")
    seat.left_on = date(2026, 11, 1)
    seat.save()
    refusal = rules.can_move(cast.methodist, Partnership.objects.get(pk=group.pk), "agree")
    assert refusal.reason == "Нужны опорная школа и хотя бы один участник."

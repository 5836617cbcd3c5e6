"""Verbs over the card of a partnership: proposed, changed, told of in «История»."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from common.partial_date import PartialDate
from common.versions import Stale
from partnerships.actions import cards as actions
from partnerships.draft import MemberDraft, PartnershipDraft, seats
from partnerships.enums import MemberRole, ObligationSide, PartnershipKind, PartnershipState
from partnerships.models import Partnership
from tests.partnerships.factories import MemberFactory, ObligationFactory, pair
from tests.schools.factories import DirectionFactory, RiskFactorFactory

LEAD, TARGET, PARTICIPANT = MemberRole.LEAD, MemberRole.TARGET, MemberRole.PARTICIPANT


def draft_of(cast, **changes):
    plain = {"members": seats([cast.lead], [cast.target, cast.lonely]), "topic": "новая тема"}
    return PartnershipDraft(**(plain | changes))


def create(cast, **changes):
    return actions.create_partnership(
        municipality=cast.municipality, draft=draft_of(cast, **changes), by=cast.methodist
    )


def update(cast, partnership, *, version=None, **changes):
    current = Partnership.objects.get(pk=partnership.pk)
    return actions.update_partnership(
        partnership=partnership,
        draft=draft_of(cast, **changes),
        expected_version=version or current.version,
        by=cast.methodist,
    )


def told(partnership):
    """What «История» says, oldest first."""
    rows = partnership.changes.order_by("pk")
    return [(row.what, row.old, row.new) for row in rows]


def test_a_new_partnership_is_proposed_with_all_that_was_said(cast):
    made = create(
        cast,
        start=PartialDate(2025, 9),
        start_text="сентябрь 2025",
        end=PartialDate(2027),
        members=[
            MemberDraft(cast.lead, LEAD, "опыт"),
            MemberDraft(cast.target, TARGET),
            MemberDraft(cast.lonely, TARGET),
        ],
    )
    made = Partnership.objects.get(pk=made.pk)
    assert made.title == "СОШ №9 – СОШ №5, СОШ №47"
    assert (made.state, made.municipality) == (PartnershipState.PROPOSED, cast.municipality)
    assert (made.start, made.start_text) == (PartialDate(2025, 9), "сентябрь 2025")
    assert (made.end, made.updated_by) == (PartialDate(2027), cast.methodist)
    assert [member.contribution for member in made.leads] == ["опыт"]
    step = made.transitions.get()
    assert (step.verb, step.to_state, step.by) == ("propose", "proposed", cast.methodist)
    assert told(made) == [("Предложено", "", "СОШ №9 – СОШ №5, СОШ №47")]


def test_a_group_has_a_hub_and_participants_and_no_targets(cast):
    """R137, R141."""
    hub = [MemberDraft(cast.lead, LEAD), MemberDraft(cast.target, PARTICIPANT)]
    made = create(cast, kind=PartnershipKind.SEMINAR, name="Семинар тьюторов", members=hub)
    assert (str(made), made.is_group) == ("Семинар тьюторов", True)
    assert made.targets == []


def test_an_unsound_draft_leaves_nothing(cast):
    before = Partnership.objects.count()
    with pytest.raises(ValidationError, match="партнёром самой себе"):
        create(cast, members=seats([cast.lead], [cast.lead]))
    assert Partnership.objects.count() == before


def test_a_second_submit_finds_the_first(cast):
    first = create(cast)
    with pytest.raises(actions.AlreadyThere) as twin:
        create(cast)
    assert (twin.value.partnership, twin.value.just_now) == (first, True)
    with (
        time_machine.travel("2026-11-24T10:00:00+05:00"),
        pytest.raises(actions.AlreadyThere) as twin,
    ):
        create(cast)
    assert twin.value.just_now is False


def test_one_pair_of_a_larger_group_is_enough_to_be_a_twin(cast):
    create(cast, start=PartialDate(2025))
    with pytest.raises(actions.AlreadyThere, match="СОШ №9 и СОШ №47: на том же основании") as twin:
        create(cast, members=seats([cast.lead], [cast.lonely]))
    assert "«СОШ №9 – СОШ №5, СОШ №47» (с 2025 года)" in str(twin.value)
    assert twin.value.just_now is False


def test_the_same_schools_may_be_paired_on_another_basis_or_again_later(cast):
    """Quirk 26."""
    first = create(cast)
    create(cast, topic="другая тема")
    create(cast, reason="другое основание")
    create(cast, members=seats([cast.target], [cast.lead]))
    first.state = PartnershipState.FINISHED
    first.save()
    again = create(cast, start=PartialDate(2026))
    Partnership.objects.filter(pk=first.pk).update(end_year=2026)
    with pytest.raises(actions.AlreadyThere):
        update(cast, again, start=PartialDate(2026), goal="общая цель")
    update(cast, again, start=PartialDate(2027))
    again.refresh_from_db()
    assert again.start == PartialDate(2027)


@pytest.mark.parametrize("state", [PartnershipState.DECLINED, PartnershipState.REPLACED])
def test_what_came_to_nothing_stands_in_nobodys_way(cast, state):
    first = create(cast)
    Partnership.objects.filter(pk=first.pk).update(state=state)
    assert create(cast).pk != first.pk


def test_a_change_is_told_field_by_field(cast):
    """Who, when, was and became."""
    made = create(cast, start=PartialDate(2025), start_text="2025")
    low, direction = RiskFactorFactory(name="Низкая мотивация"), DirectionFactory(name="Театр")
    changed = update(
        cast,
        made,
        topic="наставничество",
        start=PartialDate(2025, 9),
        start_text="сентябрь 2025",
        factors=[low],
        directions=[direction],
        form_override="mixed",
        form_reason="решение комитета",
        members=[MemberDraft(cast.lead, LEAD), MemberDraft(cast.target, TARGET, "площадка")],
    )
    assert changed is True
    assert told(made)[1:] == [
        ("Тема", "новая тема", "наставничество"),
        ("Форма взаимодействия, решено вручную", "", "смешанная"),
        ("Почему решено вручную", "", "решение комитета"),
        ("Начало", "2025 год", "сентябрь 2025 г."),
        ("Факторы риска", "", "Низкая мотивация"),
        ("Направления", "", "Театр"),
        ("Участник: СОШ №47", "целевая школа", ""),
        ("Участник: СОШ №5", "целевая школа", "целевая школа; вклад: площадка"),
    ]
    made = Partnership.objects.get(pk=made.pk)
    assert (made.version, made.title) == (2, "СОШ №9 – СОШ №5")
    assert (list(made.factors.all()), list(made.directions.all())) == ([low], [direction])


def test_a_new_topic_is_found_by_search(cast):
    made = create(cast)
    update(cast, made, topic="Шахматы")
    assert list(Partnership.objects.mentioning("шахматы")) == [made]


def test_nothing_changed_is_nothing_written(cast):
    made = create(cast)
    assert update(cast, made) is False
    made.refresh_from_db()
    assert (made.version, len(told(made))) == (1, 1)


def test_the_second_of_two_people_is_stopped_and_sees_what_is_written(cast):
    made = create(cast)
    update(cast, made, topic="первая")
    with pytest.raises(Stale) as stale:
        update(cast, made, topic="вторая", version=1)
    assert stale.value.current.topic == "первая"
    made.refresh_from_db()
    assert made.topic == "первая"
    assert update(cast, made, topic="первая", version=1) is False


@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.FINISHED])
def test_what_was_paused_or_closed_meanwhile_is_not_changed(cast, state):
    made = create(cast)
    Partnership.objects.filter(pk=made.pk).update(state=state)
    with pytest.raises(PermissionDenied):
        update(cast, made, topic="поздно")


def test_an_update_keeps_what_the_form_does_not_show(cast):
    promised = ObligationFactory()
    made = create(cast)
    made.obligations.create(obligation=promised, side=ObligationSide.TARGET, quantity=2)
    made.agreements.create(number="7")
    update(cast, made, members=seats([cast.lead], [cast.lonely]))
    made = Partnership.objects.get(pk=made.pk)
    assert made.title == "СОШ №9 – СОШ №47"
    assert (made.obligations.get().obligation, made.agreements.get().number) == (promised, "7")


def test_a_result_that_was_not_asked_for_stays(cast):
    made = create(cast)
    update(cast, made, result="Открыт кабинет")
    update(cast, made, goal="цель")
    made.refresh_from_db()
    assert made.result == "Открыт кабинет"
    update(cast, made, result="")
    made.refresh_from_db()
    assert made.result == ""


def test_a_started_partnership_keeps_its_members_and_newcomers_join_today(cast):
    running = pair(cast.lead, cast.target, topic="другая")
    update(cast, running, members=seats([cast.lead], [cast.lonely]))
    running = Partnership.objects.get(pk=running.pk)
    assert running.title == "СОШ №9 – СОШ №5, СОШ №47"
    joined = {member.school: member.joined_on for member in running.members.all()}
    assert joined[cast.lonely] == date(2026, 11, 24)
    assert joined[cast.target] is None
    assert ("Участник: СОШ №47", "", "целевая школа; вступила 24.11.2026") in told(running)


def test_a_member_of_whom_something_is_written_is_not_taken_out(cast):
    made = create(cast)
    seat = made.members.get(school=cast.lonely)
    visit = made.visits.create(
        visited_on=date(2026, 11, 20), purpose="Знакомство", author=cast.methodist, school=seat
    )
    alone = {"members": seats([cast.lead], [cast.target])}
    with pytest.raises(ValidationError, match="СОШ №47: в партнёрстве уже есть записи"):
        update(cast, made, **alone)
    visit.delete()
    assert update(cast, made, **alone) is True


def test_a_foreign_member_stays_with_the_others(cast):
    """Quirk 2."""
    made = create(cast)
    MemberFactory(partnership=made, school=cast.foreign_lead, role=PARTICIPANT)
    drafted = [
        *seats([cast.lead], [cast.target]),
        MemberDraft(cast.foreign_lead, PARTICIPANT, "приём гостей"),
    ]
    update(cast, made, members=drafted)
    seat = made.members.get(school=cast.foreign_lead)
    assert seat.contribution == "приём гостей"

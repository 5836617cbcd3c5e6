"""Verbs over partnerships."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import Notification
from common.partial_date import PartialDate
from common.transitions import WrongState
from partnerships import actions
from partnerships.draft import AgreementDraft, PartnershipDraft
from partnerships.enums import MemberRole, ObligationSide, PartnershipState
from partnerships.models import Partnership
from tests.partnerships.factories import MemberFactory, ObligationFactory
from tests.schools.factories import DirectorFactory


def draft_of(cast, **changes):
    plain = {"leads": [cast.lead], "targets": [cast.target, cast.lonely], "topic": "новая тема"}
    return PartnershipDraft(**(plain | changes))


def create(cast, **changes):
    return actions.create_partnership(
        municipality=cast.municipality, draft=draft_of(cast, **changes), by=cast.methodist
    )


def update(cast, partnership, **changes):
    return actions.update_partnership(partnership=partnership, draft=draft_of(cast, **changes))


def test_a_new_partnership_is_proposed_with_all_that_was_said(cast):
    promised = ObligationFactory()
    curator = cast.partnership.curators.get().member
    made = create(
        cast,
        start=PartialDate(2025, 9),
        start_text="сентябрь 2025",
        end=PartialDate(2027),
        agreement=AgreementDraft(number="7"),
        obligations={promised.pk: None},
        curators=[curator],
        contributions={cast.lead.pk: "опыт"},
    )
    made = Partnership.objects.get(pk=made.pk)
    assert made.title == "СОШ №9 – СОШ №5, СОШ №47"
    assert (made.state, made.municipality) == (PartnershipState.PROPOSED, cast.municipality)
    assert (made.start, made.start_text) == (PartialDate(2025, 9), "сентябрь 2025")
    assert (made.end, made.agreements.get().number) == (PartialDate(2027), "7")
    promise = made.obligations.get()
    assert (promise.obligation, promise.side, promise.quantity) == (promised, "lead", None)
    assert made.curators.get().member == curator
    assert [member.contribution for member in made.leads] == ["опыт"]
    step = made.transitions.get()
    assert (step.verb, step.to_state, step.by) == ("propose", "proposed", cast.methodist)


def test_an_unsound_draft_leaves_nothing(cast):
    before = Partnership.objects.count()
    with pytest.raises(ValidationError, match="лидером, и целевой"):
        create(cast, targets=[cast.lead])
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


def test_the_same_schools_may_be_paired_on_another_topic_or_again_later(cast):
    """Quirk 26."""
    first = create(cast)
    create(cast, topic="другая тема")
    create(cast, reason="другое основание")
    create(cast, targets=[cast.lonely])
    first.state = PartnershipState.FINISHED
    first.save()
    assert create(cast).pk != first.pk


def test_an_update_keeps_what_the_form_does_not_show(cast):
    promised, theirs = ObligationFactory(), ObligationFactory()
    made = create(cast, obligations={promised.pk: 4})
    made.obligations.create(obligation=theirs, side=ObligationSide.TARGET, quantity=2)
    MemberFactory(partnership=made, school=cast.foreign_lead, role=MemberRole.PARTICIPANT)
    update(cast, made, targets=[cast.lonely], contributions={cast.lonely.pk: "площадка"})
    made = Partnership.objects.get(pk=made.pk)
    assert made.title == "СОШ №9 – СОШ №47"
    assert [member.school for member in made.members_with("participant")] == [cast.foreign_lead]
    assert made.targets[0].contribution == "площадка"
    assert made.obligations.get().obligation == theirs


def test_a_result_that_was_not_asked_for_stays(cast):
    made = create(cast)
    update(cast, made, result="Открыт кабинет")
    assert update(cast, made).result == "Открыт кабинет"
    assert update(cast, made, result="").result == ""


def test_members_and_agreement_of_a_started_partnership_stay(cast):
    cast.partnership.agreements.create(number="1")
    alone = {"targets": [cast.lonely], "agreement": AgreementDraft(number="2")}
    with pytest.raises(ValidationError, match="школу из него не убрать: СОШ №5"):
        update(cast, cast.partnership, **alone)
    with pytest.raises(ValidationError, match="Договор уже записан"):
        update(cast, cast.partnership)
    fresh = Partnership.objects.get(pk=cast.partnership.pk)
    assert (fresh.title, fresh.agreements.get().number) == ("СОШ №9 – СОШ №5", "1")
    update(cast, cast.partnership, agreement=AgreementDraft(number="2"))
    newcomer = cast.partnership.members.get(school=cast.lonely)
    assert newcomer.joined_on == date(2026, 11, 24)
    assert cast.partnership.agreements.get().number == "2"


def test_an_agreement_may_be_struck_out_before_the_start(cast):
    made = create(cast, agreement=AgreementDraft())
    update(cast, made)
    assert not made.agreements.exists()


def test_a_curator_no_longer_chosen_stays_in_the_history(cast):
    row = cast.partnership.curators.get()
    other = DirectorFactory(school=cast.lead, role="curator")
    update(cast, cast.partnership, curators=[other])
    row.refresh_from_db()
    assert row.until == date(2026, 11, 24)
    added = cast.partnership.curators.get(until=None)
    assert (added.member, added.since) == (other, date(2026, 11, 24))
    update(cast, cast.partnership)
    assert list(cast.partnership.curators.all()) == [row]


def test_a_step_is_logged_and_the_schools_are_told(cast):
    step = actions.move_partnership(
        partnership=cast.partnership, verb="pause", by=cast.methodist, comment="ремонт"
    )
    assert (step.from_state, step.to_state, step.comment) == ("active", "paused", "ремонт")
    told = {notice.recipient for notice in Notification.objects.all()}
    assert told == {cast.director, cast.coordinator, cast.lead_director}
    notice = Notification.objects.first()
    assert notice.text == "Партнёрство СОШ №9 – СОШ №5: приостановлено"
    assert notice.url == f"/partnerships/{cast.partnership.pk}/"


def test_of_two_same_steps_the_second_is_refused(cast):
    stale = Partnership.objects.get(pk=cast.partnership.pk)
    actions.move_partnership(partnership=cast.partnership, verb="pause", by=cast.methodist)
    with pytest.raises(WrongState, match="приостановлено"):
        actions.move_partnership(partnership=stale, verb="pause", by=cast.methodist)
    assert cast.partnership.transitions.count() == 1
    assert Notification.objects.count() == 3


def test_a_former_director_is_not_told(cast):
    yesterday = date(2026, 11, 24) - timedelta(days=1)
    cast.target.memberships.update(until=yesterday)
    actions.move_partnership(partnership=cast.partnership, verb="pause", by=cast.methodist)
    assert {n.recipient for n in Notification.objects.all()} == {cast.lead_director}

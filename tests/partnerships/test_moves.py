"""Steps with reasons from a list, who comes instead, what is told to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from partnerships.actions.moves import (
    CannotAgree,
    NoSuccessor,
    move_partnership,
    set_successor,
)
from partnerships.enums import PairRuleKind, PartnershipState
from partnerships.models import Partnership, PartnershipChange
from tests.partnerships.factories import (
    AgreementFactory,
    LeadTermsFactory,
    MoveReasonFactory,
    PairRuleFactory,
    pair,
)
from tests.schools.factories import MembershipFactory


def url(verb: str, partnership: Partnership) -> str:
    return reverse("partnerships:move", args=[partnership.pk, verb])


def text_of(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def page(client, address: str) -> str:
    return text_of(client.get(address))


def fresh(partnership: Partnership) -> Partnership:
    return Partnership.objects.get(pk=partnership.pk)


def set_state(partnership: Partnership, state: str) -> None:
    Partnership.objects.filter(pk=partnership.pk).update(state=state)
    partnership.state = state


@pytest.mark.parametrize("verb", ["pause", "finish", "replace"])
def test_a_reason_is_chosen_from_the_list_of_that_move(client, cast, verb):
    other_verb = MoveReasonFactory(verb="decline")
    foreign = MoveReasonFactory(verb=verb, municipality=cast.foreign)
    retired = MoveReasonFactory(verb=verb, is_retired=True)
    reason = MoveReasonFactory(verb=verb, name="Ремонт здания")
    client.sign_in(cast.methodist)
    later = {"instead": "later"}
    for wrong in ("", other_verb.pk, foreign.pk, retired.pk):
        client.post(url(verb, cast.partnership), later | {"reason": wrong, "comment": "слова"})
        assert fresh(cast.partnership).state == PartnershipState.ACTIVE
    client.post(url(verb, cast.partnership), later | {"reason": reason.pk})
    step = cast.partnership.transitions.get()
    assert (step.verb, step.reason, step.comment) == (verb, reason, "")


def test_the_reason_other_needs_words(client, cast):
    other = MoveReasonFactory(verb="pause", code="pause_other", name="Другое")
    client.sign_in(cast.methodist)
    answer = client.post(url("pause", cast.partnership), {"reason": other.pk})
    assert "Для причины «Другое» напишите, что случилось." in text_of(answer)
    client.post(url("pause", cast.partnership), {"reason": other.pk, "comment": "наводнение"})
    assert fresh(cast.partnership).state == PartnershipState.PAUSED


def test_history_and_notices_name_the_thing_and_the_reason(cast):
    colleague = MembershipFactory(municipality=cast.municipality, role="methodist").user
    reason = MoveReasonFactory(name="Ремонт здания")
    move_partnership(
        partnership=cast.partnership,
        verb="pause",
        by=cast.methodist,
        reason=reason,
        comment="до января.",
    )
    change = PartnershipChange.objects.get(partnership=cast.partnership, what="Состояние")
    assert (change.old, change.new) == ("действует", "приостановлено. Ремонт здания. до января")
    told = set(Notification.objects.values_list("recipient", flat=True))
    people = (cast.director, cast.coordinator, cast.lead_director, cast.curator, colleague)
    assert told == {person.pk for person in people}
    text = "Партнёрство СОШ №9 – СОШ №5: приостановлено. Ремонт здания. до января"
    assert set(Notification.objects.values_list("text", flat=True)) == {text}


def test_a_double_click_is_told_on_the_card(client, cast):
    client.sign_in(cast.methodist)
    said = {"comment": "ремонт"}
    client.post(url("pause", cast.partnership), said)
    answer = client.post(url("pause", cast.partnership), said, follow=True)
    assert "сейчас состояние «приостановлено»" in text_of(answer)
    assert cast.partnership.transitions.count() == 1


# --- before an agreement -------------------------------------------------------------------


def test_a_warning_asks_why_all_the_same(client, cast):
    set_state(cast.partnership, PartnershipState.PROPOSED)
    client.sign_in(cast.methodist)
    assert "Школу не спрашивали." in page(client, url("agree", cast.partnership))
    client.post(url("agree", cast.partnership), {"comment": " "})
    assert fresh(cast.partnership).state == PartnershipState.PROPOSED
    client.post(url("agree", cast.partnership), {"comment": "согласие по телефону"})
    assert fresh(cast.partnership).state == PartnershipState.AGREED


def test_without_warnings_no_words_are_needed(client, cast):
    set_state(cast.partnership, PartnershipState.PROPOSED)
    LeadTermsFactory(school=cast.lead)
    client.sign_in(cast.methodist).post(url("agree", cast.partnership), {"move": "1"})
    assert fresh(cast.partnership).state == PartnershipState.AGREED


def test_a_ban_blocks_the_agreement(client, cast):
    set_state(cast.partnership, PartnershipState.PROPOSED)
    PairRuleFactory(
        municipality=cast.municipality,
        lead=cast.lead,
        target=cast.target,
        kind=PairRuleKind.BAN,
        reason="спор о здании",
    )
    client.sign_in(cast.methodist)
    answer = client.post(url("agree", cast.partnership), {"comment": "всё равно"})
    assert "Согласовать это партнёрство нельзя" in text_of(answer)
    assert "спор о здании" in text_of(answer)
    assert fresh(cast.partnership).state == PartnershipState.PROPOSED
    with pytest.raises(CannotAgree, match="спор о здании"):
        move_partnership(partnership=cast.partnership, verb="agree", by=cast.methodist)


def test_the_checks_on_a_card_are_for_the_committee(client, cast):
    """Load, readiness and decisions about pairs are not for the schools to read."""
    set_state(cast.partnership, PartnershipState.PROPOSED)
    LeadTermsFactory(school=cast.lead, is_willing=False, note="тайная причина")
    card = reverse("partnerships:detail", args=[cast.partnership.pk])
    for name, sees in (("methodist", True), ("chair", True), ("director", False)):
        html = page(client.sign_in(getattr(cast, name)), card)
        assert ("тайная причина" in html) == sees
    set_state(cast.partnership, PartnershipState.ACTIVE)
    assert "тайная причина" not in page(client.sign_in(cast.methodist), card)


# --- change of the partner -----------------------------------------------------------------


def replaced(cast, **changes) -> Partnership:
    move_partnership(
        partnership=cast.partnership, verb="replace", by=cast.methodist, comment="нет", **changes
    )
    return cast.partnership


def test_a_change_leads_on_to_the_new_partnership(client, cast):
    client.sign_in(cast.methodist)
    data = {"comment": "не сложилось", "instead": "propose"}
    answer = client.post(url("replace", cast.partnership), data)
    assert answer.url == (
        f"/partnerships/create/?target={cast.target.pk}&instead={cast.partnership.pk}"
    )
    html = page(client, answer.url)
    assert "будет записано вместо этого" in html
    rows = {
        "rows": "2",
        "role_0": "lead",
        "school_0": cast.lonely.short_name,
        "role_1": "target",
        "school_1": cast.target.short_name,
    }
    initial = client.get(answer.url).context["form"].initial
    plain = {name: value for name, value in initial.items() if value not in (None, "")}
    client.post(answer.url, plain | rows | {"scenario": "unset", "period_kind": "academic"})
    old = fresh(cast.partnership)
    assert old.successor is not None
    assert old.successor.leads[0].school == cast.lonely


def test_an_existing_partnership_may_come_instead_and_both_cards_say_so(client, cast):
    new = pair(cast.lonely, cast.target)
    pair(cast.lonely, cast.lead)
    client.sign_in(cast.methodist)
    data = {"comment": "не сложилось", "instead": "existing"}
    offered = client.get(url("replace", cast.partnership)).context["form"].fields["successor"]
    assert list(offered.queryset) == [new]
    client.post(url("replace", cast.partnership), data)
    assert fresh(cast.partnership).state == PartnershipState.ACTIVE
    client.post(url("replace", cast.partnership), data | {"successor": new.pk})
    assert fresh(cast.partnership).successor == new
    old_card = reverse("partnerships:detail", args=[cast.partnership.pk])
    new_card = reverse("partnerships:detail", args=[new.pk])
    client.sign_in(cast.director)
    assert f'href="{new_card}"' in page(client, old_card)
    assert f'href="{old_card}"' in page(client, new_card)
    # The director of the old lead is no member of the new one and does not learn of it.
    html = page(client.sign_in(cast.lead_director), old_card)
    assert new_card not in html
    assert "СОШ №47" not in html


def test_only_an_open_partnership_of_the_same_school_comes_instead(cast):
    strange = pair(cast.lonely, cast.lead)
    closed = pair(cast.lonely, cast.target, state=PartnershipState.FINISHED)
    old = replaced(cast)
    for wrong in (strange, closed, cast.foreign_partnership, old):
        with pytest.raises(NoSuccessor):
            set_successor(partnership=old, successor=wrong, by=cast.methodist)
    good, second = pair(cast.lonely, cast.target), pair(cast.lonely, cast.target, topic="вторая")
    set_successor(partnership=old, successor=good, by=cast.methodist)
    set_successor(partnership=old, successor=good, by=cast.methodist)
    with pytest.raises(NoSuccessor):
        set_successor(partnership=old, successor=second, by=cast.methodist)
    assert PartnershipChange.objects.filter(partnership=good).get().old == ""
    assert fresh(old).successor == good


def test_what_goes_on_is_not_succeeded(cast):
    with pytest.raises(NoSuccessor):
        set_successor(
            partnership=cast.partnership,
            successor=pair(cast.lonely, cast.target),
            by=cast.methodist,
        )


def test_the_head_offers_the_step_that_goes_on(client, cast):
    """A pause ends from the head of any tab; the end of an agreement is told while it matters."""
    until = timezone.localdate() + timedelta(days=9)
    AgreementFactory(partnership=cast.partnership, valid_until=until)
    client.sign_in(cast.methodist)
    told = {}
    for state in (PartnershipState.PAUSED, PartnershipState.FINISHED):
        set_state(cast.partnership, state)
        context = client.get(reverse("partnerships:detail", args=[cast.partnership.pk])).context
        told[state] = context["next_step"], context["agreement_term"]
    step, term = told[PartnershipState.PAUSED]
    assert (step.verb, term is not None) == ("resume", True)
    assert told[PartnershipState.FINISHED] == (None, None)

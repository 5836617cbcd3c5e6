"""Signals: who raises, sees and decides; whom the portal tells."""

import pytest
from django.urls import reverse

from accounts.models import Notification
from common.transitions import WrongState
from partnerships.actions.concerns import move_concern, open_concern
from partnerships.concern_steps import STEPS, step_of
from partnerships.enums import ConcernKind, ConcernState, PartnershipState
from partnerships.models import Concern, PartnershipChange
from partnerships.rules import concerns as rules
from tests.partnerships.factories import ConcernFactory, pair
from tests.schools.factories import SchoolFactory


def seat(partnership, school):
    return partnership.members.get(school=school)


def about(cast, school, author=None) -> Concern:
    member = seat(cast.partnership, school) if school else None
    author = author or cast.methodist
    return ConcernFactory(partnership=cast.partnership, member=member, author=author)


def seen_by(cast, concern) -> set[str]:
    return {
        name
        for name, user in cast.everyone.items()
        if Concern.objects.visible_to(user).filter(pk=concern.pk).exists()
    }


@pytest.mark.parametrize(
    ("school", "author", "seen"),
    [
        ("target", "methodist", {"methodist", "chair", "curator"}),
        (None, "methodist", {"methodist", "chair", "curator"}),
        # The curator belongs to the lead school.
        ("lead", "methodist", {"methodist", "chair"}),
        ("lead", "director", {"methodist", "chair", "director"}),
        ("target", "lead_director", {"methodist", "chair", "curator", "lead_director"}),
    ],
)
def test_the_school_it_is_about_does_not_see_it(cast, school, author, seen):
    concern = about(cast, school and getattr(cast, school), getattr(cast, author))
    assert seen_by(cast, concern) == seen


def test_a_curator_whose_assignment_ended_sees_it_no_more(cast):
    concern = about(cast, cast.target)
    cast.partnership.curators.update(until="2026-11-23")
    assert seen_by(cast, concern) == {"methodist", "chair"}


def test_nothing_of_it_reaches_those_who_do_not_see_it(client, cast):
    tab = reverse("partnerships:concerns", args=[cast.partnership.pk])
    client.sign_in(cast.methodist)
    data = {"kind": "refuses", "member": seat(cast.partnership, cast.target).pk, "text": "тайное"}
    client.post(reverse("partnerships:concern-add", args=[cast.partnership.pk]), data)
    assert "тайное" in client.get(tab).content.decode()
    for name in ("director", "coordinator", "lead_director"):
        client.sign_in(getattr(cast, name))
        for route in ("detail", "concerns", "history"):
            address = reverse(f"partnerships:{route}", args=[cast.partnership.pk])
            assert "тайное" not in client.get(address).content.decode()
        assert "тайное" not in client.get("/").content.decode()
        assert not Notification.objects.filter(recipient=getattr(cast, name)).exists()
    assert not PartnershipChange.objects.exists()


def allowed(cast, rule) -> set[str]:
    return {name for name, user in cast.everyone.items() if rule(user)}


def test_who_raises_a_signal(cast):
    members = {"methodist", "chair", "curator", "director", "lead_director", "coordinator"}
    assert allowed(cast, lambda user: rules.can_open(user, cast.partnership)) == members


@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.FINISHED])
def test_a_resting_partnership_gets_no_new_signal_but_old_ones_are_resolved(cast, state):
    concern = about(cast, cast.target)
    cast.partnership.state = concern.partnership.state = state
    assert allowed(cast, lambda user: rules.can_open(user, cast.partnership)) == set()
    assert rules.can_move(cast.chair, concern, "resolve")
    concern.state = ConcernState.RESOLVED
    assert not rules.can_move(cast.chair, concern, "reopen")


@pytest.mark.parametrize(
    ("verb", "state", "who"),
    [
        ("escalate", ConcernState.OPEN, {"methodist"}),
        ("resolve", ConcernState.OPEN, {"methodist", "chair", "director"}),
        ("resolve", ConcernState.ESCALATED, {"methodist", "chair"}),
        ("reopen", ConcernState.RESOLVED, {"methodist", "chair"}),
    ],
)
def test_who_decides_on_a_signal_of_a_director(cast, verb, state, who):
    concern = about(cast, cast.lead, cast.director)
    concern.state = state
    assert allowed(cast, lambda user: rules.can_move(user, concern, verb)) == who


def test_a_school_speaks_of_its_partner_only(client, cast):
    address = reverse("partnerships:concern-add", args=[cast.partnership.pk])
    client.sign_in(cast.director)
    own, partner = seat(cast.partnership, cast.target), seat(cast.partnership, cast.lead)
    for wrong in ("", own.pk, seat(cast.foreign_partnership, cast.foreign_lead).pk):
        client.post(address, {"kind": "silent", "member": wrong})
    assert not Concern.objects.exists()
    client.post(address, {"kind": "other", "member": partner.pk})
    assert not Concern.objects.exists()  # «другое» needs words
    for _ in range(2):
        client.post(address, {"kind": "silent", "member": partner.pk})
    concern = Concern.objects.get()
    assert (concern.member, concern.author) == (partner, cast.director)


def told() -> set[int]:
    found = set(Notification.objects.values_list("recipient", flat=True))
    Notification.objects.all().delete()
    return found


def test_whom_each_step_tells(cast):
    concern = open_concern(
        concern=Concern(
            partnership=cast.partnership,
            member=seat(cast.partnership, cast.lead),
            kind=ConcernKind.SILENT,
        ),
        by=cast.director,
    )
    text = Notification.objects.get().text
    assert text == "СОШ №9 – СОШ №5: сигнал «школа не отвечает» (СОШ №9) – новый сигнал"
    assert told() == {cast.methodist.pk}
    move_concern(concern=concern, verb="escalate", by=cast.methodist, comment="прошу помочь")
    assert told() == {cast.chair.pk, cast.director.pk}
    move_concern(concern=concern, verb="resolve", by=cast.chair, comment="поговорили")
    assert told() == {cast.methodist.pk, cast.director.pk}
    move_concern(concern=concern, verb="reopen", by=cast.methodist, comment="снова молчат")
    assert told() == {cast.director.pk}
    log = [(step.verb, step.comment) for step in concern.transitions.order_by("pk")]
    assert log[1:] == [
        ("escalate", "прошу помочь"),
        ("resolve", "поговорили"),
        ("reopen", "снова молчат"),
    ]


def test_the_second_of_two_is_told_so(client, cast):
    concern = about(cast, cast.target)
    stale = Concern.objects.get(pk=concern.pk)
    address = reverse("partnerships:concern-move", args=[concern.pk, "resolve"])
    client.sign_in(cast.methodist).post(address, {"comment": "решено"})
    answer = client.post(address, {"comment": "решено"}, follow=True)
    assert "сейчас состояние «решён»" in answer.content.decode()
    with pytest.raises(WrongState):
        move_concern(concern=stale, verb="resolve", by=cast.chair, comment="и я")
    assert concern.transitions.count() == 1


def listed(client, query: str = "") -> list[Concern]:
    answer = client.get(f"{reverse('partnerships:concern-list')}{query}")
    return [row.concern for row in answer.context["rows"]]


def test_the_list_shows_what_is_not_resolved_and_filters(client, cast):
    first = about(cast, cast.target)
    other = pair(SchoolFactory(municipality=cast.municipality, number="77"), cast.lonely)
    second = ConcernFactory(partnership=other, kind="no_events", state="escalated")
    done = ConcernFactory(partnership=other, state="resolved")
    ConcernFactory(partnership=cast.foreign_partnership)
    client.sign_in(cast.chair)
    assert set(listed(client)) == {first, second}
    assert listed(client, "?state=resolved") == [done]
    assert set(listed(client, "?state=all")) == {first, second, done}
    assert listed(client, "?kind=no_events") == [second]
    assert listed(client, "?q=77") == [second]


def test_first_screens_name_the_signals_with_a_step(client, cast):
    about(cast, cast.target)
    html = client.sign_in(cast.methodist).get("/").content.decode()
    assert "сигнал о партнёрстве: узнать, что случилось, и записать решение" in html
    title = "Решение председателя"
    assert title not in client.sign_in(cast.chair).get("/").content.decode()
    Concern.objects.update(state=ConcernState.ESCALATED)
    assert title in client.sign_in(cast.chair).get("/").content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("kind", ConcernKind)
def test_every_kind_suggests_a_step_until_it_is_resolved(kind):
    assert step_of(kind, ConcernState.OPEN) == STEPS[kind]
    assert step_of(kind, ConcernState.ESCALATED).startswith("Решение председателя: ")
    assert step_of(kind, ConcernState.RESOLVED) == ""

"""A school proposes a change of its card; a methodist accepts it or says why not."""

import pytest
from django.urls import reverse

from accounts.models import Notification
from common.transitions import WrongState
from schools.actions import proposals as actions
from schools.enums import ProposalState
from schools.models import CardProposal, School
from schools.proposal_lines import lines_of
from tests.schools.factories import MembershipFactory, ProposalFactory, SchoolFactory

LIST = reverse("schools:proposals")


def url(name, row):
    return reverse(f"schools:{name}", args=[row.pk])


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def page(client, address):
    return text_of(client.get(address))


def told(user):
    return [notice.text for notice in Notification.objects.filter(recipient=user)]


@pytest.fixture
def school(cast):
    cast.target.phone, cast.target.pupils, cast.target.latitude = "123-45-67", 400, "58.2"
    cast.target.longitude = "68.25"
    cast.target.save()
    return School.objects.get(pk=cast.target.pk)


def as_shown(client, school):
    """The form as the director sees it, to be written over."""
    form = client.get(url("propose", school)).context["form"]
    return {field.name: field.value() for field in form if field.value() is not None}


def propose(client, cast, school, **changes):
    client.sign_in(cast.director)
    return client.post(url("propose", school), as_shown(client, school) | changes)


# --- The school --------------------------------------------------------------------------


def test_the_card_leads_the_director_to_the_proposal(client, cast, school):
    for person in (cast.director, cast.coordinator):
        assert url("propose", school) in page(client.sign_in(person), url("detail", school))
    for person in (cast.lead_director, cast.methodist, cast.curator):
        assert url("propose", school) not in page(client.sign_in(person), url("detail", school))
        answer = client.get(url("propose", school))
        assert answer.status_code == 403
    assert "предлагают директор и координатор этой школы" in text_of(answer)


def test_only_what_was_changed_is_proposed_and_the_card_stays(client, cast, school):
    other = MembershipFactory(municipality=cast.municipality).user
    answer = propose(client, cast, school, pupils="412", latitude="58,3", comment="После набора")
    proposal = CardProposal.objects.get()
    assert answer.url == url("proposal", proposal)
    assert proposal.changes == {
        "pupils": {"old": 400, "new": 412},
        "latitude": {"old": "58.200000", "new": "58.300000"},
    }
    assert (proposal.author, proposal.comment) == (cast.director, "После набора")
    assert School.objects.get(pk=school.pk).pupils == 400
    for methodist in (cast.methodist, other):
        assert told(methodist) == ["СОШ №5: школа предлагает изменить карточку"]
    for person in (cast.stranger, cast.chair, cast.director):
        assert told(person) == []


def test_nothing_changed_is_said(client, cast, school):
    shown = text_of(propose(client, cast, school, comment="просто так"))
    assert "Вы ничего не изменили" in shown
    assert not CardProposal.objects.exists()


def test_one_proposal_waits_at_a_time_and_can_be_taken_back(client, cast, school):
    propose(client, cast, school, phone="8 (800) 555-01-01")
    waiting = CardProposal.objects.get()
    client.post(url("propose", school), {"phone": "другой"})
    shown = page(client, url("propose", school))
    assert "Предложение школы ждёт решения" in shown
    assert "8 (800) 555-01-01" in shown
    assert CardProposal.objects.count() == 1

    # The coordinator of the same school may take it back as well.
    client.sign_in(cast.coordinator).post(url("proposal-withdraw", waiting))
    waiting.refresh_from_db()
    assert waiting.state == ProposalState.WITHDRAWN
    assert "Предложить правку карточки" in page(client, url("propose", school))
    shown = page(client, client.post(url("proposal-withdraw", waiting)).url)
    assert "«Отозвать» невозможно: сейчас состояние «Отозвано»" in shown


def test_two_tabs_send_one_proposal(client, cast, school, monkeypatch):
    data = as_shown(client.sign_in(cast.director), school) | {"phone": "новый"}
    ProposalFactory(school=school, author=cast.coordinator)
    monkeypatch.setattr(
        "schools.models.proposal.CardProposalQuerySet.waiting", lambda rows: rows.none()
    )
    answer = client.post(url("propose", school), data)
    assert answer.url == url("propose", school)
    assert CardProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pupils": "-5"}, "Напишите целое число от 0"),
        ({"pupils": "0 5"}, "Напишите целое число от 0"),
        ({"grades_from": "12", "grades_to": "1"}, "меньше первого"),
        ({"latitude": "200"}, "Градусы бывают от −90 до 90"),
        ({"latitude": ""}, "Координаты указывают вместе"),
        ({"comment": "я" * 2000}, "не более 1000 символов"),
        ({"phone": "\0"}, "запрещённый символ"),
    ],
)
def test_bad_input_is_told(client, cast, school, changes, sentence):
    assert sentence in text_of(propose(client, cast, school, **changes))
    assert not CardProposal.objects.exists()


def test_a_closed_school_proposes_nothing(client, cast, school):
    School.objects.filter(pk=school.pk).update(closed_on="2026-08-31")
    assert client.sign_in(cast.director).get(url("propose", school)).status_code == 403
    assert "Предложить правку" not in page(client, url("detail", school))


# --- The methodist -----------------------------------------------------------------------


@pytest.fixture
def proposal(cast, school):
    changes = {
        "phone": {"old": "123-45-67", "new": "8 (800) 555-01-01"},
        "pupils": {"old": 400, "new": 412},
    }
    return ProposalFactory(school=school, author=cast.director, changes=changes)


def test_the_card_and_the_home_tell_the_methodist_of_a_waiting_proposal(client, cast, proposal):
    shown = page(client.sign_in(cast.methodist), url("detail", cast.target))
    assert "Есть предложение школы" in shown
    assert url("proposal", proposal) in shown
    assert "предложение школы ждёт ответа" in page(client, reverse("home"))
    shown = page(client.sign_in(cast.director), url("detail", cast.target))
    assert "Предложение школы ждёт ответа методиста" in shown
    shown = page(client.sign_in(cast.lonely_director), url("detail", cast.target))
    assert "редложение школы" not in shown


def test_the_home_says_nothing_of_foreign_or_decided_proposals(client, cast):
    ProposalFactory(school=cast.foreign_lead)
    ProposalFactory(school=cast.target, state=ProposalState.REFUSED)
    assert "ждёт ответа" not in page(client.sign_in(cast.methodist), reverse("home"))


def test_the_list_shows_whose_task_it_is(client, cast, proposal):
    ProposalFactory(school=cast.lead, state=ProposalState.REFUSED, author=cast.lead_director)
    ProposalFactory(school=cast.foreign_lead)
    shown = page(client.sign_in(cast.methodist), LIST)
    assert "МОБУ «СОШ №5»" in shown
    assert "МОБУ «СОШ №9»" in shown
    assert "СОШ №15" not in shown
    assert "Обучающихся, телефон" in shown or "Телефон, обучающихся" in shown
    waiting = page(client, f"{LIST}?state=sent")
    assert "СОШ №9" not in waiting
    assert client.get(f"{LIST}?state=moon&page=x").status_code == 200
    own = page(client.sign_in(cast.director), LIST)
    assert "МОБУ «СОШ №5»" in own
    assert "СОШ №9" not in own
    assert "Ваша школа ещё ничего не предлагала." in page(
        client.sign_in(cast.lonely_director), LIST
    )
    assert client.sign_in(cast.chair).get(LIST).status_code == 403


def test_accepting_writes_the_card_its_history_and_tells_the_author(client, cast, proposal):
    client.sign_in(cast.methodist)
    shown = page(client, url("proposal", proposal))
    assert "8 (800) 555-01-01" in shown
    assert "Изменилось с тех пор" not in shown
    client.post(url("proposal-accept", proposal), {"version": "1"})

    school = School.objects.get(pk=proposal.school_id)
    assert (school.phone, school.pupils, school.version) == ("8 (800) 555-01-01", 412, 2)
    change = school.changes.get(what="Обучающихся")
    assert (change.old, change.new, change.origin) == ("400", "412", "предложение школы")
    proposal.refresh_from_db()
    move = proposal.transitions.get()
    assert (proposal.state, move.by) == (ProposalState.ACCEPTED, cast.methodist)
    assert told(cast.director) == ["СОШ №5: предложенная правка карточки принята"]
    notice = Notification.objects.get(recipient=cast.director)
    assert (notice.url_name, notice.url_args) == ("schools:proposal", [proposal.pk])
    # A second click changes nothing and says so.
    answer = client.post(url("proposal-accept", proposal), {"version": "2"})
    assert "сейчас состояние «Принято»" in page(client, answer.url)
    assert School.objects.get(pk=school.pk).version == 2


def test_refusing_needs_a_reason_and_tells_it(client, cast, proposal):
    client.sign_in(cast.methodist)
    for reason in ("", "   "):
        shown = text_of(client.post(url("proposal-refuse", proposal), {"reason": reason}))
        assert "Напишите причину: школа должна понять, что исправить." in shown
    client.post(url("proposal-refuse", proposal), {"reason": "Число обучающихся – на 20 сентября"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REFUSED
    assert School.objects.get(pk=proposal.school_id).pupils == 400
    assert told(cast.director) == [
        "СОШ №5: предложенная правка карточки отклонена. Число обучающихся – на 20 сентября"
    ]
    shown = page(client.sign_in(cast.director), url("proposal", proposal))
    assert "Причина: Число обучающихся – на 20 сентября" in shown


def test_what_was_refused_is_proposed_again_without_typing_it_anew(client, cast, proposal):
    client.sign_in(cast.director)
    again = f"{url('propose', proposal.school)}?from={proposal.pk}"
    assert again not in page(client, url("proposal", proposal))
    actions.refuse(proposal=proposal, reason="Проверьте число", by=cast.methodist)
    assert again in page(client, url("proposal", proposal))
    form = client.get(again).context["form"]
    for name, change in proposal.changes.items():
        assert form[name].value() == change["new"]
    foreign = ProposalFactory(school=cast.lead, state=ProposalState.REFUSED)
    for wrong in (foreign.pk, "0", "9" * 30, "х"):
        form = client.get(f"{url('propose', proposal.school)}?from={wrong}").context["form"]
        assert form.initial["phone"] == proposal.school.phone
    assert again not in page(client.sign_in(cast.methodist), url("proposal", proposal))


def test_a_card_changed_meanwhile_is_marked_and_not_overwritten_unseen(client, cast, proposal):
    School.objects.filter(pk=proposal.school_id).update(pupils=405, version=2)
    client.sign_in(cast.methodist)
    answer = client.post(url("proposal-accept", proposal), {"version": "1"})
    shown = page(client, answer.url)
    assert "карточку изменили" in shown
    assert shown.count("Изменилось с тех пор") == 1
    assert School.objects.get(pk=proposal.school_id).pupils == 405
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SENT
    assert not proposal.transitions.exists()
    client.post(url("proposal-accept", proposal), {"version": "2"})
    assert School.objects.get(pk=proposal.school_id).pupils == 412


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "\0"])
def test_a_forged_version_accepts_nothing(client, cast, proposal, version):
    client.sign_in(cast.methodist).post(url("proposal-accept", proposal), {"version": version})
    assert School.objects.get(pk=proposal.school_id).pupils == 400


def test_what_no_longer_fits_the_card_is_told(client, cast, school):
    row = ProposalFactory(school=school, changes={"grades_from": {"old": None, "new": 10}})
    School.objects.filter(pk=school.pk).update(grades_to=9)
    answer = client.sign_in(cast.methodist).post(url("proposal-accept", row), {"version": "1"})
    assert "с нынешней карточкой предложенное не сходится" in page(client, answer.url)
    row.refresh_from_db()
    assert row.state == ProposalState.SENT


def test_of_a_closed_school_a_proposal_can_only_be_refused(client, cast, proposal):
    School.objects.filter(pk=proposal.school_id).update(closed_on="2026-08-31")
    shown = page(client.sign_in(cast.methodist), url("proposal", proposal))
    assert "Школа закрыта: принять нельзя, можно только отклонить." in shown
    assert client.post(url("proposal-accept", proposal), {"version": "1"}).status_code == 403


def test_others_neither_see_nor_decide(client, cast, proposal):
    for person in (cast.lead_director, cast.chair, cast.curator, cast.stranger):
        assert client.sign_in(person).get(url("proposal", proposal)).status_code == 404
    client.sign_in(cast.director)
    assert client.post(url("proposal-accept", proposal), {"version": "1"}).status_code == 403
    assert client.get(url("proposal-refuse", proposal)).status_code == 403
    assert (
        client.sign_in(cast.methodist).post(url("proposal-withdraw", proposal)).status_code == 403
    )


def test_of_two_decisions_at_once_one_stands(cast, proposal):
    actions.refuse(proposal=CardProposal.objects.get(), reason="Нет", by=cast.methodist)
    with pytest.raises(WrongState):
        actions.accept(proposal=proposal, expected_version=1, by=cast.methodist)
    assert School.objects.get(pk=proposal.school_id).pupils == 400


def test_lines_stand_in_the_order_of_the_card_and_in_words(db):
    school = SchoolFactory(locality="urban", latitude="58.2", longitude="68.5")
    row = ProposalFactory(
        school=school,
        changes={
            "longitude": {"old": "68.500000", "new": None},
            "locality": {"old": "", "new": "rural"},
        },
    )
    row.school = School.objects.get(pk=school.pk)
    lines = lines_of(row)
    assert [(line.label, line.old, line.new, line.now) for line in lines] == [
        ("Местность", "", "сельская", "городская"),
        ("Долгота", "68,5", "", "68,5"),
    ]
    assert [line.is_stale for line in lines] == [True, False]

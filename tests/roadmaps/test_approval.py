"""A plan is sent to its schools, they answer, the committee approves (decision 10, R134)."""

import re

import pytest
from django.urls import reverse

from accounts.models import Notification
from common.transitions import WrongState
from roadmaps.actions import plan as editor
from roadmaps.actions.plan import agreement, lifecycle
from roadmaps.agreement import words_of
from roadmaps.card import moves_of
from roadmaps.enums import RoadmapState, SchoolWord
from roadmaps.models import PlanAnswer, PlanRemark, Roadmap, RoadmapRow
from roadmaps.rules import approval as rules
from roadmaps.rules import plan as plan_rules
from schools.enums import OrgType
from tests.partnerships.factories import MemberFactory
from tests.roadmaps.factories import NOON, RowFactory
from tests.schools.factories import SchoolFactory

PAPER = {"comment": "Школы согласны устно"}


def text_of(response) -> str:
    """Words of a page without tags and with plain spaces."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare.replace("\u00a0", " "))


def url_of(name: str, pk: int, *args: object) -> str:
    return reverse(f"roadmaps:{name}", args=[pk, *args])


def fresh(roadmap: Roadmap) -> Roadmap:
    return Roadmap.objects.for_rules().get(pk=roadmap.pk)


def word(roadmap: Roadmap, school, said: str = SchoolWord.AGREED, **more) -> dict:
    return {"school": school.pk, "word": said, "round": roadmap.round, **more}


@pytest.fixture
def draft(cast) -> Roadmap:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    RowFactory(roadmap=cast.roadmap, event__title="Круглый стол")
    return fresh(cast.roadmap)


@pytest.fixture
def sent(cast, draft) -> Roadmap:
    lifecycle.send(roadmap=draft, by=cast.methodist)
    Notification.objects.all().delete()
    return fresh(draft)


@pytest.fixture
def row(sent) -> RoadmapRow:
    return sent.rows.get()


def agree(cast, roadmap, school, by, said=SchoolWord.AGREED, **more):
    given = {"roadmap": roadmap, "school": school, "word": said, "by": by, **more}
    return agreement.answer(round=roadmap.round, **given)


# --- Sending ---------------------------------------------------------------------------------


def test_sending_begins_a_round_and_tells_the_schools(cast, draft):
    lifecycle.send(roadmap=draft, by=cast.methodist)
    now = fresh(draft)
    assert (now.state, now.round) == (RoadmapState.AGREEING, 1)
    told = {notice.recipient for notice in Notification.objects.all()}
    assert told == {cast.director, cast.coordinator, cast.lead_director, cast.curator}
    assert Notification.objects.first().url == url_of("approval", draft.pk)


def test_answers_of_an_earlier_round_are_history(cast, sent):
    agree(cast, sent, cast.target, cast.director)
    lifecycle.recall(roadmap=sent, by=cast.methodist)
    lifecycle.send(roadmap=sent, by=cast.methodist)
    assert [one.answer for one in words_of(fresh(sent))] == [None, None]
    assert PlanAnswer.objects.get().round == 1


@pytest.mark.parametrize(
    ("state", "able"),
    [
        ("draft", {"send", "approve"}),
        ("agreeing", {"recall", "approve"}),
        ("running", {"pause"}),
        ("paused", {"resume"}),
        ("finished", {"reopen"}),
    ],
)
def test_steps_of_each_state(cast, draft, state, able):
    Roadmap.objects.update(state=state, approved_at="2026-09-10T12:00Z")
    now = fresh(draft)
    assert {v for v, rule in plan_rules.MOVES.items() if rule(cast.methodist, now)} == able
    assert not any(rule(cast.director, now) for rule in plan_rules.MOVES.values())


def test_chair_approves_and_pauses_but_does_not_send(cast, draft):
    assert plan_rules.can_approve(cast.chair, draft)
    assert not plan_rules.can_send(cast.chair, draft)


@pytest.mark.parametrize(
    ("who", "state", "main"),
    [
        ("methodist", "draft", ["send"]),
        ("chair", "draft", ["approve"]),  # may not send
        ("methodist", "agreeing", ["approve"]),
        ("methodist", "running", []),  # cannot be finished yet: no conclusion
    ],
)
def test_the_main_button_is_the_next_step_that_the_person_may_take(cast, draft, who, state, main):
    Roadmap.objects.update(state=state, approved_at="2026-09-10T12:00Z")
    moves = moves_of(getattr(cast, who), fresh(draft))
    assert [move.verb for move in moves if move.is_main] == main


def test_while_agreeing_schools_remark_and_do_not_edit(cast, sent):
    assert plan_rules.can_edit(cast.methodist, sent)
    assert "школы пишут замечания" in plan_rules.can_edit(cast.director, sent).reason


def test_paused_roadmap_is_edited_by_nobody_and_owes_nothing(client, cast, draft):
    Roadmap.objects.update(state="paused", approved_at="2026-09-10T12:00Z")
    now = fresh(draft)
    assert plan_rules.can_edit(cast.methodist, now).reason == plan_rules.PAUSED
    assert not now.is_owing
    client.sign_in(cast.methodist)
    assert client.get(url_of("event-edit", now.rows.get().pk)).status_code == 403


def test_pause_and_its_reason_are_in_the_log(client, cast, draft):
    Roadmap.objects.update(state="running", approved_at="2026-09-10T12:00Z")
    client.sign_in(cast.chair)
    client.post(url_of("move", draft.pk, "pause"), {"comment": "Капитальный ремонт"})
    log = draft.transitions.get()
    assert (log.to_state, log.comment, log.by) == ("paused", "Капитальный ремонт", cast.chair)


# --- Answers ---------------------------------------------------------------------------------


def test_members_of_today_are_asked_and_organisations_outside_are_not(cast, sent):
    outside = SchoolFactory(municipality=cast.municipality, org_type=OrgType.VOCATIONAL)
    MemberFactory(partnership=cast.partnership, school=outside)
    left = SchoolFactory(municipality=cast.municipality)
    MemberFactory(partnership=cast.partnership, school=left, left_on="2026-10-01")
    assert {one.school for one in words_of(fresh(sent))} == {cast.lead, cast.target}


def test_who_answers_for_whom(cast, sent):
    answers = {
        who: {str(one.pk) for one in rules.schools_to_answer(user, sent)}
        for who, user in cast.everyone.items()
    }
    lead, target = str(cast.lead.pk), str(cast.target.pk)
    assert answers == {
        "chair": set(),
        "methodist": {lead, target},
        "director": {target},
        "lead_director": {lead},
        "lonely_director": set(),
        "coordinator": {target},
        "curator": set(),
        "administrator": set(),
        "stranger": set(),
    }


def test_director_agrees_by_one_press_and_the_methodist_is_told(client, cast, sent):
    client.sign_in(cast.director)
    page = client.get(url_of("approval", sent.pk)).content.decode()
    assert "Согласовать" in page
    client.post(url_of("answer", sent.pk), word(sent, cast.target))
    said = PlanAnswer.objects.get()
    assert (said.school, said.word, said.by, said.on_paper) == (
        cast.target,
        SchoolWord.AGREED,
        cast.director,
        False,
    )
    assert {one.recipient for one in Notification.objects.all()} == {cast.methodist}


def test_a_school_reads_the_whole_row_that_it_agrees_to(client, cast, sent, row):
    event = {"due_text": "I кв.", "responsible": "все ОО", "expected_result": "Протокол"}
    type(row.event).objects.filter(pk=row.event_id).update(steps="Позвать\nПровести", **event)
    text = text_of(client.sign_in(cast.director).get(url_of("answer", sent.pk)))
    assert "Срок: I кв. · Ответственные: все ОО · Результат: Протокол Позвать Провести" in text


def test_a_school_does_not_answer_for_its_partner(client, cast, sent):
    client.sign_in(cast.director)
    answer = client.post(url_of("answer", sent.pk), word(sent, cast.lead))
    assert answer.status_code == 422
    assert not PlanAnswer.objects.exists()


def test_several_remarks_field_by_field_in_one_sending(client, cast, sent, row):
    other = RowFactory(roadmap=sent)
    client.sign_in(cast.director)
    typed = {
        f"row{row.pk}-field": "due_text",
        f"row{row.pk}-text": "Лучше в мае",
        f"row{other.pk}-field": "",
        f"row{other.pk}-text": "Не нужно",
    }
    sending = word(sent, cast.target, SchoolWord.REMARKS, comment="В целом верно", **typed)
    for _ in range(2):  # sent twice, written once
        client.post(url_of("answer", sent.pk), sending)
    remarks = PlanRemark.objects.order_by("pk").values_list("row", "field", "text", "label")
    assert list(remarks) == [
        (row.pk, "due_text", "Лучше в мае", "2.1"),
        (other.pk, "", "Не нужно", "2.2"),
    ]
    assert PlanAnswer.objects.get().comment == "В целом верно"


@pytest.mark.parametrize(
    ("said", "typed", "sentence"),
    [
        (SchoolWord.REMARKS, {}, "Напишите хотя бы одно замечание"),
        (SchoolWord.AGREED, {"text": "Не так"}, "отправьте замечания или уберите их"),
        (SchoolWord.REMARKS, {"field": "title"}, "Напишите, что изменить"),
        (SchoolWord.REMARKS, {"text": "я" * 2001}, "помещается 2"),
        ("perhaps", {"text": "Не так"}, "perhaps"),
    ],
)
def test_what_does_not_go_together_is_told_and_kept(client, cast, sent, row, said, typed, sentence):
    client.sign_in(cast.director)
    fields = {f"row{row.pk}-{name}": value for name, value in typed.items()}
    answer = client.post(url_of("answer", sent.pk), word(sent, cast.target, said, **fields))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert typed.get("text", "") in answer.content.decode()
    assert not PlanAnswer.objects.exists()


def test_answer_after_approval_is_not_written_and_not_lost(client, cast, sent, row):
    lifecycle.approve(roadmap=sent, by=cast.chair)
    client.sign_in(cast.director)
    typed = {f"row{row.pk}-text": "Лучше в мае"}
    said = word(sent, cast.target, SchoolWord.REMARKS, **typed)
    answer = client.post(url_of("answer", sent.pk), said)
    assert answer.status_code == 409
    assert "Лучше в мае" in answer.content.decode()
    assert not PlanAnswer.objects.exists()


def test_answer_to_an_older_sending_asks_to_read_again(cast, sent):
    old = sent.round
    lifecycle.recall(roadmap=sent, by=cast.methodist)
    lifecycle.send(roadmap=sent, by=cast.methodist)
    with pytest.raises(agreement.NotAsked, match="прочитайте её ещё раз"):
        agreement.answer(
            roadmap=sent, school=cast.target, word=SchoolWord.AGREED, by=cast.director, round=old
        )


def test_a_school_changes_its_word_and_takes_back_what_was_not_answered(cast, sent, row):
    remark = agreement.NewRemark("Лучше в мае", row, "due_text")
    agree(cast, sent, cast.target, cast.director, SchoolWord.REMARKS, remarks=[remark])
    agree(cast, sent, cast.target, cast.coordinator)
    said = PlanAnswer.objects.get()
    assert (said.word, said.by) == (SchoolWord.AGREED, cast.coordinator)
    assert said.remarks.get().is_settled


def test_methodist_writes_down_the_word_of_a_school(client, cast, sent):
    client.sign_in(cast.methodist)
    client.post(url_of("answer", sent.pk), word(sent, cast.lead, comment="Письмо от 12.11"))
    said = PlanAnswer.objects.get()
    assert (said.school, said.on_paper) == (cast.lead, True)
    assert "со слов школы" in text_of(client.get(url_of("approval", sent.pk)))


def test_an_edit_makes_the_earlier_agreement_old(client, cast, sent, row):
    agree(cast, sent, cast.target, cast.director)
    assert [one.before_edits for one in words_of(sent)] == [None, None]
    PlanAnswer.objects.update(at=NOON)
    editor.add_row(roadmap=sent, stage=1, values={"title": "Ещё"}, by=cast.methodist)
    client.sign_in(cast.methodist)
    assert "Ответ дан до правок от" in text_of(client.get(url_of("approval", sent.pk)))
    asked = text_of(client.get(url_of("move", sent.pk, "approve")))
    assert "согласовала его до правок" in asked


# --- Replies ---------------------------------------------------------------------------------


@pytest.fixture
def remark(cast, sent, row) -> PlanRemark:
    new = agreement.NewRemark("Лучше в мае", row, "due_text")
    agree(cast, sent, cast.target, cast.director, SchoolWord.REMARKS, remarks=[new])
    Notification.objects.all().delete()
    return PlanRemark.objects.get()


def test_remark_stands_at_its_row_and_leads_to_the_list(client, cast, sent, row, remark):
    client.sign_in(cast.methodist)
    link = f"{url_of('approval', sent.pk)}?row={row.pk}"
    assert link in client.get(url_of("detail", sent.pk)).content.decode()
    assert "Лучше в мае" in text_of(client.get(link))
    other = RowFactory(roadmap=sent)
    assert "Лучше в мае" not in text_of(client.get(f"{url_of('approval', sent.pk)}?row={other.pk}"))


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ({"is_taken": "yes"}, "Учтено."),
        ({"is_taken": "no", "text": "В мае ЕГЭ"}, "Отклонено. В мае ЕГЭ"),
    ],
)
def test_methodist_answers_a_remark_and_the_school_is_told(
    client, cast, sent, remark, typed, reply
):
    client.sign_in(cast.methodist)
    client.post(url_of("remark-settle", remark.pk), typed)
    remark.refresh_from_db()
    assert (remark.is_settled, remark.reply, remark.settled_by) == (True, reply, cast.methodist)
    assert {one.recipient for one in Notification.objects.all()} == {
        cast.director,
        cast.coordinator,
    }
    client.sign_in(cast.director)
    assert reply in text_of(client.get(url_of("approval", sent.pk)))


def test_a_refusal_says_why(client, cast, remark):
    client.sign_in(cast.methodist)
    answer = client.post(url_of("remark-settle", remark.pk), {"is_taken": "no"})
    assert answer.status_code == 422
    assert "почему замечание отклонено" in text_of(answer)
    assert not PlanRemark.objects.get().is_settled


def test_a_remark_is_answered_once(cast, remark):
    agreement.settle(remark=remark, is_taken=True, text="", by=cast.methodist)
    with pytest.raises(agreement.NotAsked):
        agreement.settle(remark=remark, is_taken=False, text="Нет", by=cast.methodist)


# --- Approval --------------------------------------------------------------------------------


def test_committee_approves_with_order_and_signature(client, cast, sent):
    for school, by in ((cast.target, cast.director), (cast.lead, cast.lead_director)):
        agree(cast, sent, school, by)
    client.sign_in(cast.chair)
    url = url_of("move", sent.pk, "approve")
    page = client.get(url)
    signs = page.context["form"].fields["approver"].queryset
    assert {one.user for one in signs} == {cast.chair, cast.methodist}
    chair = signs.get(user=cast.chair)
    assert page.context["form"].initial["approver"] == chair.pk
    typed = {"approver": chair.pk, "order_number": "112-о", "order_date": "2026-11-20"}
    assert client.post(url, typed | {"not_agreed": ""}).status_code == 302
    now = fresh(sent)
    assert now.state == RoadmapState.RUNNING
    assert (now.approver, now.order_number, str(now.order_date)) == (chair, "112-о", "2026-11-20")
    assert len(now.baseline["rows"]) == 1
    shown = text_of(client.get(url_of("detail", sent.pk)))
    assert "№ 112-о" in shown


def test_without_the_word_of_a_school_the_reason_is_asked(client, cast, sent):
    agree(cast, sent, cast.target, cast.director)
    client.sign_in(cast.chair)
    url = url_of("move", sent.pk, "approve")
    typed = {"order_number": "112-о", "not_agreed": str(cast.lead.pk)}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert f"почему план утверждается без согласия: {cast.lead}" in text_of(refused)
    assert "112-о" in refused.content.decode()
    assert client.post(url, typed | PAPER).status_code == 302
    assert sent.transitions.get(verb="approve").comment == PAPER["comment"]


def test_a_word_taken_back_meanwhile_stops_the_approval(client, cast, sent, row):
    agree(cast, sent, cast.target, cast.director)
    agree(cast, sent, cast.lead, cast.lead_director)
    remark = agreement.NewRemark("Лучше в мае", row)
    agree(cast, sent, cast.target, cast.director, SchoolWord.REMARKS, remarks=[remark])
    client.sign_in(cast.chair)
    url = url_of("move", sent.pk, "approve")
    answer = client.post(url, {"order_number": "112-о", "not_agreed": ""} | PAPER)
    assert answer.status_code == 409
    assert "школа ответила иначе" in text_of(answer)
    assert "112-о" in answer.content.decode()
    assert fresh(sent).state == RoadmapState.AGREEING


def test_second_of_two_approvals_changes_nothing(client, cast, sent):
    lifecycle.approve(roadmap=sent, by=cast.chair)
    with pytest.raises(WrongState):
        lifecycle.approve(roadmap=Roadmap.objects.get(pk=sent.pk), by=cast.methodist)
    client.sign_in(cast.methodist)
    assert client.post(url_of("move", sent.pk, "approve"), PAPER).status_code == 302
    now = fresh(sent)
    assert now.approved_by == cast.chair
    assert sent.transitions.filter(verb="approve").count() == 1


def test_a_plan_of_cancelled_events_alone_is_not_approved(client, cast, draft):
    editor.cancel_event(row=draft.rows.get(), reason="Карантин", by=cast.methodist)
    client.sign_in(cast.methodist)
    assert client.post(url_of("move", draft.pk, "approve"), PAPER).status_code == 422
    assert fresh(draft).state == RoadmapState.DRAFT


def test_approved_before_its_first_day_says_when_it_begins(client, cast, draft, today):
    Roadmap.objects.update(
        state="running",
        approved_at="2026-09-10T12:00Z",
        starts_on="2027-01-11",
    )
    client.sign_in(cast.methodist)
    page = text_of(client.get(url_of("detail", draft.pk)))
    assert "Утверждена, начнётся 11.01.2027" in page

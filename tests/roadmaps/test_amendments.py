"""Changes of an approved plan: what differs, numbered changes, slips accepted (decision 10)."""

import pytest

from accounts.models import Notification
from common.transitions import WrongState
from roadmaps.actions import plan as editor
from roadmaps.actions.plan import Why, agreement, amendments, lifecycle
from roadmaps.enums import AmendmentState, RoadmapState, SchoolWord
from roadmaps.models import Amendment, PlanAnswer, Roadmap, RoadmapRow
from roadmaps.plan_story import changes_of
from tests.roadmaps.factories import RoadmapFactory, RowFactory
from tests.roadmaps.test_approval import PAPER, text_of, url_of

WHY = Why("Карантин в мае")
SLIP = Why(is_correction=True)


@pytest.fixture
def plan(cast) -> Roadmap:
    """An approved plan of two rows."""
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    roadmap = Roadmap.objects.get(pk=cast.roadmap.pk)
    for title in ("Круглый стол", "Семинар"):
        RowFactory(roadmap=roadmap, event__title=title)
    lifecycle.approve(roadmap=roadmap, by=cast.chair)
    Notification.objects.all().delete()
    return Roadmap.objects.get(pk=roadmap.pk)


def row_of(plan: Roadmap, number: int = 1) -> RoadmapRow:
    return plan.rows.select_related("event", "roadmap").get(position=number)


def save(row: RoadmapRow, by, why: Why | None = WHY, **values) -> None:
    editor.save_event(row=row, values=values, expected_version=row.event.version, by=by, why=why)


def told(plan: Roadmap) -> list[tuple[str, str, bool]]:
    found = changes_of(Roadmap.objects.get(pk=plan.pk))
    return [(one.kind, one.label, one.is_correction) for one in found]


def sent(plan: Roadmap, by, reason: str = "Карантин") -> Amendment:
    last = plan.edits.order_by("-pk").first()
    return amendments.send_amendment(
        roadmap=plan, reason=reason, last_edit=last.pk if last else 0, by=by
    )


def marked(plan: Roadmap) -> set[str]:
    return {row.label for row in plan.rows.filter(is_unapproved=True)}


# --- What changed ----------------------------------------------------------------------------


def test_every_kind_of_change_is_told_with_its_reason(client, cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    editor.cancel_event(row=row_of(plan, 2), reason="Гость занят", by=cast.methodist)
    editor.add_row(
        roadmap=plan, stage=3, values={"title": "Итоги"}, by=cast.methodist, why=Why("По просьбе")
    )
    client.sign_in(cast.director)
    page = text_of(client.get(url_of("changes", plan.pk)))
    for words in ("до 15.11.2026", "до 01.03.2027", "Карантин в мае", "Гость занят", "По просьбе"):
        assert words in page
    assert [kind for kind, *_ in told(plan)] == ["changed", "cancelled", "added"]
    assert cast.methodist.list_name in page


def test_a_change_taken_back_by_hand_is_none_and_loses_its_mark(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    assert marked(plan) == {"2.1"}
    save(row_of(plan), cast.methodist, due_text="до 15.11.2026")
    assert (told(plan), marked(plan)) == ([], set())


def test_a_row_moved_back_loses_its_mark_but_not_what_else_was_changed(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    for stage in ("3", "2"):
        for pk in plan.rows.values_list("pk", flat=True):
            row = plan.rows.select_related("event", "roadmap").get(pk=pk)
            editor.move_row(row=row, to=stage, by=cast.methodist, why=WHY)
    assert len(marked(plan)) == 1


def test_plan_without_a_baseline_says_so(client, cast):
    client.sign_in(cast.methodist)
    page = text_of(client.get(url_of("changes", cast.roadmap.pk)))
    assert "Утверждённый план этой карты не сохранён" in page


# --- Slips of the pen ------------------------------------------------------------------------


def test_slips_are_accepted_without_a_number(client, cast, plan):
    save(row_of(plan), cast.methodist, SLIP, title="Круглый стол.")
    save(row_of(plan, 2), cast.methodist, due_text="до 01.03.2027")
    assert told(plan) == [("changed", "2.1", True), ("changed", "2.2", False)]
    client.sign_in(cast.methodist)
    client.post(url_of("changes-accept", plan.pk))
    assert told(plan) == [("changed", "2.2", False)]
    assert marked(plan) == {"2.2"}
    assert not Amendment.objects.exists()


def test_slips_alone_are_no_amendment(cast, plan):
    save(row_of(plan), cast.methodist, SLIP, title="Круглый стол.")
    with pytest.raises(amendments.NothingToDo):
        sent(plan, cast.methodist)


def test_slips_wait_while_a_change_is_open(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    sent(plan, cast.methodist)
    save(row_of(plan, 2), cast.methodist, SLIP, title="Семинары")
    with pytest.raises(WrongState, match="ещё на согласовании"):
        amendments.accept_corrections(roadmap=plan, by=cast.methodist)


# --- Numbered changes ------------------------------------------------------------------------


def test_change_is_sent_with_the_reasons_of_its_steps(client, cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    client.sign_in(cast.methodist)
    url = url_of("amendment-send", plan.pk)
    form = client.get(url).context["form"]
    assert form.initial["reason"] == "Карантин в мае"
    client.post(url, {"reason": "Карантин", "last_edit": form.initial["last_edit"]})
    amendment = Amendment.objects.get()
    assert (amendment.number, amendment.state) == (1, AmendmentState.AGREEING)
    assert {one.recipient for one in Notification.objects.all()} == {
        cast.director,
        cast.coordinator,
        cast.lead_director,
        cast.curator,
    }
    assert Notification.objects.first().url == url_of("amendment", amendment.pk)
    client.sign_in(cast.director)
    assert "до 01.03.2027" in text_of(client.get(url_of("amendment", amendment.pk)))


def test_a_plan_that_moved_on_is_read_again_before_sending(client, cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    old = plan.edits.latest("pk").pk
    save(row_of(plan, 2), cast.methodist, due_text="до 02.03.2027")
    client.sign_in(cast.methodist)
    answer = client.post(
        url_of("amendment-send", plan.pk), {"reason": "Моя причина", "last_edit": old}
    )
    assert answer.status_code == 409
    assert "Моя причина" in answer.content.decode()
    assert "до 02.03.2027" in text_of(answer)
    assert not Amendment.objects.exists()


def test_only_one_change_is_open(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    sent(plan, cast.methodist)
    with pytest.raises(WrongState, match="уже на согласовании"):
        sent(plan, cast.methodist)


def test_schools_answer_a_change(client, cast, plan):
    row = row_of(plan)
    save(row, cast.methodist, due_text="до 01.03.2027")
    amendment = sent(plan, cast.methodist)
    client.sign_in(cast.director)
    url = url_of("amendment-answer", amendment.pk)
    page = text_of(client.get(url))
    assert "Круглый стол" in page
    assert "Семинар" not in page  # it does not change
    assert amendment.reason in page
    typed = {f"row{row.pk}-field": "due_text", f"row{row.pk}-text": "Лучше в апреле"}
    said = {"school": cast.target.pk, "word": SchoolWord.REMARKS, "round": 0}
    client.post(url, said | typed)
    answer = PlanAnswer.objects.get()
    assert (answer.amendment, answer.remarks.get().text) == (amendment, "Лучше в апреле")
    client.sign_in(cast.methodist)
    assert "Лучше в апреле" in text_of(client.get(url_of("amendment", amendment.pk)))


def test_approved_change_becomes_the_plan_and_later_edits_stay_marked(client, cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    amendment = sent(plan, cast.methodist)
    save(row_of(plan, 2), cast.methodist, due_text="до 02.03.2027")
    client.sign_in(cast.chair)
    lacking = f"{cast.lead.pk},{cast.target.pk}"
    url = url_of("amendment-approve", amendment.pk)
    assert client.post(url, {"not_agreed": lacking}).status_code == 422
    typed = {"not_agreed": lacking, "order_number": "130-о"} | PAPER
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302  # pressed twice
    amendment.refresh_from_db()
    assert (amendment.state, amendment.order_number) == (AmendmentState.APPROVED, "130-о")
    assert amendment.transitions.get().comment == PAPER["comment"]
    assert told(plan) == [("changed", "2.2", False)]
    assert marked(plan) == {"2.2"}
    assert "до 01.03.2027" in text_of(client.get(url_of("amendment", amendment.pk)))


def test_withdrawn_change_leaves_rows_and_marks_and_its_number(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    amendments.withdraw_amendment(amendment=sent(plan, cast.methodist), by=cast.methodist)
    assert marked(plan) == {"2.1"}
    assert sent(plan, cast.methodist).number == 2


def test_of_withdrawal_and_approval_at_once_one_wins(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    amendment = sent(plan, cast.methodist)
    stale = Amendment.objects.select_related("roadmap").get(pk=amendment.pk)
    amendments.withdraw_amendment(amendment=amendment, by=cast.methodist)
    with pytest.raises(WrongState):
        amendments.approve_amendment(amendment=stale, by=cast.chair)
    assert told(plan) == [("changed", "2.1", False)]
    assert Amendment.objects.get().approved_at is None


def test_answer_to_a_decided_change_is_not_written(cast, plan):
    save(row_of(plan), cast.methodist, due_text="до 01.03.2027")
    amendment = sent(plan, cast.methodist)
    amendments.withdraw_amendment(amendment=amendment, by=cast.methodist)
    with pytest.raises(agreement.NotAsked, match="отозвано"):
        agreement.answer(
            roadmap=plan,
            amendment=amendment,
            school=cast.target,
            word=SchoolWord.AGREED,
            by=cast.director,
            round=0,
        )


def test_changes_of_another_roadmap_are_not_told(cast, plan):
    other = RoadmapFactory(partnership=cast.partnership)
    editor.add_row(roadmap=other, stage=1, values={"title": "Чужое"}, by=cast.methodist, why=WHY)
    assert told(plan) == []

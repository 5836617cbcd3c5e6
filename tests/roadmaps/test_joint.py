"""Joint events: one event in several roadmaps, counted in each, reported once (quirk 20)."""

from datetime import date

import pytest
from django.urls import reverse

from partnerships.enums import PartnershipState
from partnerships.models import Partnership
from roadmaps.actions import plan as actions
from roadmaps.actions.plan.joint import LastPlace, put_into, take_out_of
from roadmaps.enums import EditVerb, EventState, OccurrenceState, RoadmapState
from roadmaps.event_lines import EventLine
from roadmaps.models import Event, EventReport, Occurrence, PlanEdit, Roadmap, RoadmapRow
from roadmaps.rules import joint as rules
from roadmaps.rules import reports as report_rules
from roadmaps.views.plan_table import progress_of
from tests.partnerships.factories import pair
from tests.roadmaps.factories import (
    OccurrenceFactory,
    ProblemFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.roadmaps.test_views_plan import detail_url, edit_url, text_of, typed
from tests.schools.factories import DirectorFactory, SchoolFactory

TODAY = date(2026, 11, 24)


@pytest.fixture
def row(cast) -> RoadmapRow:
    return RowFactory(roadmap=cast.roadmap, event__title="Общий семинар")


@pytest.fixture
def other(cast) -> Roadmap:
    """A running roadmap of a second pair of the same municipality: СОШ №16 – СОШ №14."""
    lead = SchoolFactory(municipality=cast.municipality, number="16")
    target = SchoolFactory(municipality=cast.municipality, number="14")
    return RoadmapFactory(partnership=pair(lead, target))


@pytest.fixture
def draft(cast, other) -> Roadmap:
    Roadmap.objects.filter(pk=other.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    other.refresh_from_db()
    return other


@pytest.fixture
def shared(cast, row, other) -> RoadmapRow:
    """The row of the event in the second roadmap."""
    (new,) = put_into(row=row, roadmaps=[other], stage=3, by=cast.methodist)
    return new


def joint_url(row: RoadmapRow) -> str:
    return reverse("roadmaps:joint", args=[row.pk])


def remove_url(row: RoadmapRow) -> str:
    return reverse("roadmaps:joint-remove", args=[row.pk])


def members_of(roadmap: Roadmap) -> list:
    return [member.school for member in roadmap.partnership.members.all()]


def again(row: RoadmapRow) -> RoadmapRow:
    """The row as a new request fetches it."""
    return RoadmapRow.objects.get(pk=row.pk)


# --- Putting an event into other roadmaps ---------------------------------------------------


def test_event_is_put_at_the_end_of_the_stage_and_marked_where_the_plan_is_approved(
    cast, row, other
):
    RowFactory(roadmap=other, stage=2)
    new = put_into(row=row, roadmaps=[other], stage=2, by=cast.methodist, why=actions.Why("Вместе"))
    assert [(one.roadmap, one.event_id, one.stage, one.position) for one in new] == [
        (other, row.event_id, 2, 2)
    ]
    assert again(new[0]).is_unapproved
    edit = PlanEdit.objects.get()
    assert (edit.roadmap, edit.verb, edit.reason) == (other, EditVerb.ADD, "Вместе")
    assert row.event.occurrences.count() == 1


def test_a_roadmap_that_holds_the_event_is_passed_over(cast, row, other, shared):
    assert put_into(row=row, roadmaps=[other, cast.roadmap], stage=1, by=cast.methodist) == []
    assert row.event.rows.count() == 2


def test_an_event_does_not_leave_its_municipality(cast, row):
    with pytest.raises(ValueError, match="municipality"):
        put_into(row=row, roadmaps=[cast.foreign_roadmap], stage=1, by=cast.methodist)
    with pytest.raises(ValueError, match="4"):
        put_into(row=row, roadmaps=[], stage=4, by=cast.methodist)


# --- Editing it -----------------------------------------------------------------------------


def test_editing_leaves_a_step_and_a_mark_in_every_approved_roadmap(cast, row, other, shared):
    PlanEdit.objects.all().delete()
    RoadmapRow.objects.update(is_unapproved=False)
    values = {"title": "Семинар для четырёх школ"}
    actions.save_event(
        row=row, values=values, expected_version=1, by=cast.methodist, why=actions.Why("Шире")
    )
    assert again(row).is_unapproved
    assert again(shared).is_unapproved
    told = {
        (edit.roadmap, edit.label, edit.reason, edit.after[0]["words"]["title"])
        for edit in PlanEdit.objects.all()
    }
    assert told == {
        (cast.roadmap, "2.1", "Шире", "Семинар для четырёх школ"),
        (other, "3.1", "Шире", "Семинар для четырёх школ"),
    }


def test_heading_and_number_belong_to_the_row_alone(cast, row, other, shared):
    PlanEdit.objects.all().delete()
    RoadmapRow.objects.update(is_unapproved=False)
    values = {"section": "Раздел", "number": "1.1"}
    actions.save_event(row=row, values=values, expected_version=1, by=cast.methodist)
    assert again(row).is_unapproved
    assert not again(shared).is_unapproved
    assert [edit.roadmap for edit in PlanEdit.objects.all()] == [cast.roadmap]
    assert again(shared).section == ""


def test_cancelling_and_taking_back_are_told_in_each_roadmap(cast, row, other, shared):
    PlanEdit.objects.all().delete()
    actions.cancel_event(row=again(row), reason="Карантин", by=cast.methodist)
    actions.restore_event(row=again(shared), by=cast.methodist)
    steps = {(edit.roadmap, edit.verb) for edit in PlanEdit.objects.all()}
    both = (cast.roadmap, other)
    verbs = (EditVerb.CANCEL, EditVerb.RESTORE)
    assert steps == {(roadmap, verb) for roadmap in both for verb in verbs}


def test_problems_of_another_pair_are_not_told_in_this_one(cast, row, other, shared):
    mine, theirs = ProblemFactory(roadmap=cast.roadmap), ProblemFactory(roadmap=other)
    row.event.problems.add(theirs)
    PlanEdit.objects.all().delete()
    values = {"problems": [mine], "title": "Иначе"}
    actions.save_event(row=row, values=values, expected_version=1, by=cast.methodist)
    for edit in PlanEdit.objects.all():
        own, foreign = (mine, theirs) if edit.roadmap == cast.roadmap else (theirs, mine)
        words = edit.after[0]["words"]["problems"]
        assert words == own.text
        assert foreign.text not in words


def test_a_resting_pair_or_a_finished_plan_keeps_the_event_from_changing(client, cast, row, shared):
    client.sign_in(cast.methodist)
    assert client.get(edit_url(row)).status_code == 200
    Partnership.objects.filter(pk=shared.roadmap.partnership_id).update(
        state=PartnershipState.PAUSED
    )
    refused = client.post(edit_url(row), typed(row, title="Иначе"))
    assert refused.status_code == 403
    assert "Мероприятие общее" in text_of(refused)
    Partnership.objects.update(state=PartnershipState.ACTIVE)
    Roadmap.objects.filter(pk=shared.roadmap_id).update(state=RoadmapState.FINISHED)
    assert client.get(edit_url(row)).status_code == 403


# --- Reported once, counted in each ---------------------------------------------------------


def test_schools_of_all_pairs_owe_and_may_report(cast, row, other, shared):
    time = Occurrence.objects.get()
    people = [*members_of(cast.roadmap), *members_of(other)]
    assert set(report_rules.participants_of(time)) == set(people)
    for school in people:
        assert list(Occurrence.objects.owed_by(school)) == [time]
        director = DirectorFactory(school=school).user
        assert report_rules.can_report(director, time, school)
    assert not Occurrence.objects.owed_by(cast.lonely).exists()
    assert not report_rules.can_report(cast.lonely_director, time, cast.lonely)


def test_draft_of_one_pair_owes_nothing_through_the_running_plan_of_another(cast, row, draft):
    put_into(row=row, roadmaps=[draft], stage=2, by=cast.methodist)
    time = Occurrence.objects.get()
    school = members_of(draft)[0]
    assert not Occurrence.objects.owed_by(school).exists()
    verdict = report_rules.can_report(DirectorFactory(school=school).user, time, school)
    assert "ещё не утверждена" in verdict.reason
    assert list(Occurrence.objects.owed_by(cast.target)) == [time]


def test_one_confirmed_holding_counts_in_each_roadmap(cast, row, other, shared):
    """Quirk 20: one seminar, two plans; no figure of either counts it twice."""
    OccurrenceFactory(event=row.event, held=True)
    progress = progress_of([cast.roadmap, other], TODAY)
    assert progress[cast.roadmap.pk].stage(2).text == "проведено 1 из 2"
    assert progress[other.pk].stage(3).text == "проведено 1 из 2"
    assert Occurrence.objects.count() == 2


def test_a_school_sees_nothing_of_the_other_pairs_roadmap(client, cast, row, other, shared):
    RowFactory(roadmap=other, event__title="Тайный план")
    client.sign_in(cast.director)
    page = text_of(client.get(detail_url(cast.roadmap)))
    assert "общее: ещё в 1 карте" in page
    assert client.get(detail_url(other)).status_code == 404
    assert client.get(joint_url(shared)).status_code == 404
    assert client.get(remove_url(shared)).status_code == 404
    seen = text_of(client.get(joint_url(row)))
    assert "И ещё в 1 карте других партнёрств" in seen
    for foreign in ("СОШ №16", "СОШ №14", "Тайный план"):
        assert foreign not in page
        assert foreign not in seen
    time = Occurrence.objects.visible_to(cast.director).with_pairs(cast.director).first()
    assert EventLine(time, TODAY).pair == "СОШ №9 – СОШ №5"


def test_reports_of_two_pairs_are_one_queue_and_one_holding(cast, row, other, shared):
    time = Occurrence.objects.get()
    for school in (cast.target, members_of(other)[0]):
        ReportFactory(occurrence=time, school=school, submitted=True)
    assert EventReport.objects.waiting().count() == 2
    assert Occurrence.objects.count() == 1


# --- Taking it out --------------------------------------------------------------------------


def test_from_a_draft_the_row_goes_and_the_event_stays(cast, row, draft):
    RowFactory(roadmap=draft, stage=2)
    (new,) = put_into(row=row, roadmaps=[draft], stage=2, by=cast.methodist)
    RowFactory(roadmap=draft, stage=2)
    problem = ProblemFactory(roadmap=draft)
    row.event.problems.add(problem)
    take_out_of(row=new, reason="", by=cast.methodist)
    assert list(draft.rows.values_list("position", flat=True)) == [1, 2]
    assert list(row.event.rows.all()) == [row]
    assert not row.event.problems.exists()
    assert PlanEdit.objects.filter(roadmap=draft, verb=EditVerb.DELETE).exists()


def test_in_an_approved_plan_the_row_stays_cancelled_with_the_reason(cast, row, other, shared):
    row.event.problems.add(ProblemFactory(roadmap=other))
    take_out_of(row=again(shared), reason="Школы не смогут", by=cast.methodist)
    own = again(shared).event
    assert own != row.event
    assert (own.state, own.cancel_reason) == (EventState.CANCELLED, "Школы не смогут")
    assert own.title == "Общий семинар"
    assert [time.state for time in own.occurrences.all()] == [OccurrenceState.CANCELLED]
    assert own.problems.exists()
    row.event.refresh_from_db()
    assert row.event.state == EventState.PLANNED
    assert not row.event.problems.exists()
    assert list(row.event.rows.all()) == [row]
    edit = PlanEdit.objects.filter(roadmap=other).latest("pk")
    assert (edit.verb, edit.reason) == (EditVerb.CANCEL, "Школы не смогут")


def test_last_place_is_not_taken(cast, row):
    with pytest.raises(LastPlace):
        take_out_of(row=row, reason="", by=cast.methodist)
    verdict = rules.can_take_out(cast.methodist, row, rules.Done.of(row.event))
    assert "только в этой карте" in verdict.reason


def test_what_was_held_or_reported_through_the_pair_stays(cast, row, other, shared):
    def verdict(one: RoadmapRow) -> str:
        return rules.can_take_out(cast.methodist, again(one), rules.Done.of(row.event)).reason

    assert verdict(shared) == ""
    ReportFactory(occurrence=row.event.occurrences.get(), school=cast.target)
    assert "уже составила отчёт" in verdict(row)
    assert verdict(shared) == ""
    OccurrenceFactory(event=row.event, held=True)
    assert "уже проведено" in verdict(shared)


def test_step_out_of_a_joint_event_is_not_taken_back_by_half(cast, row, other, shared):
    from roadmaps.actions.plan.undo import take_back
    from roadmaps.actions.plan.writing_back import CannotTurn

    take_out_of(row=again(shared), reason="Школы не смогут", by=cast.methodist)
    step = PlanEdit.objects.filter(roadmap=other).latest("pk")
    with pytest.raises(CannotTurn, match="из общего мероприятия"):
        take_back(roadmap=other, step=step.pk, by=cast.methodist)


# --- Pages ----------------------------------------------------------------------------------


def test_page_names_the_roadmaps_and_offers_the_others(client, cast, row, other, shared):
    fourth_school = SchoolFactory(municipality=cast.municipality)
    third = RoadmapFactory(partnership=pair(fourth_school, cast.lead))
    RoadmapFactory(
        partnership=pair(cast.lonely, cast.target), starts_on="2028-09-01", ends_on="2029-08-31"
    )
    finished = RoadmapFactory(partnership=cast.partnership, state=RoadmapState.FINISHED)
    html = client.sign_in(cast.methodist).get(joint_url(row)).content.decode()
    page = text_of(client.get(joint_url(row)))
    assert "СОШ №16 – СОШ №14" in page
    assert "3. Рефлексивно-обобщающий 3.1" in page
    assert f'id="roadmap-{third.pk}"' in html
    for absent in (cast.roadmap, other, finished, cast.foreign_roadmap):
        assert f'id="roadmap-{absent.pk}"' not in html
    assert html.count('name="roadmaps"') == 1  # the one of 2028 is no neighbour in time


def test_several_roadmaps_take_the_event_at_once(client, cast, row, other):
    second = RoadmapFactory(partnership=pair(cast.lonely, cast.target))
    client.sign_in(cast.methodist)
    fields = {"roadmaps": [other.pk, second.pk], "stage": 2}
    refused = client.post(joint_url(row), fields)
    assert refused.status_code == 422
    assert "напишите, почему меняете план" in text_of(refused)
    assert refused.content.decode().count(" checked>") == 2
    done = client.post(joint_url(row), fields | {"why_reason": "Вместе"}, follow=True)
    assert "Мероприятие добавлено в 2 карты" in text_of(done)
    assert set(row.event.rows.values_list("roadmap", flat=True)) == {
        cast.roadmap.pk,
        other.pk,
        second.pk,
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"roadmaps": []}, "Отметьте хотя бы одну карту"),
        ({"roadmaps": ["9" * 30]}, "Отметьте карты заново"),
        ({"roadmaps": ["drop"]}, "Отметьте карты заново"),
        ({"stage": "4"}, "Такого этапа нет: этапов ровно три"),
    ],
)
def test_bad_choice_gets_a_sentence(client, cast, row, draft, changes, sentence):
    client.sign_in(cast.methodist)
    fields = {"roadmaps": [draft.pk], "stage": 2} | changes
    answer = client.post(joint_url(row), fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Event.objects.get().rows.count() == 1


def test_foreign_roadmap_cannot_be_named(client, cast, row):
    client.sign_in(cast.methodist)
    fields = {"roadmaps": [cast.foreign_roadmap.pk], "stage": 2, "why_reason": "x"}
    answer = client.post(joint_url(row), fields)
    assert answer.status_code == 422
    assert "СОШ №15" not in text_of(answer)


def test_director_shares_between_own_drafts_only(client, cast, other):
    Roadmap.objects.update(state=RoadmapState.DRAFT, approved_at=None)
    row = RowFactory(roadmap=Roadmap.objects.get(pk=cast.roadmap.pk))
    mine = RoadmapFactory(
        partnership=pair(cast.lonely, cast.target), state=RoadmapState.DRAFT, approved_at=None
    )
    client.sign_in(cast.director)
    html = client.get(joint_url(row)).content.decode()
    assert f'id="roadmap-{mine.pk}"' in html
    assert f'id="roadmap-{other.pk}"' not in html
    denied = client.post(joint_url(row), {"roadmaps": [other.pk], "stage": 2})
    assert denied.status_code == 422
    assert client.post(joint_url(row), {"roadmaps": [mine.pk], "stage": 2}).status_code == 302


def test_offered_roadmaps_are_filtered_by_school_and_state(client, cast, row, other):
    draft = RoadmapFactory(
        partnership=pair(cast.lonely, cast.target), state=RoadmapState.DRAFT, approved_at=None
    )
    client.sign_in(cast.methodist)

    def offered(**asked: str) -> set[Roadmap]:
        html = client.get(joint_url(row), asked).content.decode()
        return {one for one in Roadmap.objects.all() if f'id="roadmap-{one.pk}"' in html}

    assert offered() == {other, draft}
    assert offered(q="16") == {other}
    assert offered(state="planning") == {draft}
    assert offered(state="running") == {other}
    assert offered(state="x", q="нет такой") == set()
    empty = text_of(client.get(joint_url(row), {"q": "нет такой"}))
    assert "По этим условиям карт нет." in empty


def test_taking_out_asks_first_and_for_a_reason_in_an_approved_plan(client, cast, row, shared):
    client.sign_in(cast.methodist)
    assert "Карта утверждена: строка 3.1 останется" in text_of(client.get(remove_url(shared)))
    assert client.post(remove_url(shared), {"reason": " "}).status_code == 422
    done = client.post(remove_url(shared), {"reason": "Не успеют"}, follow=True)
    assert "Мероприятие больше не общее с картой «СОШ №16 – СОШ №14»" in text_of(done)
    assert again(shared).event.cancel_reason == "Не успеют"
    # It stands in one roadmap now.
    assert client.get(remove_url(row)).status_code == 403


def test_reader_sees_where_it_stands_and_changes_nothing(client, cast, row, other, shared):
    client.sign_in(cast.chair)
    assert "СОШ №16 – СОШ №14" in text_of(client.get(joint_url(row)))
    assert client.post(joint_url(row), {"roadmaps": [other.pk], "stage": 1}).status_code == 403
    assert client.post(remove_url(row), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 4])
def test_editing_costs_the_same_in_two_roadmaps_and_five(
    client, cast, row, count, django_assert_num_queries
):
    for _ in range(count):
        lead, target = (SchoolFactory(municipality=cast.municipality) for _ in range(2))
        roadmap = RoadmapFactory(partnership=pair(lead, target))
        put_into(row=row, roadmaps=[roadmap], stage=2, by=cast.methodist)
    client.sign_in(cast.methodist)
    client.get(edit_url(row))
    with django_assert_num_queries(28):
        assert client.get(edit_url(row)).status_code == 200
    with django_assert_num_queries(48):
        assert client.post(edit_url(row), typed(row, title="Иначе")).status_code == 302

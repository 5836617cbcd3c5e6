"""Words of the querysets: who sees which rows, and all stages counted in one query."""

from datetime import date

import pytest

from partnerships.enums import PartnershipState
from roadmaps.enums import RoadmapState, Stage
from roadmaps.models import Event, EventReport, Occurrence, Roadmap, RoadmapRow
from roadmaps.progress import by_roadmap
from tests.roadmaps.factories import (
    EventFactory,
    OccurrenceFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.schools.factories import DirectionFactory

ON = date(2026, 11, 24)


def test_rows_are_seen_with_their_roadmap_and_by_nobody_else(cast):
    row, foreign = RowFactory(roadmap=cast.roadmap), RowFactory(roadmap=cast.foreign_roadmap)
    sees = {name: set(RoadmapRow.objects.visible_to(user)) for name, user in cast.everyone.items()}
    inside = {"chair", "methodist", "director", "lead_director", "coordinator", "curator"}
    assert {name for name, rows in sees.items() if rows == {row}} == inside
    assert {name for name, rows in sees.items() if not rows} == {
        "lonely_director",
        "administrator",
    }
    assert sees["stranger"] == {foreign}
    assert Event.objects.visible_to(cast.director).get() == row.event
    assert Occurrence.objects.visible_to(cast.director).get().event == row.event


@pytest.fixture
def roadmap(cast) -> Roadmap:
    """Stage 1: one held. Stage 2: held, overdue, ahead, without date, cancelled, unplanned."""
    RowFactory(roadmap=cast.roadmap, stage=Stage.ACQUAINTANCE, occurrence__held=True)
    recurring = RowFactory(roadmap=cast.roadmap, occurrence__held=True).event
    OccurrenceFactory(event=recurring, ends_on=date(2026, 11, 23))
    OccurrenceFactory(event=recurring, ends_on=date(2026, 11, 24))
    OccurrenceFactory(event=recurring, ends_on=None)
    OccurrenceFactory(event=recurring, ends_on=date(2026, 9, 1), state="cancelled")
    extra = EventFactory(municipality=cast.municipality, is_unplanned=True)
    RowFactory(roadmap=cast.roadmap, event=extra, occurrence__held=True)
    RowFactory(roadmap=cast.foreign_roadmap)
    return cast.roadmap


def test_tallies_tell_planned_held_overdue_and_unplanned(roadmap):
    tallies = RoadmapRow.objects.filter(roadmap=roadmap).tallies(ON)
    progress = by_roadmap(tallies, [roadmap.pk])[roadmap.pk]
    found = [(one.planned, one.held, one.overdue, one.unplanned) for one in progress.stages]
    assert found == [(1, 1, 0, 0), (4, 1, 1, 1), (0, 0, 0, 0)]


def test_all_stages_of_many_roadmaps_take_one_query(roadmap, django_assert_num_queries):
    RowFactory(roadmap=RoadmapFactory(partnership=roadmap.partnership))
    with django_assert_num_queries(1):
        by_roadmap(RoadmapRow.objects.tallies(ON), [])


@pytest.mark.parametrize("state", [RoadmapState.DRAFT, RoadmapState.FINISHED])
def test_nothing_is_overdue_in_a_roadmap_that_does_not_run(roadmap, state):
    Roadmap.objects.update(state=state)
    assert {row["overdue"] for row in RoadmapRow.objects.tallies(ON)} == {0}


def test_nothing_is_overdue_in_a_closed_partnership(roadmap):
    roadmap.partnership.state = PartnershipState.FINISHED
    roadmap.partnership.save()
    tallies = RoadmapRow.objects.filter(roadmap=roadmap).tallies(ON)
    assert {row["overdue"] for row in tallies} == {0}
    assert not Roadmap.objects.get(pk=roadmap.pk).is_owing


def test_roadmap_by_direction_can_be_overdue(roadmap):
    Roadmap.objects.filter(pk=roadmap.pk).update(partnership=None, direction=DirectionFactory())
    tallies = RoadmapRow.objects.filter(roadmap=roadmap).tallies(ON)
    assert sum(row["overdue"] for row in tallies) == 1


def test_what_waits_for_the_methodist_is_not_overdue_until_it_is_returned(cast):
    row = RowFactory(roadmap=cast.roadmap, occurrence__ends_on=date(2026, 11, 1))
    times = row.event.occurrences.get()
    report = ReportFactory(occurrence=times, school=cast.target, submitted=True)
    tally = RoadmapRow.objects.filter(roadmap=cast.roadmap).tallies(ON)
    assert not Occurrence.objects.overdue(ON).exists()
    assert [found["overdue"] for found in tally] == [0]
    EventReport.objects.filter(pk=report.pk).update(state="returned", remark="Уточните")
    assert Occurrence.objects.overdue(ON).get() == times
    assert [found["overdue"] for found in tally.all()] == [1]


def test_marks_count_occurrences_and_point_at_their_reports(cast):
    row = RowFactory(roadmap=cast.roadmap, occurrence__held=True)
    told = OccurrenceFactory(event=row.event, ends_on=date(2026, 11, 1))
    OccurrenceFactory(event=row.event, ends_on=date(2026, 11, 2))
    OccurrenceFactory(event=row.event, ends_on=date(2026, 12, 1))
    OccurrenceFactory(event=row.event, ends_on=date(2026, 10, 1), state="cancelled")
    ReportFactory(occurrence=told, school=cast.target, submitted=True)
    ReportFactory(occurrence=told, school=cast.lead, submitted=True)
    marked = RoadmapRow.objects.with_marks(ON).get(pk=row.pk)
    assert (marked.times, marked.held, marked.late) == (4, 1, 1)
    assert (marked.next_time, marked.waiting_time) == (told.pk, told.pk)
    assert marked.last_time == row.event.occurrences.get(state="held").pk

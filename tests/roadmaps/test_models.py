"""Facts of one roadmap, row or event, and what the database refuses to hold."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from roadmaps.enums import EventState, RoadmapState, Stage
from roadmaps.models import Event, Roadmap, RoadmapRow, RoadmapStage
from tests.roadmaps.factories import EventFactory, RoadmapFactory, RowFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "label"),
    [
        (date(2026, 9, 1), date(2027, 8, 31), "2026/27 учебный год"),
        (date(2027, 1, 1), date(2027, 12, 31), "2027 год"),
        (date(2026, 1, 1), date(2028, 12, 31), "2026–2028 годы"),
        (date(2026, 9, 1), date(2027, 5, 31), "01.09.2026 – 31.05.2027"),
    ],
)
def test_period_is_named_as_people_name_it(starts_on, ends_on, label):
    roadmap = Roadmap(starts_on=starts_on, ends_on=ends_on)
    assert roadmap.period_label == label
    assert str(roadmap) == f"Дорожная карта на {label}"


def test_row_is_numbered_by_stage_and_place_unless_a_number_was_written():
    row = RoadmapRow(stage=Stage.REFLECTION, position=4)
    assert row.label == "3.4"
    row.number = "1.1"
    assert row.label == "1.1"


def test_responsible_are_any_number_of_names():
    event = Event(responsible="Директора школ; зам. директора по УВР;; все ОО ")
    assert event.responsible_list == ["Директора школ", "зам. директора по УВР", "все ОО"]
    assert Event().responsible_list == []


def refused(**wrong: object) -> bool:
    """Whether the database refuses the change of a good event."""
    event = EventFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**wrong)
    return True


def test_event_has_a_title_dates_in_order_and_a_reason_when_cancelled():
    assert refused(title="")
    assert refused(starts_on=date(2026, 12, 1), ends_on=date(2026, 11, 1))
    assert refused(state=EventState.CANCELLED)


def test_there_is_no_fourth_stage():
    row = RowFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoadmapRow.objects.filter(pk=row.pk).update(stage=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoadmapStage.objects.create(roadmap=row.roadmap, stage=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoadmapStage.objects.create(roadmap=row.roadmap, stage=1)


def test_event_stands_in_a_roadmap_once():
    row = RowFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RowFactory(roadmap=row.roadmap, event=row.event)


def test_running_roadmap_without_a_date_of_approval_cannot_exist():
    with pytest.raises(IntegrityError), transaction.atomic():
        RoadmapFactory(state=RoadmapState.RUNNING, approved_at=None)


def test_roadmap_is_of_a_partnership_or_of_a_direction():
    roadmap = RoadmapFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Roadmap.objects.filter(pk=roadmap.pk).update(partnership=None)

"""Who puts one event into several roadmaps and takes it out of one (quirk 20)."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import User
from common.verdicts import Allowed, Denied, Verdict
from roadmaps.enums import OccurrenceState
from roadmaps.models import Event, EventReport, RoadmapRow
from roadmaps.rules.plan import can_edit, can_edit_row


@dataclass(frozen=True)
class Done:
    """What has happened to an event: whether it was held, and which schools (ids) reported."""

    is_held: bool
    reporters: Collection[int]

    @classmethod
    def of(cls, event: Event) -> "Done":
        """Two queries, for all roadmaps that hold the event."""
        reports = EventReport.objects.filter(occurrence__event=event)
        return cls(
            is_held=event.occurrences.filter(state=OccurrenceState.HELD).exists(),
            reporters=set(reports.values_list("school", flat=True)),
        )


def can_share(user: User, row: RoadmapRow) -> Verdict:
    """Put the event into further roadmaps: who may change it in all that hold it already."""
    return can_edit_row(user, row)


def can_take_out(user: User, row: RoadmapRow, done: Done) -> Verdict:
    """Take the event out of the row's roadmap, while the others go on with it.

    What was held or reported through this pair stays: figures are counted from it. Uses the rows
    of the event with their roadmaps (`views.row.row_or_404`).
    """
    others = [other for other in row.event.rows.all() if other.pk != row.pk]
    if not others:
        return Denied("Мероприятие стоит только в этой карте: отмените его или удалите строку.")
    if row.event.is_cancelled:
        return Denied("Мероприятие отменено: оно остаётся в картах с причиной отмены.")
    if done.is_held:
        return Denied("Мероприятие уже проведено и учтено в этой карте.")
    elsewhere = {school for other in others for school in _members(other)}
    if (_members(row) - elsewhere) & set(done.reporters):
        return Denied("Школа этой карты уже составила отчёт о мероприятии.")
    verdict = can_edit(user, row.roadmap)
    return Allowed() if verdict else verdict


def _members(row: RoadmapRow) -> set[int]:
    pair = row.roadmap.partnership
    return {member.school_id for member in pair.members.all()} if pair else set()

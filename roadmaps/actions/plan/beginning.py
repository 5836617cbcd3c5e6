"""A new roadmap with its three stages. Access is judged by the caller."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from partnerships.models import Partnership
from roadmaps.due import Period
from roadmaps.enums import Stage
from roadmaps.models import Roadmap, RoadmapStage
from schools.models import Direction, Municipality


class AlreadyPlanned(Exception):
    """The same pair or direction has a roadmap within the period; `roadmap` is that one."""

    def __init__(self, roadmap: Roadmap) -> None:
        super().__init__(f"На этот период карта уже есть: {roadmap}")
        self.roadmap = roadmap


@transaction.atomic
def create_roadmap(
    *,
    partnership: Partnership | None = None,
    period: Period,
    by: User | None,
    again: bool = True,
    direction: Direction | None = None,
    municipality: Municipality | None = None,
    goals: Mapping[int, str] | None = None,
) -> Roadmap:
    """Make a draft with its three stages (R018): of a pair, or, without one, of a direction
    across the partnerships of `municipality` (R073, quirk 13).

    Without `again` a second one within the period is `AlreadyPlanned`.
    """
    home = partnership.municipality if partnership else municipality
    if home is None:
        raise ValueError("a roadmap by direction needs its municipality")
    if not again and (twin := _twin(partnership, direction, home, period)):
        raise AlreadyPlanned(twin)
    roadmap = Roadmap.objects.create(
        municipality=home,
        partnership=partnership,
        direction=direction,
        starts_on=period.start,
        ends_on=period.end,
        created_by=by,
    )
    told = goals or {}
    RoadmapStage.objects.bulk_create(
        RoadmapStage(roadmap=roadmap, stage=one, goal=told.get(one.value, "")) for one in Stage
    )
    return roadmap


def _twin(
    partnership: Partnership | None,
    direction: Direction | None,
    home: Municipality,
    period: Period,
) -> Roadmap | None:
    """A roadmap of the same subject with days in the period. Of two submits at once the second
    waits here and then finds the first's roadmap."""
    if partnership:
        Partnership.objects.select_for_update().only("pk").get(pk=partnership.pk)
        same = Roadmap.objects.filter(partnership=partnership)
    else:
        Municipality.objects.select_for_update().only("pk").get(pk=home.pk)
        same = Roadmap.objects.filter(municipality=home, partnership=None, direction=direction)
    return same.filter(starts_on__lte=period.end, ends_on__gte=period.start).first()

"""Days, goals and responsible persons of the three stages are written down (R018)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from common.versions import Stale
from roadmaps.models import Roadmap, RoadmapStage
from roadmaps.stage_plan import FIELDS, stages_mark


@transaction.atomic
def save_stages(
    *, roadmap: Roadmap, values: Mapping[int, Mapping[str, Any]], expected: str, by: User
) -> list[int]:
    """Write what differs; numbers of the stages that changed.

    Stale, with the stages as they are now, unless they are as `expected` (`stages_mark`); what
    already stands there is no conflict, so the same form sent twice is one.
    """
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    stages = list(RoadmapStage.objects.filter(roadmap=roadmap))
    changed = [
        row
        for row in stages
        if any(getattr(row, name) != values[row.stage][name] for name in FIELDS)
    ]
    if changed and stages_mark(stages) != expected:
        raise Stale(stages)
    for row in changed:
        for name in FIELDS:
            setattr(row, name, values[row.stage][name])
    RoadmapStage.objects.bulk_update(changed, FIELDS)
    return [row.stage for row in changed]

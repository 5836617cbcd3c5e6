"""Places of rows: positions in a stage are dense (1, 2, 3 …), whatever happens to rows."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from accounts.models import User
from roadmaps.actions.plan.journal import Why, kept
from roadmaps.enums import EditVerb, Stage
from roadmaps.models import Event, Roadmap, RoadmapRow

UP, DOWN, FIRST, AFTER = "up", "down", "first", "after"

#: Stage and position.
Place = tuple[int, int]


class NoSuchPlace(ValueError):
    """Asked for a stage or a row that this roadmap does not have; the text is a sentence."""


@transaction.atomic
def move_row(*, row: RoadmapRow, to: str | int, by: User | None, why: Why | None = None) -> bool:
    """Move a row; False when it stands there already.

    `to`: "up" or "down" one place, the number of a stage for its end, "first" of the own stage,
    "first-2" of stage 2, "after-57" behind the row 57. The number of statements does not depend
    on the number of rows. `why` where the plan is approved.
    """
    lock_places(row.roadmap_id)
    row.refresh_from_db(fields=["stage", "position"])
    goal = _goal(row, str(to))
    steps = kept(
        roadmap=row.roadmap, verb=EditVerb.MOVE, by=by, rows=[row.pk], why=why, linked=False
    )
    with steps as step:
        step.same = not place_row(row, *goal)
    return not step.same


@transaction.atomic
def delete_row(*, row: RoadmapRow, by: User | None) -> None:
    """Take the row out, and its event too when no other roadmap holds it."""
    lock_places(row.roadmap_id)
    row.refresh_from_db(fields=["stage", "position"])
    with kept(roadmap=row.roadmap, verb=EditVerb.DELETE, by=by, rows=[row.pk]):
        take_out([row])


def take_out(rows: list[RoadmapRow]) -> None:
    """Delete rows of one roadmap with the events that no other roadmap holds."""
    roadmap = rows[0].roadmap
    events = [row.event_id for row in rows]
    if len(rows) == 1:
        _close_gap(rows[0])
    RoadmapRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    # Not `event.rows`: maybe prefetched.
    held = set(RoadmapRow.objects.filter(event__in=events).values_list("event", flat=True))
    Event.objects.filter(pk__in=set(events) - held).delete()
    if len(rows) > 1:
        place_rows(roadmap, {})


def lock_places(roadmap: int) -> None:
    """One mover at a time in a roadmap; places are to be read after this."""
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap)


def place_row(row: RoadmapRow, stage: int, position: int) -> bool:
    """Put one row there and let the others make room; False when it stands there already."""
    others = row.roadmap.rows.filter(stage=stage).exclude(pk=row.pk)
    position = max(1, min(position, others.count() + 1))
    if (stage, position) == (row.stage, row.position):
        return False
    own = row.roadmap.rows.filter(stage=row.stage)
    if stage != row.stage:
        _close_gap(row)
        others.filter(position__gte=position).update(position=F("position") + 1)
    elif position < row.position:
        between = own.filter(position__gte=position, position__lt=row.position)
        between.update(position=F("position") + 1)
    else:
        between = own.filter(position__gt=row.position, position__lte=position)
        between.update(position=F("position") - 1)
    to_other_stage = stage != row.stage
    row.stage, row.position = stage, position
    if to_other_stage and row.roadmap.is_approved:
        row.is_unapproved = True
    row.save(update_fields=["stage", "position", "is_unapproved"])
    return True


def place_rows(roadmap: Roadmap, goals: Mapping[int, Place]) -> None:
    """Put several rows (ids) there, the others closing up: two statements by 500 moved rows."""
    rows = list(RoadmapRow.objects.filter(roadmap=roadmap).only("pk", "stage", "position"))
    stages: dict[int, list[RoadmapRow]] = {stage: [] for stage in Stage.values}
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        if row.pk not in goals:
            stages[row.stage].append(row)
    moved = [(goals[row.pk], row) for row in rows if row.pk in goals]
    for (stage, position), row in sorted(moved, key=lambda pair: (pair[0], pair[1].pk)):
        stages[stage].insert(position - 1, row)
    changed = []
    for stage, found in stages.items():
        for position, row in enumerate(found, start=1):
            if (row.stage, row.position) != (stage, position):
                row.stage, row.position = stage, position
                changed.append(row)
    RoadmapRow.objects.bulk_update(changed, ["stage", "position"], batch_size=500)


def _goal(row: RoadmapRow, to: str) -> Place:
    word, _, number = to.partition("-")
    if number and not (number.isascii() and number.isdigit()):
        raise NoSuchPlace("Такого места в карте нет.")
    if to in (UP, DOWN):
        # At the edge there is no further place: the row stays.
        return row.stage, row.position + (1 if to == DOWN else -1)
    if word == FIRST:
        return _stage(number) if number else row.stage, 1
    if word == AFTER and number:
        return _behind(row, int(number[:18]))
    stage = _stage(to)
    return (stage, row.position) if stage == row.stage else (stage, _END)


#: Beyond the last place of any stage.
_END = 1_000_000


def _stage(number: str) -> int:
    if number not in {str(stage) for stage in Stage.values}:
        raise NoSuchPlace("Такого этапа нет: этапов ровно три.")
    return int(number)


def _behind(row: RoadmapRow, pk: int) -> Place:
    before = row.roadmap.rows.filter(pk=pk).first()
    if before is None:
        raise NoSuchPlace("Строки, после которой ставите, в карте уже нет. Обновите страницу.")
    if before.pk == row.pk:
        return row.stage, row.position
    # The row itself leaves a gap above its neighbour.
    above = before.stage == row.stage and before.position > row.position
    return before.stage, before.position + (0 if above else 1)


def _close_gap(row: RoadmapRow) -> None:
    below = row.roadmap.rows.filter(stage=row.stage, position__gt=row.position)
    below.update(position=F("position") - 1)

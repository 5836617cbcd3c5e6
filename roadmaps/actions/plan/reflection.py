"""What a roadmap has taught is written down: conclusion, effects, difficulties, next steps."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from common.versions import Stale
from roadmaps.enums import Stage
from roadmaps.models import (
    Reflection,
    ReflectionDifficulty,
    ReflectionEffect,
    Roadmap,
    RoadmapStage,
)
from roadmaps.reflections import ReflectionDraft, reflection_of


@transaction.atomic
def record_reflection(
    *, roadmap: Roadmap, draft: ReflectionDraft, expected_version: int, by: User
) -> bool:
    """Write what was understood at the third stage (R022); whether anything changed.

    `expected_version` is 0 where the form showed no reflection yet. Stale, with what is recorded
    now, when somebody was first; what already stands there is no conflict.
    """
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    reflection = reflection_of(roadmap)
    if ReflectionDraft.of(roadmap, reflection) == draft:
        return False
    if (reflection.version if reflection else 0) != expected_version:
        raise Stale(reflection)
    if reflection is None:
        reflection = Reflection(roadmap=roadmap, version=0)
    reflection.lessons, reflection.next_steps = draft.lessons, draft.next_steps
    reflection.version += 1
    reflection.updated_by = by
    reflection.save()
    last = RoadmapStage.objects.filter(roadmap=roadmap, stage=Stage.REFLECTION)
    last.update(conclusion=draft.conclusion)
    _replace(ReflectionEffect, reflection, "effect_id", draft.effects)
    _replace(ReflectionDifficulty, reflection, "difficulty_id", draft.difficulties)
    return True


def _replace(model: Any, reflection: Reflection, key: str, chosen: Mapping[int, str]) -> None:
    model.objects.filter(reflection=reflection).delete()
    model.objects.bulk_create(
        model(reflection=reflection, comment=comment, **{key: pk}) for pk, comment in chosen.items()
    )

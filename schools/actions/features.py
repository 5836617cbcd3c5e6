"""Verbs over the features of a school (R096)."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from common.changes import Change
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import School, SchoolFeature


@transaction.atomic
def choose(
    *, school: School, chosen: Iterable[SchoolFeature], shown: Iterable[int], by: User
) -> list[str]:
    """Add and remove what the person ticked and cleared; return it in words.

    `shown`: ids of the features that the form showed as chosen. What somebody else ticked or
    cleared meanwhile stays: two people at one form lose nothing.
    """
    School.objects.filter(pk=school.pk).hold()
    held = set(school.features.values_list("pk", flat=True))
    wanted = {feature.pk for feature in chosen}
    seen = set(shown)
    added, removed = (wanted - seen) - held, (seen - wanted) & held
    names = dict(SchoolFeature.objects.filter(pk__in=added | removed).values_list("pk", "name"))
    school.features.add(*added)
    school.features.remove(*removed)
    changes = [Change(f"Особенность: {names[pk]}", "нет", "есть") for pk in sorted(added)]
    changes += [Change(f"Особенность: {names[pk]}", "есть", "нет") for pk in sorted(removed)]
    record(school=school, changes=changes, area=ChangeArea.RISKS, by=by)
    return [f"{change.what}: {change.new}" for change in changes]

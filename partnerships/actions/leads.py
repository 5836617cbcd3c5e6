"""Verbs over terms of leading and settings of the network. Access is judged by the callers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions import notify
from accounts.models import User
from common.changes import differences
from common.versions import Stale
from partnerships.models import LeadTerms, NetworkSettings
from schools.addressees import keepers_of
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import Municipality, School

TERMS = ("is_willing", "limit", "note")
SETTINGS = ("lead_limit", "quiet_days", "renewal_days")


def mark_of(terms: LeadTerms | None) -> str:
    """What a form carries to tell whether somebody wrote meanwhile."""
    return terms.updated_at.isoformat() if terms and terms.updated_at else ""


@transaction.atomic
def save_terms(*, school: School, values: Mapping[str, Any], seen: str, by: User) -> bool:
    """Write down on which terms the school leads; False where nothing changed.

    `Stale` with the row as it is now where somebody was quicker.
    """
    School.objects.filter(pk=school.pk).hold()
    terms = LeadTerms.objects.filter(school=school).first()
    if mark_of(terms) != seen:
        raise Stale(terms)
    row = terms or LeadTerms(school=school)
    before = {name: getattr(row, name) for name in TERMS}
    after = {name: values[name] for name in TERMS}
    changes = differences(LeadTerms, before, after)
    if terms and not changes:
        return False
    for name, value in after.items():
        setattr(row, name, value)
    row.updated_by = by
    row.save()
    record(school=school, changes=changes, area=ChangeArea.SHARING, by=by)
    return True


@transaction.atomic
def save_settings(*, municipality: Municipality, values: Mapping[str, Any], by: User) -> bool:
    """Set the limits of the network and tell the other methodists; False where nothing changed."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    row = NetworkSettings.of(municipality)
    before = {name: getattr(row, name) for name in SETTINGS}
    changes = differences(NetworkSettings, before, {name: values[name] for name in SETTINGS})
    if not changes:
        return False
    for name in SETTINGS:
        setattr(row, name, values[name])
    row.save()
    told = "; ".join(f"{one.what.lower()}: {one.new} (было {one.old})" for one in changes)
    notify(
        recipients=keepers_of(municipality.pk).exclude(pk=by.pk),
        text=f"Настройки сети изменены: {told}",
        url_name="partnerships:leads",
    )
    return True

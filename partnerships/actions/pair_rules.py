"""Decisions about pairs before any matching: pin, ban, take back."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.versions import Stale
from partnerships.enums import PairRuleKind
from partnerships.models import PairRule
from schools.models import School


@transaction.atomic
def decide(
    *, lead: School, target: School, kind: PairRuleKind, reason: str, seen: str, by: User
) -> PairRule:
    """Write the decision about the pair, instead of an earlier one that the person has seen.

    `seen`: `mark_of` what the form showed. Raises `Stale` with the present decision, None if it
    was taken back meanwhile.
    """
    School.objects.filter(pk=target.pk).hold()
    rule = rule_of(lead, target)
    if mark_of(rule) != seen:
        raise Stale(rule)
    rule = rule or PairRule(municipality_id=target.municipality_id, lead=lead, target=target)
    rule.kind, rule.reason = kind, reason
    rule.author, rule.created_at = by, timezone.now()
    rule.save()
    return rule


@transaction.atomic
def remove(*, rule: PairRule) -> None:
    """Take the decision back; doing it twice is no error."""
    PairRule.objects.filter(pk=rule.pk).delete()


def rule_of(lead: School, target: School) -> PairRule | None:
    rows = PairRule.objects.filter(municipality=target.municipality_id)
    return rows.filter(lead=lead, target=target).first()


def mark_of(rule: PairRule | None) -> str:
    """Tells one state of a decision from another; empty where there is none."""
    return f"{rule.pk}-{rule.created_at.timestamp()}" if rule else ""

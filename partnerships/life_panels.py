"""What the overview of a partnership says of its life: the checks before an agreement, and which
partnership came instead of which; and on a school's card, on which terms it leads."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from partnerships.agreement_checks import checks_of
from partnerships.agreement_facts import facts_of
from partnerships.enums import PartnershipState
from partnerships.models import LeadTerms, NetworkSettings, Partnership
from partnerships.rules import leads as lead_rules
from partnerships.rules import partnership as rules
from schools.models import School


def agreement_checks(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """While it is proposed, for the committee: load and readiness of other schools and decisions
    about pairs are not for the schools to read."""
    (partnership,) = partnerships
    if partnership.state != PartnershipState.PROPOSED or partnership.is_group:
        return None
    if not rules.sees_all(user, partnership.municipality_id):
        return None
    return {
        "title": "Проверка перед согласованием",
        "checks": checks_of(facts_of(partnership, timezone.localdate())),
        "keeps": bool(rules.can_create(user, partnership.municipality)),
    }


def succession(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """The partnerships before and after it, as far as the person sees them: one query. To the
    methodist, the way to propose what has not come yet."""
    (partnership,) = partnerships
    near = Partnership.objects.visible_to(user).with_members().order_by("pk")
    kin = near.filter(successor=partnership) | near.filter(pk=partnership.successor_id or 0)
    found = list(kin)
    after = next((one for one in found if one.pk == partnership.successor_id), None)
    before = [one for one in found if one.successor_id == partnership.pk]
    lacks = partnership.state == PartnershipState.REPLACED and partnership.successor_id is None
    keeps = lacks and bool(rules.can_create(user, partnership.municipality))
    if not (after or before or keeps):
        return None
    return {
        "title": "Смена партнёра",
        "partnership": partnership,
        "after": after,
        "before": before,
        "targets": [member.school_id for member in partnership.targets] if keeps else [],
        "keeps": keeps,
    }


def lead_terms(user: User, schools: list[School]) -> dict[str, Any] | None:
    """Whether the school is ready to lead and how many: for the committee and the school."""
    (school,) = schools
    if not lead_rules.sees_terms(user, school):
        return None
    return {
        "title": "Готовность быть лидером",
        "school": school,
        "terms": LeadTerms.objects.filter(school=school).first(),
        "usual": NetworkSettings.of(school.municipality).lead_limit,
        "can_state": bool(lead_rules.can_state(user, school)),
    }

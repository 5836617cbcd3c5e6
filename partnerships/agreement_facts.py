"""What the checks before an agreement look at: a constant number of queries."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from common.search import fold
from partnerships.agreement_checks import Ban, Facts, LeadFacts, SharedPerson, Tie
from partnerships.enums import PairRuleKind
from partnerships.load import limit_of, targets_led
from partnerships.models import LeadTerms, NetworkSettings, PairRule, Partnership
from schools.models import Membership, School


def facts_of(partnership: Partnership, on: date) -> Facts:
    """`partnership` needs its members and curators prefetched (`card.for_head`)."""
    leads = [member.school for member in partnership.leads if member.left_on is None]
    targets = [member.school for member in partnership.targets if member.left_on is None]
    members = [member.school for member in partnership.members.all() if member.left_on is None]
    return Facts(
        leads=_leads(partnership, leads, targets),
        closed=[school.short_name for school in members if school.is_closed_on(on)],
        bans=_bans(partnership, leads, targets),
        related=[
            (lead.short_name, target.short_name)
            for lead in leads
            for target in targets
            if (lead.parent_id or lead.pk) == (target.parent_id or target.pk)
        ],
        people=list(_shared(partnership, leads, targets, on)),
    )


def _leads(partnership: Partnership, leads: list[School], targets: list[School]) -> list[LeadFacts]:
    usual = NetworkSettings.of(partnership.municipality).lead_limit
    terms = {row.school_id: row for row in LeadTerms.objects.filter(school__in=leads)}
    led = targets_led([lead.pk for lead in leads], without=partnership.pk)
    here = {target.pk for target in targets}
    found = []
    for lead in leads:
        others, own = led.get(lead.pk, set()), terms.get(lead.pk)
        found.append(
            LeadFacts(
                id=lead.pk,
                name=lead.short_name,
                others=len(others),
                here=len(here - others),
                limit=limit_of(own, usual),
                is_willing=own.is_willing if own else None,
                note=own.note if own else "",
            )
        )
    return found


def _bans(partnership: Partnership, leads: list[School], targets: list[School]) -> list[Ban]:
    rows = PairRule.objects.filter(
        municipality=partnership.municipality_id,
        kind=PairRuleKind.BAN,
        lead__in=leads,
        target__in=targets,
    )
    return [
        Ban(row.lead.short_name, row.target.short_name, row.reason)
        for row in rows.select_related("lead", "target")
    ]


def _shared(
    partnership: Partnership, leads: list[School], targets: list[School], on: date
) -> Iterator[SharedPerson]:
    """People who hold a post today in a lead school and in a target school: two queries."""
    posts = list(
        Membership.objects.active(on)
        .filter(school__in=[*leads, *targets])
        .select_related("school")
        .order_by("pk")
    )
    heads = set(
        Membership.objects.heads()
        .filter(pk__in=[post.pk for post in posts])
        .values_list("pk", flat=True)
    )
    curators = {row.member_id for row in partnership.curators.all() if row.is_active(on)}
    names = {post.pk: fold(post.name) for post in posts}
    ids = {school.pk for school in leads}
    seen = set()
    for own, other in product(
        [post for post in posts if post.school_id in ids],
        [post for post in posts if post.school_id not in ids],
    ):
        same_account = own.user_id is not None and own.user_id == other.user_id
        key = (names[own.pk], own.school_id, other.school_id)
        if not (same_account or names[own.pk] == names[other.pk]) or key in seen:
            continue
        seen.add(key)
        tie = Tie.HEAD if {own.pk, other.pk} <= heads else Tie.WORKS
        if tie == Tie.WORKS and own.pk in curators:
            tie = Tie.CURATOR
        yield SharedPerson(
            own.name, str(own.school), str(other.school), tie, same_account=same_account
        )

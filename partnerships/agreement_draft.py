"""What the portal knows of an agreement that is to be written: facts for the template."""

from collections.abc import Iterable

from django.utils import timezone

from partnerships.agreement_text import Block, Facts, Party, Promise, fill
from partnerships.enums import MemberRole, ObligationSide
from partnerships.models import (
    Agreement,
    AgreementTemplate,
    Partnership,
    PartnershipMember,
    PartnershipObligation,
)
from partnerships.models.partnership import PartnershipQuerySet
from schools.heads import is_head_post
from schools.models import Membership, School


def draft_of(partnership: Partnership, template: AgreementTemplate) -> list[Block]:
    """The text for this partnership: six queries at most."""
    return fill(template.text, facts_of(partnership))


def facts_of(partnership: Partnership) -> Facts:
    """Number, date, term and signatories are of the agreement that is recorded last, where there
    is one; otherwise the heads of the schools sign."""
    agreement = _recorded(partnership)
    first = _present(partnership, MemberRole.LEAD)
    second = _present(partnership, MemberRole.TARGET)
    second = second or _present(partnership, MemberRole.PARTICIPANT)
    signed = _signatories(agreement, [*first, *second], partnership.municipality_id)
    place = partnership.municipality
    return Facts(
        first=[_party(one, signed) for one in first],
        second=[_party(one, signed) for one in second],
        number=agreement.number if agreement else "",
        signed_on=agreement.signed_on if agreement else None,
        valid_until=agreement.until if agreement else None,
        place=place.place,
        committee=place.committee_name,
        topic=partnership.topic,
        goal=partnership.goal,
        directions=[row.name for row in partnership.directions.all()],
        start=partnership.start,
        end=partnership.end,
        first_owes=_promises(partnership, ObligationSide.LEAD),
        second_owes=_promises(partnership, ObligationSide.TARGET),
    )


def for_draft(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Fetch along what the text needs."""
    return (
        partnerships.select_related("municipality")
        .with_members()
        .prefetch_related("directions", "obligations__obligation")
    )


def _present(partnership: Partnership, role: MemberRole) -> list[PartnershipMember]:
    return [one for one in partnership.members_with(role) if one.left_on is None]


def name_of(school: School) -> str:
    """The name in full; where only the short one is known, that."""
    return school.name_in_full or school.official_name


def _recorded(partnership: Partnership) -> Agreement | None:
    rows = Agreement.objects.main().filter(partnership=partnership).with_until()
    return rows.prefetch_related("signatories").order_by("signed_on", "pk").last()


def _party(member: PartnershipMember, signed: dict[int, tuple[str, str]]) -> Party:
    post, person = signed.get(member.pk, ("", ""))
    return Party(name_of(member.school), post, person)


def _signatories(
    agreement: Agreement | None, members: Iterable[PartnershipMember], municipality: int
) -> dict[int, tuple[str, str]]:
    """Post and name by member: as on the paper, otherwise the only head of the school."""
    rows = list(members)
    own = [one.school_id for one in rows if one.school.municipality_id == municipality]
    heads: dict[int, list[Membership]] = {}
    for person in Membership.objects.heads().active(timezone.localdate()).filter(school__in=own):
        heads.setdefault(person.school_id or 0, []).append(person)
    found = {
        one.pk: (people[0].post, people[0].name)
        for one in rows
        if len(people := heads.get(one.school_id, [])) == 1 and is_head_post(people[0].post)
    }
    if agreement:
        found |= {row.member_id: (row.post, row.name) for row in agreement.signatories.all()}
    return found


def _promises(partnership: Partnership, side: ObligationSide) -> list[Promise]:
    rows: Iterable[PartnershipObligation] = partnership.obligations.all()
    return [
        Promise(row.obligation.name, row.quantity, row.note) for row in rows if row.side == side
    ]

"""Members of a partnership as the form hands them over: written, compared, kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils import timezone

from common.changes import Change
from common.russian import numeric_date
from partnerships.draft import MemberDraft, PartnershipDraft
from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import (
    Concern,
    CuratorAssignment,
    Partnership,
    PartnershipMember,
    Visit,
)

#: Before it starts a partnership may still lose members; later they belong to its history.
UNSTARTED = frozenset({PartnershipState.PROPOSED, PartnershipState.AGREED})


def draft_of(member: PartnershipMember) -> MemberDraft:
    return MemberDraft(
        member.school, member.role, member.contribution, member.joined_on, member.left_on
    )


def settled(partnership: Partnership, draft: PartnershipDraft) -> PartnershipDraft:
    """The draft as a partnership that has begun takes it: who comes joins today, and who is
    left out stays."""
    if partnership.state in UNSTARTED:
        return draft
    today, named = timezone.localdate(), draft.roles
    present = {row.school_id: row for row in partnership.members.all()}
    members = [
        member
        if member.school.pk in present or member.joined_on
        else replace(member, joined_on=today)
        for member in draft.members
    ]
    members += [draft_of(row) for pk, row in present.items() if pk not in named]
    return replace(draft, members=members)


def refuse_loss(partnership: Partnership, members: Sequence[MemberDraft]) -> None:
    """`ValidationError` when a member would go of whom something is written down."""
    named = {member.school.pk for member in members}
    gone = [row for row in partnership.members.all() if row.school_id not in named]
    held = [
        str(row.school)
        for row in gone
        if Visit.objects.filter(school=row).exists()
        or Concern.objects.filter(member=row).exists()
        or CuratorAssignment.objects.filter(target=row).exists()
    ]
    if held:
        sentence = "в партнёрстве уже есть записи: укажите, когда школа вышла, но не убирайте её."
        raise ValidationError(f"{', '.join(held)}: {sentence}")


def changes(partnership: Partnership, members: Iterable[MemberDraft]) -> list[Change]:
    """Who came, who went, and what is told of the others differently, in words."""
    before = {row.school_id: draft_of(row) for row in partnership.members.all()}
    after = {member.school.pk: member for member in members}
    found = [
        Change(f"Участник: {row.school}", words(row), "")
        for pk, row in before.items()
        if pk not in after
    ]
    for pk, member in after.items():
        old = words(before[pk]) if pk in before else ""
        if pk not in before or before[pk] != member:
            found.append(Change(f"Участник: {member.school}", old, words(member)))
    return found


def words(member: MemberDraft) -> str:
    """«целевая школа; вклад: площадка; вступила 01.09.2026»."""
    parts = [str(MemberRole(member.role).label)]
    parts += [f"вклад: {member.contribution}"] if member.contribution else []
    parts += [f"вступила {numeric_date(member.joined_on)}"] if member.joined_on else []
    parts += [f"вышла {numeric_date(member.left_on)}"] if member.left_on else []
    return "; ".join(parts)


def write(partnership: Partnership, members: Sequence[MemberDraft]) -> None:
    """Members become those of the draft."""
    rows = PartnershipMember.objects.filter(partnership=partnership)
    rows.exclude(school__in=[member.school.pk for member in members]).delete()
    present = {row.school_id: row for row in rows.select_related("school")}
    for member in members:
        row = present.get(member.school.pk)
        if row and draft_of(row) == member:
            continue
        row = row or PartnershipMember(partnership=partnership, school=member.school)
        row.role, row.contribution = member.role, member.contribution
        row.joined_on, row.left_on = member.joined_on, member.left_on
        row.save()

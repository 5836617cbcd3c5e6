"""Who may do what with partnerships, and why not."""

from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.transitions import can_move as fits_state
from common.verdicts import Allowed, Denied, Verdict
from partnerships.enums import CLOSED, MemberRole, PartnershipState
from partnerships.models import Partnership
from schools.models import Municipality
from schools.standing import curator_rows_of, permissions_of

#: Steps on the way to a living partnership.
BEGINNING = frozenset({"agree", "start"})


def can_list(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.SEE_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Партнёрства видят сотрудники комитета и школ муниципалитета.")


def sees_all(user: User, municipality: Municipality | int | None) -> Verdict:
    """Every partnership of the municipality, and so also who has none (R069)."""
    if Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Список школ без партнёра видят методисты и председатель комитета.")


def can_create(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Партнёрства ведёт методист муниципалитета школы-лидера.")


def can_edit(user: User, partnership: Partnership) -> Verdict:
    return can_create(user, partnership.municipality) and still_open(partnership)


def can_move(user: User, partnership: Partnership, verb: str) -> Verdict:
    """Whether the person may take the step now; KeyError for an unknown verb."""
    allowed = can_create(user, partnership.municipality) and fits_state(partnership, verb)
    return allowed and (can_begin(partnership) if verb in BEGINNING else Allowed())


def can_log_visit(user: User, partnership: Partnership) -> Verdict:
    """Methodist of the municipality, or a curator of this very pair (R046)."""
    if can_create(user, partnership.municipality) or is_curator(user, partnership):
        return still_open(partnership)
    return Denied("Посещения записывают методист и куратор этой пары.")


def is_curator(user: User, partnership: Partnership) -> bool:
    """Whether a post of the person is assigned to the pair today. Uses prefetched `curators`."""
    posts = {row.pk for row in curator_rows_of(user)}
    today = timezone.localdate()
    return bool(posts) and any(
        row.member_id in posts and row.is_active(today) for row in partnership.curators.all()
    )


def still_open(partnership: Partnership) -> Verdict:
    """Whether anything may be written in it at all; upper apps ask this of their rows too."""
    if partnership.state == PartnershipState.REPLACED:
        return Denied("Партнёр сменён: партнёрство хранится без изменений.")
    if partnership.state in CLOSED:
        state = partnership.get_state_display()
        return Denied(f"Партнёрство {state}: оно хранится без изменений.")
    if partnership.state == PartnershipState.PAUSED:
        return Denied("Партнёрство приостановлено: сначала возобновите его.")
    return Allowed()


def can_begin(partnership: Partnership) -> Verdict:
    """Whether its members let it live: both sides are there, none is closed. Uses prefetched
    members."""
    members = [member for member in partnership.members.all() if not member.left_on]
    roles = {member.role for member in members}
    if partnership.is_group:
        if not {MemberRole.LEAD, MemberRole.PARTICIPANT} <= roles:
            return Denied("Нужны опорная школа и хотя бы один участник.")
    elif not {MemberRole.LEAD, MemberRole.TARGET} <= roles:
        return Denied("Нужны хотя бы одна школа-лидер и одна целевая школа.")
    today = timezone.localdate()
    closed = [str(m.school) for m in members if m.school.is_closed_on(today)]
    if closed:
        return Denied(f"Школа закрыта: {', '.join(closed)}.")
    return Allowed()

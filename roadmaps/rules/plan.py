"""Who may do what with a roadmap and its rows; every refusal is a sentence for the page.

Queries: none beyond the object's own relations. A list prefetches `partnership__members` and
`partnership__curators` (`Roadmap.objects.for_rules()`).
"""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from common.transitions import can_move
from common.verdicts import Allowed, Denied, Verdict
from partnerships.enums import CLOSED
from partnerships.models import Partnership
from partnerships.rules import is_curator
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState, Stage
from roadmaps.models import EventReport, Roadmap, RoadmapRow
from schools.models import Membership, Municipality
from schools.standing import memberships_of, permissions_of

FINISHED = "Карта завершена. Чтобы править её, методист возобновляет карту."
NOT_DRAFT = "Карта утверждена: строки правит методист, школы готовят только черновик."
NOT_YOURS = "Дорожную карту правит методист муниципалитета, черновик – и школы-участницы."


def can_list(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.SEE_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Дорожные карты видят сотрудники комитета и школ муниципалитета.")


def can_begin(user: User, municipality: Municipality | None) -> Verdict:
    """Whether there is any pair at all for which the person could prepare a roadmap."""
    needed = {Permission.EDIT_ROADMAPS, Permission.DRAFT_ROADMAPS}
    return Allowed() if needed & permissions_of(user, municipality) else Denied(NOT_YOURS)


def can_create(user: User, partnership: Partnership) -> Verdict:
    """A methodist of the lead's municipality or a person of a member school."""
    if partnership.state in CLOSED:
        return Denied("Партнёрство закрыто: новых дорожных карт у него не бывает.")
    if _edits(user, partnership.municipality_id) or _drafts_in(user, partnership):
        return Allowed()
    return Denied(NOT_YOURS)


def can_edit(user: User, roadmap: Roadmap) -> Verdict:
    """Rows of the roadmap: the methodist until it is finished, the schools in a draft."""
    if roadmap.state == RoadmapState.FINISHED:
        return Denied(FINISHED)
    if _edits(user, roadmap.municipality_id):
        return Allowed()
    if not _drafts_in(user, roadmap.partnership):
        return Denied(NOT_YOURS)
    return Allowed() if roadmap.is_draft else Denied(NOT_DRAFT)


def can_record(user: User, roadmap: Roadmap) -> Verdict:
    """Contacts, problems and conclusions: facts of the life of the pair, so not only a draft."""
    if roadmap.state == RoadmapState.FINISHED:
        return Denied(FINISHED)
    if _edits(user, roadmap.municipality_id) or _drafts_in(user, roadmap.partnership):
        return Allowed()
    return Denied("Контакты, проблемы и выводы записывают методист и школы-участницы.")


def can_edit_row(user: User, row: RoadmapRow) -> Verdict:
    """A joint event changes in all its roadmaps at once, so the right is needed in each."""
    if row.event.is_cancelled:
        return Denied("Мероприятие отменено. Чтобы править его, верните его в план.")
    return _can_touch(user, row)


def can_cancel(user: User, row: RoadmapRow) -> Verdict:
    if row.event.is_cancelled:
        return Denied("Мероприятие уже отменено.")
    if _reports(row).filter(state=ReportState.SUBMITTED).exists():
        return Denied("Отчёт школы ждёт проверки: подтвердите или верните его, потом отменяйте.")
    return _can_touch(user, row)


def can_restore(user: User, row: RoadmapRow) -> Verdict:
    return _can_touch(user, row) if row.event.is_cancelled else Denied("Мероприятие не отменено.")


def can_delete_row(user: User, row: RoadmapRow) -> Verdict:
    """Only in a draft and without reports; what was approved is cancelled with a reason."""
    if not row.roadmap.is_draft:
        return Denied(
            "Строку утверждённой карты удалить нельзя: отмените мероприятие и укажите причину."
        )
    held = row.event.occurrences.filter(state=OccurrenceState.HELD)
    if _reports(row).exists() or held.exists():
        return Denied(
            "О мероприятии есть отчёт, удалить строку нельзя: отмените мероприятие с причиной."
        )
    return can_edit(user, row.roadmap)


def can_approve(user: User, roadmap: Roadmap) -> Verdict:
    step = _can_step(user, roadmap, "approve")
    if not step:
        return step
    if not roadmap.rows.exists():
        return Denied("В карте нет ни одной строки: утверждать нечего.")
    return Allowed()


def can_finish(user: User, roadmap: Roadmap) -> Verdict:
    """Stage 3 is the analysis of what was achieved: without its conclusion there is none (R022)."""
    step = _can_step(user, roadmap, "finish")
    if not step:
        return step
    last = [one for one in roadmap.stages.all() if one.stage == Stage.REFLECTION]
    if not any(one.conclusion.strip() for one in last):
        return Denied("Запишите вывод этапа 3: без анализа результатов карта не завершается.")
    return Allowed()


def can_reopen(user: User, roadmap: Roadmap) -> Verdict:
    return _can_step(user, roadmap, "reopen")


#: Verb of the workflow → its rule.
MOVES = {"approve": can_approve, "finish": can_finish, "reopen": can_reopen}


def own_school(user: User, partnership: Partnership | None) -> int | None:
    """The school for which the person reports in this partnership, if any (id)."""
    if partnership is None:
        return None
    members = {member.school_id for member in partnership.members.all()}
    own = [row.school_id for row in _school_posts(user) if row.school_id in members]
    return own[0] if own else None


def _can_step(user: User, roadmap: Roadmap, verb: str) -> Verdict:
    if Permission.APPROVE_ROADMAPS not in permissions_of(user, roadmap.municipality_id):
        return Denied("Утверждает и завершает карту методист или председатель комитета.")
    return can_move(roadmap, verb)


def _can_touch(user: User, row: RoadmapRow) -> Verdict:
    verdict = can_edit(user, row.roadmap)
    if not verdict:
        return verdict
    others = [other for other in row.event.rows.all() if other.pk != row.pk]
    if all(can_edit(user, other.roadmap) for other in others):
        return Allowed()
    return Denied("Мероприятие общее: оно стоит и в другой карте, которую вы не правите.")


def _reports(row: RoadmapRow) -> QuerySet[EventReport]:
    return EventReport.objects.filter(occurrence__event=row.event_id)


def _edits(user: User, municipality: int) -> bool:
    return Permission.EDIT_ROADMAPS in permissions_of(user, municipality)


def _school_posts(user: User) -> list[Membership]:
    return [
        row
        for row in memberships_of(user)
        if row.school_id and Permission.DRAFT_ROADMAPS in PERMISSIONS[row.role]
    ]


def _drafts_in(user: User, partnership: Partnership | None) -> bool:
    """Director or coordinator of a member school, or curator assigned to the pair today."""
    if partnership is None:
        return False
    posts = _school_posts(user)
    schools = {row.school_id for row in posts if row.role != Role.CURATOR}
    if any(member.school_id in schools for member in partnership.members.all()):
        return True
    return is_curator(user, partnership)

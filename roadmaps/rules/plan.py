"""Who may do what with a roadmap and its rows; every refusal is a sentence for the page.

Queries: none beyond the object's own relations. A list prefetches `partnership__members` and
`partnership__curators` (`Roadmap.objects.for_rules()`).
"""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from common.transitions import can_move
from common.verdicts import Allowed, Denied, Verdict
from partnerships.models import Partnership, PartnershipMember
from partnerships.rules.partnership import is_curator, still_open
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState, Stage
from roadmaps.models import EventReport, Roadmap, RoadmapRow
from schools.models import Membership, Municipality
from schools.standing import memberships_of, permissions_of

FINISHED = "Карта завершена. Чтобы править её, методист возобновляет карту."
PAUSED = "Карта приостановлена: строки не правят, пока её не продолжили."
NOT_DRAFT = "Карта утверждена: строки правит методист, школы готовят только черновик."
AGREEING = "Карта на согласовании: строки правит методист, школы пишут замечания."
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
    if _edits(user, partnership.municipality_id) or _drafts_in(user, partnership):
        return still_open(partnership)
    return Denied(NOT_YOURS)


def can_create_by_direction(user: User, municipality: Municipality | None) -> Verdict:
    """A roadmap of no pair concerns the whole network: the methodist's alone (quirk 13)."""
    if Permission.EDIT_ROADMAPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Карту по направлению составляет методист муниципалитета.")


def can_edit(user: User, roadmap: Roadmap) -> Verdict:
    """Rows of the roadmap: the methodist until it is finished, the schools in a draft; nobody
    while the roadmap or the partnership is paused or closed."""
    if roadmap.state == RoadmapState.FINISHED:
        return Denied(FINISHED)
    edits = _edits(user, roadmap.municipality_id)
    if not edits and not _drafts_in(user, roadmap.partnership):
        return Denied(NOT_YOURS)
    if roadmap.state == RoadmapState.PAUSED:
        return Denied(PAUSED)
    if edits or roadmap.is_draft:
        return _goes_on(roadmap)
    return Denied(AGREEING if roadmap.state == RoadmapState.AGREEING else NOT_DRAFT)


def can_record(user: User, roadmap: Roadmap) -> Verdict:
    """Contacts, problems and conclusions: facts of the life of the pair, so not only a draft."""
    if roadmap.state == RoadmapState.FINISHED:
        return Denied(FINISHED)
    if _edits(user, roadmap.municipality_id) or _drafts_in(user, roadmap.partnership):
        return _goes_on(roadmap)
    return Denied("Контакты, проблемы и выводы записывают методист и школы-участницы.")


def can_edit_row(user: User, row: RoadmapRow) -> Verdict:
    """A joint event changes in all its roadmaps at once, so the right is needed in each."""
    if row.event.is_cancelled:
        return Denied("Мероприятие отменено. Чтобы править его, верните его в план.")
    return can_touch(user, row)


def can_cancel(user: User, row: RoadmapRow) -> Verdict:
    if row.event.is_cancelled:
        return Denied("Мероприятие уже отменено.")
    if _reports(row).filter(state=ReportState.SUBMITTED).exists():
        return Denied("Отчёт школы ждёт проверки: подтвердите или верните его, потом отменяйте.")
    return can_touch(user, row)


def can_restore(user: User, row: RoadmapRow) -> Verdict:
    return can_touch(user, row) if row.event.is_cancelled else Denied("Мероприятие не отменено.")


def can_delete_row(user: User, row: RoadmapRow) -> Verdict:
    """Only in a draft and without reports; what was approved is cancelled with a reason."""
    if row.roadmap.state == RoadmapState.AGREEING:
        return Denied(
            "Карта на согласовании: чтобы удалить строку, верните карту в черновик "
            "или отмените мероприятие с причиной."
        )
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


def can_send(user: User, roadmap: Roadmap) -> Verdict:
    """Ask the schools: there must be somebody to ask and something to read."""
    if not _edits(user, roadmap.municipality_id):
        return Denied("Школам карту отправляет методист муниципалитета.")
    step = can_move(roadmap, "send") and _goes_on(roadmap)
    if not step:
        return step
    if not asked_members(roadmap):
        return Denied("Согласовывать не с кем: в карте нет школ-участниц. Её можно утвердить.")
    return Allowed() if roadmap.rows.exists() else Denied("В карте нет ни одной строки.")


def can_recall(user: User, roadmap: Roadmap) -> Verdict:
    if not _edits(user, roadmap.municipality_id):
        return Denied("Возвращает карту в черновик методист муниципалитета.")
    return can_move(roadmap, "recall") and _goes_on(roadmap)


def can_approve(user: User, roadmap: Roadmap) -> Verdict:
    step = _can_step(user, roadmap, "approve")
    if not step:
        return step
    if not roadmap.rows.exists():
        return Denied("В карте нет ни одной строки: утверждать нечего.")
    return Allowed()


def can_pause(user: User, roadmap: Roadmap) -> Verdict:
    return _can_step(user, roadmap, "pause")


def can_resume(user: User, roadmap: Roadmap) -> Verdict:
    return _can_step(user, roadmap, "resume")


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
MOVES = {
    "send": can_send,
    "recall": can_recall,
    "approve": can_approve,
    "pause": can_pause,
    "resume": can_resume,
    "finish": can_finish,
    "reopen": can_reopen,
}


def asked_members(roadmap: Roadmap) -> list[PartnershipMember]:
    """Members whose word the plan needs: those that take part today; an organisation outside the
    network agrees by its contract. Uses prefetched members."""
    if roadmap.partnership is None:
        return []
    today = timezone.localdate()
    return [
        member
        for member in roadmap.partnership.members.all()
        if not (member.left_on and member.left_on <= today) and not member.school.is_external
    ]


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
    return can_move(roadmap, verb) and _goes_on(roadmap)


def _goes_on(roadmap: Roadmap) -> Verdict:
    """A roadmap by direction has no partnership that could rest."""
    return still_open(roadmap.partnership) if roadmap.partnership else Allowed()


def can_touch(user: User, row: RoadmapRow) -> Verdict:
    verdict = can_edit(user, row.roadmap)
    if not verdict:
        return verdict
    others = [other.roadmap for other in row.event.rows.all() if other.pk != row.pk]
    resting = next((verdict for verdict in map(_goes_on, others) if not verdict), None)
    if resting is not None:
        return Denied(f"Мероприятие общее, оно стоит и в другой карте. {resting.reason}")
    if all(can_edit(user, other) for other in others):
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

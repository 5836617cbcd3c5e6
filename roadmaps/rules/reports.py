"""Who may write, send, check and confirm reports of schools about events.

While a partnership is paused or closed nothing is asked of its schools: they neither write nor
correct. What they sent before tells of what was held and is still confirmed; otherwise it would
wait in the queue for ever.
"""

from collections.abc import Callable, Collection, Iterable

from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from partnerships.enums import FROZEN, PartnershipState
from partnerships.models import CuratorAssignment
from partnerships.rules.partnership import still_open
from roadmaps.confirmers import other_confirmers
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState
from roadmaps.models import EventReport, Occurrence, Roadmap, RoadmapRow
from schools.models import Municipality, School
from schools.standing import curator_rows_of, permissions_of, schools_of

_CLOSED_REPORTS: dict[str, str] = {
    ReportState.SUBMITTED: "Отчёт на проверке. Чтобы исправить его, сначала отзовите.",
    ReportState.CONFIRMED: "Отчёт подтверждён. Открыть его заново может методист.",
    ReportState.SET_ASIDE: "Учтён отчёт другой школы. Открыть этот заново может методист.",
}
_NOT_METHODIST = "Отчёты проверяет методист муниципалитета."


def participants_of(occurrence: Occurrence) -> list[School]:
    """Schools that may report: members of the pairs whose rows hold the event, in their order.

    A roadmap by direction has no members: there it is the school where the event is held.
    Uses the rows that were prefetched (`with_pairs`).
    """
    schools = [school for row in occurrence.event.rows.all() for school in _members(row)]
    host = occurrence.event.host
    if host and any(row.roadmap.partnership_id is None for row in occurrence.event.rows.all()):
        schools.append(host)
    return sorted(dict.fromkeys(schools), key=lambda school: (school.sort_key, school.pk))


def _members(row: RoadmapRow) -> list[School]:
    pair = row.roadmap.partnership
    return [m.school for m in pair.members.all() if m.left_on is None] if pair else []


def writes_for(user: User, occurrence: Occurrence, school: School) -> bool:
    """Whether the person may write this school's report, whatever its state."""
    if school.pk in schools_of(user) or _is_curator_for(user, occurrence, school):
        return True
    return Permission.REPORT_FOR_SCHOOLS in permissions_of(user, occurrence.municipality_id)


def is_outsider(user: User, school: School) -> bool:
    """Whether a report by this person is one «за школу»: written by nobody of the school."""
    return school.pk not in schools_of(user) | {row.school_id for row in curator_rows_of(user)}


def _is_curator_for(user: User, occurrence: Occurrence, school: School) -> bool:
    """Curators report for their own school, in the pairs assigned to them."""
    posts = [row.pk for row in curator_rows_of(user) if row.school_id == school.pk]
    pairs = [row.roadmap.partnership_id for row in occurrence.event.rows.all()]
    return (
        bool(posts)
        and CuratorAssignment.objects.active(timezone.localdate())
        .filter(partnership__in=pairs, member__in=posts)
        .exists()
    )


def can_report(user: User, occurrence: Occurrence, school: School) -> Verdict:
    """May the person write or go on writing the school's report now?"""
    return _first(
        lambda: _takes_part(occurrence, school),
        lambda: _may_write(user, occurrence, school),
        lambda: _goes_on(occurrence),
        lambda: _is_approved(occurrence, school),
        lambda: _is_open(occurrence, school),
    )


def can_recall(user: User, report: EventReport) -> Verdict:
    """The school takes its report back before it is decided on."""
    return _first(
        lambda: _may_write(user, report.occurrence, report.school),
        lambda: _waits(report),
        lambda: _lives(report.occurrence, report.school),
    )


def can_take(user: User, report: EventReport) -> Verdict:
    return _first(lambda: _may_decide(user, report), lambda: _waits(report))


def can_return(user: User, report: EventReport) -> Verdict:
    """The school has to correct it, so it must be able to."""
    return _first(
        lambda: _may_decide(user, report),
        lambda: _waits(report),
        lambda: _lives(report.occurrence, report.school),
    )


def can_confirm(user: User, report: EventReport) -> Verdict:
    """Not one's own report, unless nobody else could confirm it (decision 7)."""
    return _first(
        lambda: _may_decide(user, report),
        lambda: _waits(report),
        lambda: _goes_on(report.occurrence),
        lambda: _is_for_another(user, report),
    )


def can_reopen(user: User, report: EventReport) -> Verdict:
    decided = report.state in {ReportState.CONFIRMED, ReportState.SET_ASIDE}
    return _first(
        lambda: _may_decide(user, report),
        lambda: Allowed() if decided else Denied("По этому отчёту решения ещё нет."),
        lambda: _lives(report.occurrence, report.school),
    )


def can_review(user: User, occurrence: Occurrence) -> Verdict:
    """All reports side by side: for who decides, and for who reads the whole municipality."""
    if may_review(permissions_of(user, occurrence.municipality_id)):
        return Allowed()
    return Denied("Отчёты всех школ сразу видят методист и председатель комитета.")


def may_review(held: Collection[Permission]) -> bool:
    """Whether one with these permissions in the municipality is judged by `can_review` so."""
    return Permission.CONFIRM_REPORTS in held or Permission.SEE_ALL_PARTNERSHIPS in held


def can_open_mine(schools: Collection[School]) -> Verdict:
    """`schools`: those for which the person answers in the current municipality."""
    if schools:
        return Allowed()
    return Denied("«Мои мероприятия» – страница директоров и школьных координаторов.")


def can_open_queue(user: User, municipality: Municipality | None) -> Verdict:
    held = permissions_of(user, municipality)
    return Allowed() if Permission.CONFIRM_REPORTS in held else Denied(_NOT_METHODIST)


def can_list_events(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Мероприятия всего муниципалитета видят методист и председатель комитета.")


def must_wait_for_another(user: User, report: EventReport) -> bool:
    """The person sent this report, and there is another one who may confirm it."""
    return (
        report.submitted_by_id == user.pk
        and other_confirmers(report.municipality_id, than=user).exists()
    )


def _first(*checks: Callable[[], Verdict]) -> Verdict:
    """The first refusal; later checks are not asked."""
    verdicts: Iterable[Verdict] = (check() for check in checks)
    return next((verdict for verdict in verdicts if not verdict), Allowed())


def _takes_part(occurrence: Occurrence, school: School) -> Verdict:
    if school in participants_of(occurrence):
        return Allowed()
    return Denied(f"{school} не участвует в этом мероприятии.")


def _may_write(user: User, occurrence: Occurrence, school: School) -> Verdict:
    if writes_for(user, occurrence, school):
        return Allowed()
    return Denied(f"Отчёт {school} составляет сама школа или методист.")


def _goes_on(occurrence: Occurrence) -> Verdict:
    if occurrence.state == OccurrenceState.CANCELLED or occurrence.event.is_cancelled:
        return Denied("Мероприятие отменено.")
    return Allowed()


def _is_approved(occurrence: Occurrence, school: School) -> Verdict:
    """One approved roadmap of a partnership of the school that goes on is enough."""
    lives = _lives(occurrence, school)
    if not lives:
        return lives
    roadmaps = _roadmaps_of(occurrence, school)
    if any(
        roadmap.state == RoadmapState.RUNNING
        and (roadmap.partnership is None or roadmap.partnership.state not in FROZEN)
        for roadmap in roadmaps
    ):
        return Allowed()
    if all(roadmap.state == RoadmapState.FINISHED for roadmap in roadmaps):
        return Denied("Дорожная карта завершена. Возобновить её может методист.")
    return Denied("Дорожная карта ещё не утверждена: отчитываться по ней рано.")


def _roadmaps_of(occurrence: Occurrence, school: School) -> list[Roadmap]:
    """Roadmaps that hold the event and in whose pair the school is; else all that hold it."""
    rows = [row for row in occurrence.event.rows.all() if school in _members(row)]
    return [row.roadmap for row in rows or occurrence.event.rows.all()]


def _lives(occurrence: Occurrence, school: School) -> Verdict:
    """Whether one of the school's partnerships goes on; if none, why, a pause before an end."""
    pairs = [one.partnership for one in _roadmaps_of(occurrence, school) if one.partnership]
    if not pairs or any(pair.state not in FROZEN for pair in pairs):
        return Allowed()
    paused = [pair for pair in pairs if pair.state == PartnershipState.PAUSED]
    return still_open((paused or pairs)[0])


def _is_open(occurrence: Occurrence, school: School) -> Verdict:
    mine = (report for report in occurrence.reports.all() if report.school_id == school.pk)
    report = next(mine, None)
    if report is None or report.is_editable:
        return Allowed()
    return Denied(_CLOSED_REPORTS[report.state])


def _waits(report: EventReport) -> Verdict:
    if report.state == ReportState.SUBMITTED:
        return Allowed()
    return Denied(f"Отчёт сейчас не на проверке: {report.get_state_display()}.")


def _may_decide(user: User, report: EventReport) -> Verdict:
    held = permissions_of(user, report.municipality_id)
    return Allowed() if Permission.CONFIRM_REPORTS in held else Denied(_NOT_METHODIST)


def _is_for_another(user: User, report: EventReport) -> Verdict:
    if must_wait_for_another(user, report):
        return Denied("Этот отчёт отправили вы: подтвердит его другой методист.")
    return Allowed()

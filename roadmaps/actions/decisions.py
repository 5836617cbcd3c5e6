"""What a methodist does with reports: take, return, confirm, open again (decisions 7 and 9)."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.russian import long_date, quoted
from common.transitions import WrongState, move
from roadmaps.actions.reports import record
from roadmaps.enums import OccurrenceState, ReportState
from roadmaps.models import EventReport, Occurrence
from roadmaps.rules.reports import must_wait_for_another
from schools.addressees import people_of


@transaction.atomic
def take(*, report: EventReport, by: User) -> EventReport:
    """«Беру»: mark who is looking at the report. Again is harmless; another may take it over."""
    waiting = EventReport.objects.filter(pk=report.pk, state=ReportState.SUBMITTED)
    if not waiting.update(taken_by=by):
        raise WrongState("Отчёт уже не на проверке.", verb="take", state=report.state)
    report.taken_by = by
    return report


@transaction.atomic
def return_(*, report: EventReport, comment: str, by: User) -> EventReport:
    """Give the report back to the school with a remark. ValueError without one."""
    comment = comment.strip()
    if not comment:
        raise ValueError("A report is returned with a remark")
    record(report, remark=comment, decided_by=by, decided_at=timezone.now(), taken_by=None)
    move(report, "return", by=by, comment=comment)
    _tell_school(
        report, f"Отчёт {quoted(report.occurrence.event.title)} возвращён: {comment}", edit=True
    )
    return report


@transaction.atomic
def confirm(*, report: EventReport, by: User, seen: str = "") -> EventReport:
    """Accept the report: the event counts as held on the date it names.

    Other reports that wait about the same occurrence go along: the same date is confirmed,
    another one is set aside. Where the occurrence is held already, only this report is
    confirmed, and its participants count. `WrongState` when it was cancelled a moment ago, or
    when the school has recalled, changed and sent it again since the version that was `seen`.
    """
    occurrence = _locked(report.occurrence_id)
    current = EventReport.objects.values_list("version", flat=True).get(pk=report.pk)
    if seen and seen != str(current):
        raise WrongState(
            "Школа изменила отчёт, пока вы его читали. Проверьте новый.",
            verb="confirm",
            state=report.state,
        )
    if occurrence.state == OccurrenceState.CANCELLED:
        raise WrongState("Мероприятие уже отменили.", verb="confirm", state=report.state)
    _decide(report, "confirm", by)
    if occurrence.state == OccurrenceState.PLANNED:
        _hold(occurrence, report, by)
        for other in _waiting_beside(report):
            _settle(other, report, by)
    report.occurrence = occurrence
    _tell_school(report, f"Отчёт {quoted(occurrence.event.title)} подтверждён")
    _tell_partners(report)
    return report


@transaction.atomic
def reopen(*, report: EventReport, comment: str, by: User) -> EventReport:
    """Put a decided report back on the methodists' table; it counts no more.

    With the last confirmed report the occurrence is planned again, and those set aside in
    favour of it wait again too: the methodist chooses anew.
    """
    occurrence = _locked(report.occurrence_id)
    was_confirmed = report.state == ReportState.CONFIRMED
    _decide(report, "reopen", by, comment)
    if was_confirmed and not occurrence.reports.confirmed().exists():
        _plan_again(occurrence)
        for other in occurrence.reports.filter(state=ReportState.SET_ASIDE):
            _decide(other, "reopen", by, f"Открыт заново отчёт {report.school}")
    report.occurrence = occurrence
    _tell_school(report, f"Отчёт {quoted(occurrence.event.title)} снова на проверке: {comment}")
    return report


def _locked(pk: int) -> Occurrence:
    return Occurrence.objects.select_for_update(of=("self",)).select_related("event").get(pk=pk)


def _decide(report: EventReport, verb: str, by: User, comment: str = "") -> None:
    move(report, verb, by=by, comment=comment)
    record(report, decided_by=by, decided_at=timezone.now(), taken_by=None)


def _hold(occurrence: Occurrence, report: EventReport, by: User) -> None:
    record(
        occurrence,
        state=OccurrenceState.HELD,
        held_on=report.held_on,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        confirmed_by_author=report.for_school and report.submitted_by_id == by.pk,
    )


def _plan_again(occurrence: Occurrence) -> None:
    record(
        occurrence,
        state=OccurrenceState.PLANNED,
        held_on=None,
        confirmed_by=None,
        confirmed_at=None,
        confirmed_by_author=False,
    )


def _waiting_beside(report: EventReport) -> list[EventReport]:
    waiting = EventReport.objects.waiting().filter(occurrence=report.occurrence_id)
    return list(waiting.exclude(pk=report.pk).select_related("school", "occurrence__event"))


def _settle(other: EventReport, chosen: EventReport, by: User) -> None:
    """Decide on a report beside the chosen one; one's own waits for another methodist."""
    if other.held_on != chosen.held_on:
        day = long_date(chosen.held_on) if chosen.held_on else ""
        _decide(other, "set_aside", by, f"Принят отчёт {chosen.school}, дата {day}")
        _tell_school(
            other, f"По мероприятию {quoted(other.occurrence.event.title)} учтён отчёт другой школы"
        )
    elif not must_wait_for_another(by, other):
        _decide(other, "confirm", by, f"Вместе с отчётом {chosen.school}")
        _tell_school(other, f"Отчёт {quoted(other.occurrence.event.title)} подтверждён")


def _tell_school(report: EventReport, text: str, *, edit: bool = False) -> None:
    """Tell who sent the report and who wrote it, but not the person who has just decided."""
    people = {report.author, report.submitted_by} - {None, report.decided_by}
    page = ("roadmaps:report-detail", [report.pk])
    if edit:
        page = ("roadmaps:report-edit", [report.occurrence_id, report.school_id])
    notify(recipients=[p for p in people if p], text=text, url_name=page[0], url_args=page[1])


def _tell_partners(report: EventReport) -> None:
    """Tell the other schools of the pairs that have not reported themselves."""
    rows = report.occurrence.event.rows.all()
    schools = set(rows.values_list("roadmap__partnership__members__school", flat=True)) - {None}
    told = set(report.occurrence.reports.values_list("school", flat=True))
    notify(
        recipients=people_of(schools - told),
        text=f"{report.school}: подтверждено мероприятие {quoted(report.occurrence.event.title)}",
        url_name="roadmaps:report-detail",
        url_args=[report.pk],
    )

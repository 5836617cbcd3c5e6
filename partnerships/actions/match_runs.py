"""Verbs over runs of matching: order, retry, accept and decline a row. Access is judged by the
callers.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from common.russian import numeric_date
from partnerships.actions.cards import AlreadyThere, create_partnership
from partnerships.draft import PartnershipDraft, seats
from partnerships.enums import MatchDecision
from partnerships.matching.reason import topic_of
from partnerships.models import MatchRow, MatchRun, Partnership
from partnerships.runs import reasons
from partnerships.runs.targets import free_places, partnerships_of_target
from schools.models import Municipality, RiskFactor

#: Name of the task that does a run; actions know it by name only.
MATCH = "partnerships.match"
#: A second identical order within this time is a double click.
DOUBLE_CLICK = timedelta(seconds=10)


class CannotAccept(Exception):
    """The row is out of date; the sentence says why."""


@transaction.atomic
def order_run(
    *, municipality: Municipality, year: AcademicYear, variants: Sequence[str], by: User
) -> MatchRun:
    """Put a run in the queue; the same order while it is under way gives the same run again."""
    # Of two submits at once the second waits here and then finds the first's row.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    alike = MatchRun.objects.of(municipality).filter(year=year, variants=list(variants))
    under_way = Q(status__in=[JobStatus.QUEUED, JobStatus.RUNNING])
    just_now = Q(ordered_by=by, queued_at__gte=timezone.now() - DOUBLE_CLICK)
    if twin := alike.filter(under_way | just_now).first():
        return twin
    run = MatchRun.objects.create(
        municipality=municipality,
        year=year,
        variants=list(variants),
        ordered_by=by,
        sent_at=timezone.now(),
    )
    MatchRun.objects.send(run.pk, MATCH)
    return run


@transaction.atomic
def retry_run(*, run: MatchRun) -> None:
    """Try again what failed, with a new count of attempts and today's data."""
    again = MatchRun.objects.filter(pk=run.pk, status=JobStatus.FAILED).update(
        status=JobStatus.QUEUED,
        attempts=0,
        queued_at=timezone.now(),
        heartbeat=None,
        error="",
        stage="",
        progress=0,
    )
    if again:
        MatchRun.objects.send(run.pk, MATCH)


@transaction.atomic
def accept_row(*, row: MatchRow, by: User) -> Partnership:
    """Propose the pair of the row. A row accepted before gives its partnership again.

    Raises `CannotAccept` where the data has moved on meanwhile: the target has a partner, or the
    lead took its last place; ValidationError as `create_partnership`.
    """
    # Of two acceptances at once, also of two rows, the second waits here.
    Municipality.objects.select_for_update().get(pk=row.run.municipality_id)
    held = MatchRow.objects.select_for_update(of=("self",)).select_related("run__municipality")
    row = held.select_related("lead", "target").get(pk=row.pk)
    if row.decision == MatchDecision.ACCEPTED and row.partnership:
        return row.partnership
    _refuse_outdated(row)
    try:
        made = create_partnership(
            municipality=row.run.municipality, draft=_draft(row), by=by, origin=_origin(row.run)
        )
    except AlreadyThere as twin:
        raise CannotAccept(f"{row.target}: {twin}") from twin
    _decide(row, MatchDecision.ACCEPTED, by)
    row.partnership = made
    row.save(update_fields=["partnership"])
    return made


@transaction.atomic
def decline_row(*, row: MatchRow, by: User) -> bool:
    """Note that the pair is not wanted; False for a row that was accepted."""
    row = MatchRow.objects.select_for_update().get(pk=row.pk)
    if row.decision == MatchDecision.ACCEPTED:
        return False
    _decide(row, MatchDecision.DECLINED, by)
    return True


def _decide(row: MatchRow, decision: MatchDecision, by: User) -> None:
    row.decision, row.decided_by, row.decided_at = decision, by, timezone.now()
    row.save(update_fields=["decision", "decided_by", "decided_at"])


def _refuse_outdated(row: MatchRow) -> None:
    today = timezone.localdate()
    if row.lead is None:
        raise CannotAccept(f"{row.target}: в этом варианте пары нет.")
    for school in (row.target, row.lead):
        if school.is_closed_on(today):
            raise CannotAccept(f"{row.target}: {school} закрыта.")
    if partner := partnerships_of_target(row.target).with_members().first():
        raise CannotAccept(f"{row.target}: партнёр уже есть – {partner.title}.")
    if not reasons.is_pinned(row) and free_places(row.lead, row.run.municipality) < 1:
        raise CannotAccept(f"{row.target}: у лидера {row.lead} свободных мест больше нет.")


def _origin(run: MatchRun) -> str:
    return f"Подбор пар от {numeric_date(timezone.localdate(run.queued_at))}"


def _draft(row: MatchRow) -> PartnershipDraft:
    assert row.lead is not None  # noqa: S101 - refused before
    factors = list(RiskFactor.objects.filter(pk__in=reasons.factors(row)))
    return PartnershipDraft(
        members=seats([row.lead], [row.target]),
        topic=topic_of(factor.label for factor in factors),
        reason=reasons.in_one_line(row),
        factors=factors,
    )

"""Runs of matching for tests."""

from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from partnerships.models import MatchRow, MatchRun
from schools.models import Municipality, School

VARIANTS = ["experience", "even"]


def ready_run(municipality: Municipality, by: User, *targets: School) -> MatchRun:
    """A finished run; each target has a row in both variants."""
    now = timezone.now()
    figures = {"paired": 0, "unpaired": len(targets), "mean": None, "why": {"nobody": 1}}
    told = {"hint": "", "further": [], "over": [], "spare": []} | figures
    run = MatchRun.objects.create(
        municipality=municipality,
        year=AcademicYear.of(now.date()),
        variants=VARIANTS,
        ordered_by=by,
        status=JobStatus.READY,
        started_at=now,
        finished_at=now,
        progress=100,
        summary={
            "targets": len(targets),
            "leads": 0,
            "waiting": 0,
            "price": 25,
            "differs": 0,
            "variants": [told | {"code": code, "name": code} for code in VARIANTS],
            "load": [],
        },
    )
    for target in targets:
        a_row_of(run, target)
    return run


def a_row_of(run: MatchRun, target: School, lead: School | None = None) -> list[MatchRow]:
    """What the target gets in both variants."""
    told = [{"text": "Нет лидера с опытом по её факторам", "tone": "against", "why": "nobody"}]
    given = {"lead": lead, "score": 0.5 if lead else None, "reasons": [] if lead else told}
    return [run.rows.create(variant=code, target=target, **given) for code in VARIANTS]

"""The whole job of one run: claim, collect, assign, write the rows, tell the person.

The row is the truth. The rows of the run and its end are one transaction, so a worker that is
killed leaves nothing half-written, and whoever lost the claim writes nothing.
"""

import logging
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError, transaction

from accounts.actions import notify
from common.academic_year import AcademicYear
from common.jobs import ClaimLost, Pulse
from partnerships.enums import PairRuleKind
from partnerships.match_facts import leads_of, pasts_of, rules_of, targets_of
from partnerships.matching.facts import PRESETS
from partnerships.matching.matrix import Crowd
from partnerships.models import MatchRow, MatchRun
from partnerships.runs import words
from partnerships.runs.plan import Told, Variant, planned
from partnerships.runs.targets import schools_to_match
from partnerships.unpaired import schools_without_partner
from schools.models import Municipality

log = logging.getLogger("portal.matching")

BROKEN = "Внутренняя ошибка при подборе. Повторите; если не поможет, сообщите администратору."
_BATCH = 500


def run_match(pk: int) -> bool:
    """Do the job of a queued run; False when it was not there to be taken, or was lost."""
    if not MatchRun.objects.claim(pk):
        log.info("Run of matching %s is not waiting, nothing to do", pk)
        return False
    run = MatchRun.objects.select_related("municipality", "ordered_by").get(pk=pk)
    try:
        _make(run)
    except ClaimLost:
        log.warning("Run of matching %s was given to another worker", pk)
        return False
    except (OperationalError, InterfaceError):
        raise  # nothing can be written either: recover() takes the row over
    except Exception:
        log.exception("Run of matching %s failed", pk)
        if MatchRun.objects.fail(pk, BROKEN):
            _tell(run, "Подбор пар не получился, откройте и посмотрите причину")
        return False
    _tell(run, f"Подбор пар на {run.year} учебный год готов")
    return True


def _make(run: MatchRun) -> None:
    pulse = Pulse(MatchRun.objects, run.pk)
    crowd = crowd_of(run.municipality, run.year, pulse)
    waiting = schools_without_partner(run.municipality, run.year).count() - len(crowd.targets)
    if not crowd.targets:
        _finish(run, [], words.nobody_to_help(waiting), pulse)
        return
    variants = planned(crowd, [PRESETS[code] for code in run.variants], pulse)
    _finish(run, variants, words.summary(variants, waiting), pulse)


def crowd_of(municipality: Municipality, year: AcademicYear, told: Told) -> Crowd:
    """Facts of everybody: schools that need a lead, schools that may be one, facts of pairs."""
    told("Собираются сведения: целевые школы", 5)
    targets = targets_of(municipality, year, schools_to_match(municipality, year))
    told("Собираются сведения: лидеры", 15)
    leads, rules = leads_of(municipality, year), rules_of(municipality)
    pinned = {lead for (lead, _), rule in rules.items() if rule.kind == PairRuleKind.PIN}
    # Whoever knows nothing of any need and leads nobody would only make the matrices wide.
    useful = [
        lead
        for lead in leads
        if lead.covers or lead.directions or lead.load or lead.proposed or lead.id in pinned
    ]
    return Crowd(targets, useful, pasts_of(municipality), rules)


def _finish(run: MatchRun, variants: list[Variant], told: words.Json, pulse: Pulse) -> None:
    # Inside the transaction nobody sees a sign of life, so it is said before.
    pulse("Записываются пары", 80)
    with transaction.atomic():
        write_rows(run, variants)
        if not MatchRun.objects.finish(run.pk, summary=told, stage=""):
            raise ClaimLost


def write_rows(run: MatchRun, variants: list[Variant]) -> None:
    """Write what each target got in each variant, instead of what a lost attempt left."""
    run.rows.all().delete()
    rows = (row for variant in variants for row in _rows(run, variant))
    MatchRow.objects.bulk_create(rows, batch_size=_BATCH)


def _rows(run: MatchRun, variant: Variant) -> Iterator[MatchRow]:
    for place, target in enumerate(variant.crowd.targets):
        lead = variant.lead_of(place)
        yield MatchRow(
            run=run,
            variant=variant.weights.code,
            target_id=target.id,
            lead_id=lead.id if lead else None,
            score=variant.score(place),
            reasons=(
                words.pair_reasons(variant, target, lead)
                if lead
                else words.unpaired_reasons(variant, place)
            ),
        )


def _tell(run: MatchRun, text: str) -> None:
    notify(
        recipients=[run.ordered_by] if run.ordered_by else [],
        text=text,
        url_name="partnerships:run",
        url_args=[run.pk],
    )

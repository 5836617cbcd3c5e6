"""How the common rows get into the database: again and again without harm."""

from typing import Any, TypeVar

from django.db import models

from indicators.models import Breakdown, Indicator
from network_portal.catalogues.agreement import AGREEMENT_TEMPLATES
from network_portal.catalogues.factors import FACTORS
from network_portal.catalogues.indicators import BREAKDOWNS, INDICATORS
from network_portal.catalogues.network import (
    DIFFICULTIES,
    EFFECTS,
    EVENT_KINDS,
    EVIDENCE_KINDS,
    MOVE_REASONS,
    OBLIGATIONS,
    TARGET_GROUPS,
)
from network_portal.catalogues.plan_loading import load_plans
from network_portal.catalogues.rows import Row
from network_portal.catalogues.schools import (
    CATEGORIES,
    DIRECTIONS,
    FEATURES,
    FUNCTIONS,
    LEGAL_FORMS,
    PROCEDURES,
)
from network_portal.catalogues.statements import STATEMENTS
from partnerships.models import AgreementTemplate, MoveReason, Obligation, Statement
from roadmaps.models import Difficulty, Effect, EventKind, EvidenceKind, TargetGroup
from schools.models import (
    AssessmentProcedure,
    CatalogueItem,
    Category,
    Direction,
    LegalForm,
    RiskFactor,
    SchoolFeature,
    TeamFunction,
)

Item = TypeVar("Item", bound=CatalogueItem)

#: Directions first: factors and features refer to them.
CATALOGUES: dict[type[CatalogueItem], list[Row]] = {
    LegalForm: LEGAL_FORMS,
    Category: CATEGORIES,
    Direction: DIRECTIONS,
    RiskFactor: FACTORS,
    SchoolFeature: FEATURES,
    TeamFunction: FUNCTIONS,
    AssessmentProcedure: PROCEDURES,
    Obligation: OBLIGATIONS,
    Statement: STATEMENTS,
    AgreementTemplate: AGREEMENT_TEMPLATES,
    MoveReason: MOVE_REASONS,
    EventKind: EVENT_KINDS,
    TargetGroup: TARGET_GROUPS,
    EvidenceKind: EVIDENCE_KINDS,
    Effect: EFFECTS,
    Difficulty: DIFFICULTIES,
    Indicator: INDICATORS,
}

#: Columns that came later than their rows: an empty one is filled, a filled one is left.
FILLED_LATER: dict[type[CatalogueItem], tuple[str, ...]] = {
    RiskFactor: ("definition", "deficit", "aliases", "replaced_by"),
    Statement: ("source",),
}


def by_code(model: type[Item]) -> dict[str, Item]:
    """The common rows of a catalogue by their codes."""
    # The plugin of Django forgets which model the variable stands for, with a cache or without.
    rows: Any = model.objects.filter(municipality=None)
    return {row.code: row for row in rows}


def load_catalogues() -> int:
    """Add the common rows that are not there yet; return how many were added."""
    added = sum(_load(model, rows) for model, rows in CATALOGUES.items())
    return added + _load_breakdowns() + load_plans()


def _load(model: type[CatalogueItem], rows: list[Row]) -> int:
    known = set(by_code(model))
    missing = [
        model(code=row.code, name=row.name, position=position, **row.more)
        for position, row in enumerate(rows, start=1)
        if row.code not in known
    ]
    added = len(model.objects.bulk_create(missing))
    if names := FILLED_LATER.get(model):
        _fill(model, rows, names)
    if any(row.directions for row in rows):
        _link_directions(model, rows)
    return added


def _fill(model: type[CatalogueItem], rows: list[Row], names: tuple[str, ...]) -> None:
    """Fill the empty columns of the rows; one statement, none where all are filled."""
    found = by_code(model)
    changed = []
    for row in rows:
        item = found[row.code]
        values = _values(row, names, found)
        empty = {name: value for name, value in values.items() if not getattr(item, name)}
        for name, value in empty.items():
            setattr(item, name, value)
        changed += [item] if empty else []
    model.objects.bulk_update(changed, names)


def _values(row: Row, names: tuple[str, ...], found: dict[str, Any]) -> dict[str, Any]:
    """What the row says of these columns; a link to a row of the same catalogue is that row."""
    linked = {"replaced_by": found[row.replaced_by]} if row.replaced_by else {}
    return linked | {name: row.more[name] for name in names if row.more.get(name)}


def _link_directions(model: Any, rows: list[Row]) -> None:
    """Link rows that have no direction yet; what people chose is left alone."""
    found: dict[str, CatalogueItem] = by_code(model)
    directions = by_code(Direction)
    field = model._meta.get_field("directions")
    through: type[models.Model] = field.remote_field.through
    own = field.m2m_column_name()
    linked = set(through._default_manager.values_list(own, flat=True))
    through._default_manager.bulk_create(
        through(**{own: found[row.code].pk, "direction_id": directions[code].pk})
        for row in rows
        for code in row.directions
        if found[row.code].pk not in linked
    )


def _load_breakdowns() -> int:
    added = 0
    for indicator in Indicator.objects.filter(municipality=None, code__in=BREAKDOWNS):
        for position, (code, name) in enumerate(BREAKDOWNS[indicator.code], start=1):
            _, is_new = Breakdown.objects.get_or_create(
                indicator=indicator, code=code, defaults={"name": name, "position": position}
            )
            added += is_new
    return added

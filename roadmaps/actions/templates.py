"""Ready plans of a municipality: made, copied, their rows written, moved, removed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from common.versions import Stale
from partnerships.marks import mark_of
from roadmaps.drafts import DraftRow
from roadmaps.models import PlanTemplate, TemplateRow
from schools.codes import code_of
from schools.models import Municipality

HEAD_FIELDS = ("name", "factor", "direction", "description")
ROW_FIELDS = (
    "stage",
    "section",
    "title",
    "steps",
    "due_text",
    "responsible",
    "expected_result",
    "kind",
)
_COPIED = ("section", "title", "steps", "due_text", "responsible", "expected_result", "kind_id")


def head_mark(template: PlanTemplate) -> str:
    """What a form of the plan showed; another one when somebody has changed it since."""
    return mark_of(
        template.name,
        template.factor_id,
        template.direction_id,
        template.description,
        template.is_retired,
    )


def row_mark(row: TemplateRow) -> str:
    """The same of a row, its place not counted: moving contradicts no text."""
    factors = sorted(factor.pk for factor in row.factors.all())
    return mark_of(row.stage, *(getattr(row, name) for name in _COPIED), *factors)


@transaction.atomic
def create(
    *,
    municipality: Municipality,
    values: Mapping[str, Any],
    rows: Sequence[DraftRow] = (),
) -> PlanTemplate:
    """Make the municipality's own plan with these rows; one of the same name is given back, so
    that the same form sent twice makes one."""
    # Of two submits at once the second waits here and then finds the first's plan.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    own = PlanTemplate.objects.filter(municipality=municipality)
    if held := own.filter(name=values["name"], is_retired=False).first():
        return held
    taken = set(own.values_list("code", flat=True))
    template = PlanTemplate.objects.create(
        municipality=municipality,
        code=code_of(values["name"], taken),
        position=own.count() + 1,
        **{name: values[name] for name in HEAD_FIELDS if name in values},
    )
    _write_rows(template, rows)
    return template


def copy_for(*, template: PlanTemplate, municipality: Municipality) -> PlanTemplate:
    """The municipality's own copy, to be edited; one that was copied before is given back."""
    rows = [
        DraftRow(
            stage=row.stage,
            kind=row.kind_id,
            factors=tuple(factor.pk for factor in row.factors.all()),
            **{name: getattr(row, name) for name in _COPIED if name != "kind_id"},
        )
        for row in template.rows.prefetch_related("factors")
    ]
    values = {name: getattr(template, name) for name in HEAD_FIELDS}
    values["name"] = f"{template.name} ({municipality})"[:500]
    return create(municipality=municipality, values=values, rows=rows)


@transaction.atomic
def save_head(*, template: PlanTemplate, values: Mapping[str, Any], seen: str) -> None:
    """Write the name and what the plan is for; Stale when it was changed since `seen`."""
    current = PlanTemplate.objects.select_for_update().get(pk=template.pk)
    if head_mark(current) != seen:
        raise Stale(current)
    for name in HEAD_FIELDS:
        setattr(current, name, values[name])
    current.save()


def set_retired(*, template: PlanTemplate, is_retired: bool) -> None:
    PlanTemplate.objects.filter(pk=template.pk).update(is_retired=is_retired)


@transaction.atomic
def add_row(*, template: PlanTemplate, values: Mapping[str, Any]) -> TemplateRow:
    """Put a row at the end of its stage."""
    _hold(template)
    row = TemplateRow(template=template, position=_end(template, values["stage"]))
    return _written(row, values)


@transaction.atomic
def save_row(*, row: TemplateRow, values: Mapping[str, Any], seen: str) -> TemplateRow:
    """Write a row; one that changes its stage goes to the end of the new one. Stale when it was
    changed since `seen`, TemplateRow.DoesNotExist when it was removed."""
    _hold(row.template)
    current = TemplateRow.objects.get(pk=row.pk)
    if row_mark(current) != seen:
        raise Stale(current)
    if int(values["stage"]) != current.stage:
        current.position = _end(row.template, values["stage"])
    return _written(current, values)


@transaction.atomic
def move_row(*, row: TemplateRow, to: str) -> bool:
    """Change places with the neighbour above (`up`) or below; False at the edge."""
    _hold(row.template)
    rows = list(row.template.rows.filter(stage=row.stage))
    place = next((number for number, one in enumerate(rows) if one.pk == row.pk), None)
    other = None if place is None else place + (-1 if to == "up" else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for number, one in enumerate(rows, start=1):
        one.position = number
    TemplateRow.objects.bulk_update(rows, ["position"])
    return True


def remove_row(*, row: TemplateRow) -> None:
    TemplateRow.objects.filter(pk=row.pk).delete()


def _hold(template: PlanTemplate) -> None:
    PlanTemplate.objects.select_for_update().only("pk").get(pk=template.pk)


def _end(template: PlanTemplate, stage: Any) -> int:
    last = template.rows.filter(stage=stage).order_by("-position").first()
    return last.position + 1 if last else 1


def _written(row: TemplateRow, values: Mapping[str, Any]) -> TemplateRow:
    for name in ROW_FIELDS:
        setattr(row, name, values[name])
    row.save()
    row.factors.set(values["factors"])
    return row


def _write_rows(template: PlanTemplate, rows: Sequence[DraftRow]) -> None:
    """All rows at once; three statements, however many."""
    made = TemplateRow.objects.bulk_create(
        TemplateRow(
            template=template,
            stage=row.stage,
            position=number,
            kind_id=row.kind,
            **{name: getattr(row, name) for name in _COPIED if name != "kind_id"},
        )
        for number, row in enumerate(rows, start=1)
    )
    through = TemplateRow.factors.through
    through.objects.bulk_create(
        through(templaterow_id=place.pk, riskfactor_id=factor)
        for place, row in zip(made, rows, strict=True)
        for factor in dict.fromkeys(row.factors)
    )

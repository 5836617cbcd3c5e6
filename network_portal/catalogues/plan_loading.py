"""How ready plans get into the database: those that are missing, and never twice."""

from network_portal.catalogues.plans import PLANS, ReadyPlan
from roadmaps.models import EventKind, PlanTemplate, TemplateRow
from schools.models import Direction, RiskFactor


def load_plans() -> int:
    """Add the common plans that are not there yet; return how many were added. A plan that is
    there is left as it is, with what was changed in it."""
    plans = PlanTemplate.objects.filter(municipality=None)
    known = set(plans.values_list("code", flat=True))
    missing = [(place, plan) for place, plan in enumerate(PLANS, 1) if plan.code not in known]
    if not missing:
        return 0
    links = {
        model: {row.code: row.pk for row in model.objects.filter(municipality=None)}
        for model in (RiskFactor, Direction, EventKind)
    }
    made = PlanTemplate.objects.bulk_create(
        PlanTemplate(
            code=plan.code,
            name=plan.name,
            description=plan.description,
            position=place,
            factor_id=links[RiskFactor].get(plan.factor),
            direction_id=links[Direction].get(plan.direction),
        )
        for place, plan in missing
    )
    TemplateRow.objects.bulk_create(
        row
        for template, (_, plan) in zip(made, missing, strict=True)
        for row in _rows(template, plan, links[EventKind])
    )
    return len(made)


def _rows(template: PlanTemplate, plan: ReadyPlan, kinds: dict[str, int]) -> list[TemplateRow]:
    return [
        TemplateRow(
            template=template,
            stage=row.stage,
            position=place,
            title=row.title,
            steps="\n".join(row.steps),
            due_text=row.due,
            responsible=row.responsible,
            expected_result=row.result,
            kind_id=kinds.get(row.kind),
        )
        for place, row in enumerate(plan.rows, start=1)
    ]

"""Scenario 2: both schools work in a hard social context; otherwise people are warned (R083)."""

from collections.abc import Iterable

from common.academic_year import AcademicYear
from partnerships.enums import Scenario
from schools.enums import CategoryCode
from schools.models import Municipality, School, SchoolCategory

#: How sure a category makes it that the school works in the hard social context, 0..1 (R082). A
#: resilient one does well in spite of it; of the merged «ШНОР и ШНСУ» it is not said which of the
#: two applies (quirk 6).
HARD_CONTEXT: dict[str, float] = {
    CategoryCode.ADVERSE_CONTEXT: 1.0,
    CategoryCode.RESILIENT: 1.0,
    CategoryCode.LOW_OR_ADVERSE: 0.5,
}


def warning_of(
    scenario: str, schools: Iterable[School], municipality: Municipality, year: AcademicYear
) -> str:
    """Sentence about the schools that are not in the hard context that year; empty if none is.

    Of another municipality's school nothing is asked and nothing said. One query in scenario 2.
    """
    if scenario != Scenario.PEER_CONTEXT:
        return ""
    own = [school for school in schools if school.municipality_id == municipality.pk]
    hard = SchoolCategory.objects.in_year(year).filter(category__code__in=HARD_CONTEXT)
    known = set(hard.filter(school__in=own).values_list("school", flat=True))
    outside = [str(school) for school in own if school.pk not in known]
    if not outside:
        return ""
    return (
        f"Сценарий выбран для двух школ в сложном социальном контексте, а на {year} учебный год "
        "нет ни категории ШНСУ, ни категории эффективной (резильентной) школы: "
        f"{', '.join(outside)}. Проверьте категорию или сценарий."
    )

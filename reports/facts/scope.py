"""What the facts are about: a municipality, an academic year, a day."""

from dataclasses import dataclass
from datetime import date

from common.academic_year import AcademicYear
from schools.models import Municipality


@dataclass(frozen=True)
class Scope:
    """`today` is the day on which overdue is judged."""

    municipality: Municipality
    year: AcademicYear
    today: date

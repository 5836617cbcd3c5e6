"""Schools that the address names for a deed over many: `?school=…`, or a whole filter."""

from dataclasses import dataclass
from typing import Self

from django.utils import timezone

from common.academic_year import AcademicYear
from common.row_id import row_id
from common.russian import grouped
from schools.forms.listing import SchoolFilter
from schools.listing import narrowed
from schools.models import School
from schools.requests import PortalRequest

#: Schools of one deed: it is one transaction, and its author reads what became of them.
MOST = 1000
#: Names on a page or in a message; the others are counted.
NAMED = 10

_NONE = "Школы не выбраны. Отметьте их в списке школ и повторите."
_LOST = "Часть выбранных школ не найдена в муниципалитете. Отметьте школы в списке заново."
_MANY = f"Выбрано больше {grouped(MOST)} школ. Сузьте отбор: за один раз меняется не больше."


@dataclass(frozen=True)
class Chosen:
    """The schools, in natural order; `problem` says why nothing can be done with them."""

    schools: list[School]
    problem: str
    is_whole_filter: bool

    @classmethod
    def of(cls, request: PortalRequest) -> Self:
        """Read `?all=1` with the filter of the list, or ids."""
        whole = "all" in request.GET
        rows = School.objects.visible_to(request.user).of(request.municipality)
        asked: set[int] = set()
        if whole:
            chosen = SchoolFilter(request.GET, municipality=request.municipality, user=request.user)
            chosen.is_valid()
            year = AcademicYear.of(timezone.localdate())
            rows = narrowed(rows, chosen.cleaned_data, request.user, year)
        else:
            asked = {row_id(text) for text in request.GET.getlist("school")[: MOST + 1]}
            rows = rows.filter(pk__in=asked)
        found = list(rows.select_related("legal_form")[: MOST + 1])
        return cls(found, _problem(found, asked), whole)


def named(schools: list[School]) -> str:
    """«СОШ №2, СОШ №5 и ещё 12»."""
    names = ", ".join(str(school) for school in schools[:NAMED])
    rest = len(schools) - NAMED
    return f"{names} и ещё {rest}" if rest > 0 else names


def _problem(found: list[School], asked: set[int]) -> str:
    if max(len(found), len(asked)) > MOST:
        return _MANY
    if asked and len(found) < len(asked):
        return _LOST
    return "" if found else _NONE

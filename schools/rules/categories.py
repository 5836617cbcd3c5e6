"""Who sets and ends categories of schools, and of which schools they may be."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.enums import CategoryCode
from schools.models import Municipality, School, SchoolCategory
from schools.standing import permissions_of

#: Categories that the merged «ШНОР и ШНСУ» stands for while it is not known which (R052).
PARTS_OF_MERGED = frozenset({CategoryCode.LOW_RESULTS, CategoryCode.ADVERSE_CONTEXT})


def can_set(user: User, municipality: Municipality | int | None) -> Verdict:
    """Categories are set by the methodist (decisions.md 5)."""
    if municipality and Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Категории школ назначает и завершает методист.")


def can_have(school: School) -> Verdict:
    """Whether a category may be set: external organisations have none, closed schools are read."""
    if school.is_external:
        return Denied("не общеобразовательная организация, категорий не имеет")
    if school.closed_on:
        return Denied("закрыта")
    return Allowed()


def can_change(user: User, held: SchoolCategory) -> Verdict:
    """Whether a category may be ended or removed."""
    return can_set(user, held.school.municipality_id)

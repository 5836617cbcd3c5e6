"""Who may see and change what of the schools."""

from accounts.models import User
from accounts.roles import STAFF_ROLES, Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import Municipality, School
from schools.standing import memberships_of, permissions_of, schools_of


def can_see_schools(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.SEE_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Карточки школ видят сотрудники комитета и школ муниципалитета.")


def can_edit(user: User, school: School) -> Verdict:
    """The card is kept by the methodist (decisions.md 5)."""
    if Permission.EDIT_NETWORK in permissions_of(user, school.municipality_id):
        return Allowed()
    return Denied("Карточку школы правит методист.")


def can_see_risks(user: User, school: School) -> Verdict:
    """Own school, or all of the municipality; agrees with `RiskProfile.visible_to`."""
    everywhere = Permission.SEE_ALL_RISKS in permissions_of(user, school.municipality_id)
    if everywhere or school.pk in schools_of(user):
        return Allowed()
    return Denied(
        "Рисковый профиль видят сама школа, методисты и председатель комитета; "
        "партнёры – в карточке партнёрства."
    )


def can_see_all_risks(user: User, municipality: Municipality | None) -> Verdict:
    """Whether lists may be chosen by risks: an own school among others would tell theirs."""
    if Permission.SEE_ALL_RISKS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Риски всех школ видят методисты и председатель комитета.")


def can_see_some_risks(user: User, municipality: Municipality | int) -> Verdict:
    """Whether any school of the municipality shows its risks to the person."""
    key = getattr(municipality, "pk", municipality)
    own = any(
        row.municipality_id == key and row.role in STAFF_ROLES for row in memberships_of(user)
    )
    if own or Permission.SEE_ALL_RISKS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Риски школ видят сами школы, методисты и председатель комитета.")


def can_create(user: User, municipality: Municipality | None) -> Verdict:
    """The list of schools is kept by the methodist (decisions.md 5)."""
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Школы вносит методист.")


def can_propose(user: User, school: School) -> Verdict:
    """The school itself proposes changes of its card and sends requests of its team."""
    held = Permission.PROPOSE_CHANGES in permissions_of(user, school.municipality_id)
    if held and school.pk in schools_of(user):
        return Allowed()
    return Denied("Правки карточки предлагают директор и координатор этой школы.")

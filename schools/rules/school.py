"""Who may see and change what of the schools."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import Municipality, School
from schools.standing import permissions_of, schools_of


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

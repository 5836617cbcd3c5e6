"""Who sees and keeps the papers of a school (R017): they tell of its risks (decision 6)."""

from datetime import date

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import School
from schools.rules.school import can_propose, can_see_risks
from schools.standing import permissions_of


def can_see(user: User, school: School) -> Verdict:
    if school.is_external:
        return Denied("У внешней организации нет программ и запросов: она не школа.")
    if can_see_risks(user, school):
        return Allowed()
    return Denied(
        "Документы и запросы школы видят она сама, методисты и председатель комитета: "
        "в них сказано о рисках."
    )


def can_keep(user: User, school: School, today: date) -> Verdict:
    """The methodist and the school itself; a closed one is only shown."""
    methodist = Permission.EDIT_NETWORK in permissions_of(user, school.municipality_id)
    if not (methodist or can_propose(user, school)):
        return Denied("Документы и запросы ведут методист, директор и координатор этой школы.")
    if school.is_external:
        return Denied("У внешней организации нет программ и запросов: она не школа.")
    if school.is_closed_on(today):
        return Denied("Школа закрыта: её документы и запросы остаются, какими были.")
    return Allowed()

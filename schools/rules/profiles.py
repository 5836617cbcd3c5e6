"""Who sees and keeps risk profiles, features and the infrastructure check of a school."""

from collections.abc import Collection
from datetime import date

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.russian import long_date
from common.verdicts import Allowed, Denied, Verdict
from schools.enums import Significance
from schools.models import RiskProfileItem, School
from schools.rules.school import can_see_risks
from schools.standing import permissions_of

#: No profile is older; the project that made them began much later.
FIRST_YEAR = AcademicYear(1990)


def can_see(user: User, school: School) -> Verdict:
    """The tab «Риски»; an external organisation has none (quirk 25)."""
    if school.is_external:
        return Denied("У внешней организации рисков нет: рисковый профиль ведут только для школ.")
    return can_see_risks(user, school)


def can_edit(user: User, school: School, today: date) -> Verdict:
    """Profiles, features and infrastructure of an open school are kept by the methodist."""
    if Permission.EDIT_NETWORK not in permissions_of(user, school.municipality_id):
        return Denied("Рисковый профиль, особенности и проверку инфраструктуры ведёт методист.")
    if school.is_external:
        return Denied("Это внешняя организация: риски и инфраструктуру отмечают только у школ.")
    if school.closed_on and school.is_closed_on(today):
        day = long_date(school.closed_on)
        return Denied(f"Школа закрыта {day}: её риски и проверки остаются как есть.")
    return Allowed()


def is_sensible(year: AcademicYear, today: date) -> Verdict:
    """Years from 1990/91 to the next one; plans further ahead are slips of the pen."""
    last = AcademicYear.of(today).next
    if FIRST_YEAR <= year <= last:
        return Allowed()
    return Denied(f"Укажите учебный год не раньше {FIRST_YEAR} и не позже {last}.")


def can_copy(year: AcademicYear, known: Collection[AcademicYear]) -> Verdict:
    """`known`: years of which the school has a profile."""
    if year in known:
        return Denied(f"Профиль за {year} учебный год уже есть: правьте его.")
    if not any(other < year for other in known):
        return Denied(f"Копировать не из чего: до {year} учебного года профилей нет.")
    return Allowed()


def can_overcome(item: RiskProfileItem, *, again: bool) -> Verdict:
    """`again`: the same deed sent twice is no offence; a page for it is not offered."""
    if item.significance == Significance.NONE:
        return Denied("Этот фактор не выявлен: преодолевать нечего.")
    if item.overcome and not again:
        return Denied("Этот фактор уже отмечен преодолённым. Поправить можно в самом профиле.")
    return Allowed()


def can_compare(number: int) -> Verdict:
    """`number`: how many profiles the school has."""
    if number < 2:
        return Denied("Сравнить можно профили двух лет: их пока меньше двух.")
    return Allowed()

"""Who writes down what a school shares, offers and needs, and who its mentors are."""

from accounts.models import User
from common.verdicts import Allowed, Denied, Verdict
from schools.models import Experience, Mentor, Resource, School
from schools.rules import school as schools

Shared = Experience | Resource | Mentor


def can_share(user: User, school: School) -> Verdict:
    """The methodist, and the school itself: it knows best what it can do."""
    if not (schools.can_edit(user, school) or schools.can_propose(user, school)):
        return Denied(
            "Опыт, ресурсы и наставников записывают методист, директор и координатор этой школы."
        )
    if school.closed_on:
        return Denied("Школа закрыта: её опыт и ресурсы больше не меняются.")
    return Allowed()


def can_change(user: User, row: Shared) -> Verdict:
    school = row.person.school if isinstance(row, Mentor) else row.school
    if school is None:
        return Denied("Это запись человека, который не работает в школе.")
    return can_share(user, school)

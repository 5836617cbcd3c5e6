"""Who keeps the people of a team or seminar (R137–R142)."""

from accounts.models import User
from common.verdicts import Denied, Verdict
from partnerships.models import Partnership
from partnerships.rules.partnership import can_create, still_open


def can_keep(user: User, partnership: Partnership) -> Verdict:
    """The methodist, who coordinates the group (R140), while it is neither paused nor ended."""
    if not partnership.is_group:
        return Denied("Людей называют только в команде или семинаре: здесь участвуют школы.")
    if not can_create(user, partnership.municipality):
        return Denied("Состав команды ведёт методист муниципалитета опорной школы.")
    return still_open(partnership)

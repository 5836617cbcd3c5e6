"""Who keeps «Информационные ресурсы» of the network and of a partnership (R098)."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from partnerships.models import Material, Partnership
from partnerships.rules.partnership import can_create, is_curator, still_open
from schools.models import Municipality
from schools.standing import permissions_of


def can_keep_network(user: User, municipality: Municipality | int | None) -> Verdict:
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Информационные ресурсы сети ведёт методист муниципалитета.")


def can_keep(user: User, partnership: Partnership) -> Verdict:
    """The methodist and a curator of this very pair, while it is neither paused nor ended."""
    if can_create(user, partnership.municipality) or is_curator(user, partnership):
        return still_open(partnership)
    return Denied("Материалы партнёрства ведут методист и куратор этой пары.")


def can_change(user: User, material: Material) -> Verdict:
    if material.partnership is None:
        return can_keep_network(user, material.municipality_id)
    return can_keep(user, material.partnership)

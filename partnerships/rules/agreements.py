"""Who keeps agreements, and why not (R065). Whoever sees the partnership sees its agreements."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from partnerships.models import Agreement, AgreementTemplate, Partnership
from partnerships.rules.partnership import can_edit
from schools.models import Municipality
from schools.rules import catalogues
from schools.standing import permissions_of


def can_list(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Все договоры муниципалитета видят методисты и председатель комитета.")


def can_keep(user: User, partnership: Partnership) -> Verdict:
    return can_edit(user, partnership)


def can_supplement(user: User, agreement: Agreement) -> Verdict:
    if agreement.parent_id:
        return Denied("Дополнительное соглашение заключают к самому договору.")
    return can_keep(user, agreement.partnership)


def can_delete(agreement: Agreement, *, has_supplements: bool) -> Verdict:
    """Of one written down by mistake; who may keep it is asked apart."""
    if has_supplements:
        return Denied(
            f"{agreement} не удалить: к нему записаны дополнительные соглашения. "
            "Сначала удалите их."
        )
    return Allowed()


def can_keep_templates(user: User, municipality: Municipality | None) -> Verdict:
    return catalogues.can_open(user, municipality)


def can_change_template(user: User, template: AgreementTemplate) -> Verdict:
    return catalogues.can_change(user, template)

"""Form of networking from the members' types and departments (R156–R158). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnerships.enums import NetworkForm


@dataclass(frozen=True)
class Party:
    """Type by law and governing department of one member; an empty department is unknown."""

    org_type: str
    department: str


@dataclass(frozen=True)
class FormVerdict:
    form: NetworkForm
    reason: str


def form_of(parties: Iterable[Party]) -> FormVerdict:
    """Say which form the members make, or why none can be said (quirk 23)."""
    members = list(parties)
    if len(members) < 2:
        return FormVerdict(NetworkForm.UNDETERMINED, "Нужны хотя бы два участника")
    if not all(party.department for party in members):
        return FormVerdict(
            NetworkForm.UNDETERMINED, "Не у всех участников указана ведомственная принадлежность"
        )
    one_type = len({party.org_type for party in members}) == 1
    one_department = len({party.department.casefold() for party in members}) == 1
    if one_type and one_department:
        return FormVerdict(
            NetworkForm.HORIZONTAL, "Участники одного типа и одной ведомственной принадлежности"
        )
    if one_department:
        return FormVerdict(
            NetworkForm.VERTICAL, "Участники разных типов и одной ведомственной принадлежности"
        )
    if not one_type:
        return FormVerdict(
            NetworkForm.MIXED, "Участники разных типов и разной ведомственной принадлежности"
        )
    return FormVerdict(
        NetworkForm.UNDETERMINED,
        "Участники одного типа, но разной ведомственной принадлежности: такая форма не описана",
    )

"""Who leads whom, what was promised and how the pair lives."""

from partnerships.models.agreement import Agreement, AgreementSignatory, AgreementTemplate
from partnerships.models.change import PartnershipChange
from partnerships.models.concern import Concern, ConcernTransition
from partnerships.models.curator import CuratorAssignment, Visit
from partnerships.models.file import PartnershipFile
from partnerships.models.matching import MatchRow, MatchRun
from partnerships.models.material import Material
from partnerships.models.move import MoveReason, PartnershipTransition
from partnerships.models.obligation import Obligation, PartnershipObligation
from partnerships.models.partnership import Partnership, PartnershipMember
from partnerships.models.statement import Statement
from partnerships.models.team import TeamPerson
from partnerships.models.terms import LeadTerms, NetworkSettings, PairRule

__all__ = [
    "Agreement",
    "AgreementSignatory",
    "AgreementTemplate",
    "Concern",
    "ConcernTransition",
    "CuratorAssignment",
    "LeadTerms",
    "MatchRow",
    "MatchRun",
    "Material",
    "MoveReason",
    "NetworkSettings",
    "Obligation",
    "PairRule",
    "Partnership",
    "PartnershipChange",
    "PartnershipFile",
    "PartnershipMember",
    "PartnershipObligation",
    "PartnershipTransition",
    "Statement",
    "TeamPerson",
    "Visit",
]

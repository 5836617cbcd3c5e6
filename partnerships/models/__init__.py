"""Who leads whom, what was promised and how the pair lives."""

from partnerships.models.agreement import Agreement, Obligation, PartnershipObligation
from partnerships.models.curator import CuratorAssignment, Visit
from partnerships.models.partnership import (
    Partnership,
    PartnershipMember,
    PartnershipTransition,
)
from partnerships.models.statement import Statement

__all__ = [
    "Agreement",
    "CuratorAssignment",
    "Obligation",
    "Partnership",
    "PartnershipMember",
    "PartnershipObligation",
    "PartnershipTransition",
    "Statement",
    "Visit",
]

"""Municipalities, schools, who works where, risk profiles, categories and what schools share."""

from schools.models.catalogue import CatalogueItem, CatalogueQuerySet
from schools.models.category import BasisDocument, Category, InfrastructureCheck, SchoolCategory
from schools.models.change import SchoolChange
from schools.models.factor import AssessmentProcedure, Direction, RiskFactor, SchoolFeature
from schools.models.file import SchoolFile
from schools.models.membership import Membership, TeamFunction
from schools.models.municipality import Municipality
from schools.models.paper import SchoolDocument, TeamRequest
from schools.models.proposal import CardProposal, CardProposalTransition
from schools.models.risk import RiskProfile, RiskProfileItem
from schools.models.school import LegalForm, School
from schools.models.sharing import Experience, Mentor, Resource
from schools.models.watch import Watch
from schools.models.workbook import ImportRow, WorkbookImport

__all__ = [
    "AssessmentProcedure",
    "BasisDocument",
    "CardProposal",
    "CardProposalTransition",
    "CatalogueItem",
    "CatalogueQuerySet",
    "Category",
    "Direction",
    "Experience",
    "ImportRow",
    "InfrastructureCheck",
    "LegalForm",
    "Membership",
    "Mentor",
    "Municipality",
    "Resource",
    "RiskFactor",
    "RiskProfile",
    "RiskProfileItem",
    "School",
    "SchoolCategory",
    "SchoolChange",
    "SchoolDocument",
    "SchoolFeature",
    "SchoolFile",
    "TeamFunction",
    "TeamRequest",
    "Watch",
    "WorkbookImport",
]

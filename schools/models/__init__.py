"""Municipalities, schools, who works where, risk profiles and clusters' facts."""

from schools.models.catalogue import CatalogueItem, CatalogueQuerySet
from schools.models.category import BasisDocument, Category, InfrastructureCheck, SchoolCategory
from schools.models.membership import Membership
from schools.models.municipality import Municipality
from schools.models.risk import (
    Direction,
    Experience,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
)
from schools.models.school import LegalForm, School

__all__ = [
    "BasisDocument",
    "CatalogueItem",
    "CatalogueQuerySet",
    "Category",
    "Direction",
    "Experience",
    "InfrastructureCheck",
    "LegalForm",
    "Membership",
    "Municipality",
    "RiskFactor",
    "RiskProfile",
    "RiskProfileItem",
    "School",
    "SchoolCategory",
]

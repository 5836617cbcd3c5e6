"""Ready plans that every installation starts with (R018–R022, R137–R155), in our own words.

One for the three stages of any pair, one for each risk factor of today's list. Due dates are words
without a year, so a plan never ages; kinds, factors and directions are named by their codes.
"""

from network_portal.catalogues.plans.base import BASE
from network_portal.catalogues.plans.learning import LEARNING
from network_portal.catalogues.plans.shape import PlanRow, ReadyPlan
from network_portal.catalogues.plans.teaching import TEACHING

__all__ = ["PLANS", "PlanRow", "ReadyPlan"]

#: In the order in which they are offered.
PLANS: tuple[ReadyPlan, ...] = (BASE, *TEACHING, *LEARNING)

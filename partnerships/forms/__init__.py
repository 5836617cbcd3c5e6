"""Forms of the partnerships' pages."""

from partnerships.forms.lists import PartnershipFilter, UnpairedFilter
from partnerships.forms.partnership import PartnershipForm

__all__ = ["PartnershipFilter", "PartnershipForm", "UnpairedFilter"]

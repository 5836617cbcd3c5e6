"""Forms of the partnerships' pages."""

from partnerships.forms.deeds import MoveForm, VisitForm
from partnerships.forms.lists import PartnershipFilter
from partnerships.forms.partnership import PartnershipForm

__all__ = ["MoveForm", "PartnershipFilter", "PartnershipForm", "VisitForm"]

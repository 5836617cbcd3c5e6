"""What documents add to pages of the floors below."""

from typing import Any

from accounts.models import User
from partnerships.models import AgreementTemplate, Partnership
from reports import rules
from reports.enums import DocumentKind
from reports.models import Document, new_request_key

#: Drafts on the card; the others stand in the archive.
SHOWN = 5


def agreement_drafts(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """The draft of an agreement as PDF: order it, and what was made; for those who may."""
    (partnership,) = partnerships
    if not rules.can_order(user, partnership.municipality):
        return None
    samples = AgreementTemplate.objects.for_municipality(partnership.municipality).current()
    made = Document.objects.visible_to(user).filter(
        kind=DocumentKind.AGREEMENT, partnership=partnership
    )
    return {
        "title": "Проект договора в PDF",
        "partnership": partnership,
        "samples": list(samples.defer("text")),
        "documents": list(made.defer("context")[:SHOWN]),
        "request_key": new_request_key(),
    }

"""The draft of an agreement: the text that partnerships fill, frozen as plain JSON."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from partnerships.agreement_draft import draft_of, for_draft
from partnerships.agreement_text import (
    Block,
    Heading,
    Items,
    Paragraph,
    Party,
    Signatures,
    Title,
)
from partnerships.models import Partnership
from reports.builders.blocks import Gap, text
from reports.enums import DocumentKind
from reports.models import Document

VERSION = 1
Progress = Callable[[str, int], None]


def build(document: Document, moment: datetime, on_progress: Progress) -> dict[str, Any]:
    """The text as it is now; LookupError where partnership or template are gone."""
    on_progress("Заполняется образец", 5)
    partnership = (
        for_draft(Partnership.objects.all()).filter(pk=document.partnership_id or 0).first()
    )
    if partnership is None or document.template is None:
        raise LookupError("The partnership or the template of an agreement is gone")
    blocks = draft_of(partnership, document.template)
    return {
        "version": VERSION,
        "kind": DocumentKind.AGREEMENT.value,
        "head": {
            "title": f"Проект договора: {document.subject}",
            "committee": document.municipality.committee_name,
            "created": timezone.localtime(moment).isoformat(timespec="seconds"),
        },
        "sections": _sections(blocks),
        "gaps": [],
        "figures": {"partnership": partnership.pk, "template": document.template.pk},
    }


def missing_for(document: Document) -> list[Gap]:
    """What is not known stays a blank in the draft: nothing to mend before."""
    return []


def _sections(blocks: list[Block]) -> list[dict[str, Any]]:
    """A heading begins a section; what stands before the first one has no title."""
    sections: list[dict[str, Any]] = [{"code": "", "title": "", "blocks": []}]
    for block in blocks:
        if isinstance(block, Heading):
            sections.append({"code": "", "title": block.text, "blocks": []})
        else:
            sections[-1]["blocks"].append(_as_json(block))
    return [section for section in sections if section["title"] or section["blocks"]]


def _as_json(block: Block) -> dict[str, Any]:
    match block:
        case Title():
            return {"kind": "title", "text": block.text}
        case Items():
            # Semicolons and the full stop are put already.
            return {"kind": "items", "items": list(block.items)}
        case Signatures():
            sides = (("Сторона 1", block.first), ("Сторона 2", block.second))
            return {"kind": "signatures", "sides": [_side(*side) for side in sides]}
        case Paragraph() | Heading():
            return text(block.text)


def _side(title: str, parties: tuple[Party, ...]) -> dict[str, Any]:
    rows = [{"name": one.name, "post": one.post, "person": one.person} for one in parties]
    return {"title": title, "parties": rows or [{"name": "", "post": "", "person": ""}]}

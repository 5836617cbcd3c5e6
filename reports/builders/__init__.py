"""Builders of documents: from records to a frozen context of plain JSON."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reports.builders import agreement, network
from reports.builders.blocks import Gap
from reports.enums import DocumentKind
from reports.models import Document

Progress = Callable[[str, int], None]
_BUILDERS: dict[DocumentKind, Any] = {
    DocumentKind.NETWORK: network,
    DocumentKind.AGREEMENT: agreement,
}


def build(document: Document, moment: datetime, on_progress: Progress) -> dict[str, Any]:
    """Frozen context of the document by its kind."""
    return _BUILDERS[DocumentKind(document.kind)].build(document, moment, on_progress)


def missing_for(document: Document) -> list[Gap]:
    """«Чего не хватает»: sentences with the page where each can be mended."""
    return _BUILDERS[DocumentKind(document.kind)].missing_for(document)

"""«О сети»."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from accounts.roles import Permission
from common.verdicts import require
from partnerships.enums import StatementKind
from partnerships.forms.lists import AboutFilter
from partnerships.models import Obligation, Statement
from partnerships.rules import partnership as rules
from partnerships.section import tabs_for
from schools.requests import PortalRequest
from schools.standing import permissions_of

_KEEPERS = {Permission.EDIT_CATALOGUES, Permission.EDIT_COMMON_CATALOGUES}


@dataclass(frozen=True)
class Section:
    """Statements of a kind, those of the same documents together."""

    kind: StatementKind
    parts: list[tuple[str, list[Statement]]]


def about(request: PortalRequest) -> HttpResponse:
    """Definitions, characteristics, aims, tasks and principles, all or those of one document, and
    what a lead school owes."""
    user, municipality = request.user, request.municipality
    require(rules.can_list(user, municipality))
    statements = list(Statement.objects.for_municipality(municipality).current())
    chosen = AboutFilter(request.GET, statements=statements)
    chosen.is_valid()
    source = chosen.cleaned_data.get("source")
    shown = [row for row in statements if not source or source in row.sources]
    context = {
        "filter": chosen,
        "source": source,
        "sections": _sections(shown),
        "obligations": Obligation.objects.for_municipality(municipality).current(),
        "tabs": tabs_for(request, "partnerships:about"),
        "keeps": bool(_KEEPERS & permissions_of(user, municipality)),
    }
    return render(request, "partnerships/about.html", context)


def _sections(statements: Sequence[Statement]) -> list[Section]:
    by_kind = {kind: [row for row in statements if row.kind == kind] for kind in StatementKind}
    return [
        Section(
            kind,
            [(name, list(part)) for name, part in groupby(rows, lambda row: row.source)],
        )
        for kind, rows in by_kind.items()
        if rows
    ]

"""The information справка on the network: chosen sections, numbered densely, as plain JSON."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.names import signature_name
from common.russian import long_date, uncapital
from reports.builders.blocks import Gap, Numbering, Section
from reports.builders.conclusions import conclusions
from reports.builders.figures import gaps_of_indicators, indicators
from reports.builders.general import aim, experience, gaps_of_experience, general
from reports.builders.schools import clusters, gaps_of_clusters, gaps_of_risks, risks
from reports.builders.work import gaps_of_partnerships, gaps_of_roadmaps, partnerships, roadmaps
from reports.enums import NetworkSection
from reports.facts.network import NetworkFacts
from reports.facts.scope import Scope
from reports.models import Document

#: Changes with the shape of a frozen context, so that an old one can be told from a new one.
VERSION = 1
Progress = Callable[[str, int], None]

SECTIONS: dict[str, Callable[[NetworkFacts, Numbering], Section]] = {
    NetworkSection.GENERAL: general,
    NetworkSection.AIM: aim,
    NetworkSection.EXPERIENCE: experience,
    NetworkSection.CLUSTERS: clusters,
    NetworkSection.RISKS: risks,
    NetworkSection.PARTNERSHIPS: partnerships,
    NetworkSection.ROADMAPS: roadmaps,
    NetworkSection.INDICATORS: indicators,
    NetworkSection.CONCLUSIONS: conclusions,
}
#: What a section lacks; the others lack nothing of their own.
GAPS: dict[str, Callable[[NetworkFacts], Iterable[Gap]]] = {
    NetworkSection.EXPERIENCE: gaps_of_experience,
    NetworkSection.CLUSTERS: gaps_of_clusters,
    NetworkSection.RISKS: gaps_of_risks,
    NetworkSection.PARTNERSHIPS: gaps_of_partnerships,
    NetworkSection.ROADMAPS: gaps_of_roadmaps,
    NetworkSection.INDICATORS: gaps_of_indicators,
}


def build(document: Document, moment: datetime, on_progress: Progress) -> dict[str, Any]:
    """Collect everything that the document says; what is issued never changes afterwards."""
    facts = NetworkFacts(Scope(document.municipality, document.year, timezone.localdate(moment)))
    sections = list(_sections(facts, document.sections, on_progress))
    return {
        "version": VERSION,
        "head": _head(document, moment),
        "sections": [
            {
                "code": section.code,
                "title": f"{number}. {section.title}",
                "blocks": section.blocks,
            }
            for number, section in enumerate(sections, 1)
        ],
        "gaps": [gap.as_json() for gap in gaps_in(facts, document)],
        "figures": _figures(facts),
    }


def missing_for(document: Document) -> list[Gap]:
    """What the document would lack if it were ordered now; the row need not be saved."""
    facts = NetworkFacts(Scope(document.municipality, document.year, timezone.localdate()))
    return gaps_in(facts, document)


def gaps_in(facts: NetworkFacts, document: Document) -> list[Gap]:
    """The same from facts that are fetched already; `reports.facts.lacks` counts them."""
    gaps = [gap for code in GAPS if code in document.sections for gap in GAPS[code](facts)]
    return [*gaps_of_head(document), *gaps]


def _sections(
    facts: NetworkFacts, chosen: Iterable[str], on_progress: Progress
) -> Iterable[Section]:
    wanted = [code for code in SECTIONS if code in set(chosen)]
    numbers = Numbering()
    for number, code in enumerate(wanted):
        label = uncapital(NetworkSection(code).label)
        on_progress(f"Собираются данные: {label}", 10 * number // len(wanted))
        yield SECTIONS[code](facts, numbers)


def _head(document: Document, moment: datetime) -> dict[str, str]:
    municipality = document.municipality
    return {
        "parent_body": municipality.parent_body,
        "committee": municipality.committee_name,
        "office": municipality.office_name,
        "place": municipality.place,
        "date": long_date(moment),
        "number": document.number,
        "kind": "ИНФОРМАЦИОННАЯ СПРАВКА",
        "title": "о сетевом взаимодействии управленческих команд",
        "period": f"в {document.year} учебном году",
        "created": timezone.localtime(moment).isoformat(timespec="seconds"),
        "signatory_post": document.signatory_post,
        "signatory_name": _signature(document.signatory_name),
        "executor": document.executor,
    }


def _signature(name: str) -> str:
    """«Е. П. Зимина», also where the full name was entered."""
    return name if "." in name else signature_name(name)


def gaps_of_head(document: Document) -> list[Gap]:
    """What the head of the document lacks; no facts are asked."""
    gaps = []
    if not document.signatory_post:
        gaps.append(Gap("Не указана должность подписанта"))
    if not document.signatory_name:
        gaps.append(Gap("Не указан подписант"))
    return gaps


def _figures(facts: NetworkFacts) -> dict[str, Any]:
    """Ids and figures of the whole, to compare one document with the next."""
    progress = facts.progress_of_all
    return {
        "schools": [school.pk for school in facts.participants],
        "in_need": sorted(facts.groups.in_need),
        "without_partner": [school.pk for school in facts.alone],
        "partnerships": [pair.pk for pair in facts.pairs.living],
        "active_links": facts.pairs.active_links,
        "finished_links": facts.pairs.finished_links,
        "planned": progress.planned,
        "held": progress.held,
        "overdue": progress.overdue,
    }

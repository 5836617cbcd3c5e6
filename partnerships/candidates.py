"""Candidates for a school as the page and the file show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.search import fold, terms
from common.sheets import Heading, Value
from partnerships.enums import Scenario
from partnerships.match_facts import leads_of, pasts_of, rules_of, targets_of
from partnerships.matching.facts import PART_NAMES, Part, Source, Target, Weights
from partnerships.matching.ranking import Candidate, Ranking, ranked
from partnerships.matching.reason import Reason, Tone, fitting, hundred, topic_of
from partnerships.matching.reasons import explain, is_peer_context
from schools.models import Municipality, School
from schools.standing import municipalities_with

#: What the form of a partnership takes.
_REASON = 500
HEADINGS = (
    Heading("Место", 8),
    Heading("Школа", 28),
    Heading("Оценка из 100", 10),
    Heading("Мест осталось", 10),
    Heading("За", 70),
    Heading("Против", 50),
    Heading("Неизвестно", 50),
)


@dataclass(frozen=True)
class Shown:
    """A candidate with its reasons. `untold`: sentences on experience that is not recorded;
    `unknown`: names of the other parts of which nothing is known.
    """

    candidate: Candidate
    number: int
    pros: list[str]
    cons: list[str]
    untold: list[str]
    unknown: str
    create_query: str

    @property
    def score(self) -> int:
        return hundred(self.candidate.score)


def places_for(user: User, own: Municipality) -> list[Municipality]:
    """Municipalities in which the person may look for a lead, the own one first."""
    partnerships = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
    known = partnerships & municipalities_with(user, Permission.SEE_ALL_RISKS)
    others = Municipality.objects.filter(pk__in=known - {own.pk}) if known - {own.pk} else []
    return [own, *others]


def target_of(school: School, year: AcademicYear) -> Target:
    (target,) = targets_of(school.municipality, year, School.objects.filter(pk=school.pk))
    return target


def ranking_of(
    target: Target, own: Municipality, place: Municipality, year: AcademicYear, weights: Weights
) -> Ranking:
    """Candidates of one municipality for the target. `own`: the target's municipality."""
    return ranked(
        target,
        leads_of(place, year),
        pasts_of(place, [target.id]),
        rules_of(own, [target.id]),
        weights,
    )


def narrowed(
    found: Sequence[Candidate], target: Target, *, everybody: bool, peers_only: bool, query: str
) -> list[Candidate]:
    """Those who know something of what is needed and those who are pinned, or everybody."""
    words = list(terms(query))
    return [
        one
        for one in found
        if (everybody or one.knows or one.is_pinned)
        and (not peers_only or is_peer_context(target, one.lead))
        and all(word in fold(one.lead.name) for word in words)
    ]


def shown(
    found: Sequence[Candidate], target: Target, weights: Weights, first: int = 1
) -> list[Shown]:
    """Explain the candidates of a page. `first`: the number of the first of them."""
    return [_shown(one, target, weights, number) for number, one in enumerate(found, first)]


def lines_of(found: Sequence[Candidate], target: Target, weights: Weights) -> Iterator[list[Value]]:
    """Lines of the file under `HEADINGS`."""
    for number, one in enumerate(found, 1):
        row = _shown(one, target, weights, number)
        unknown = [*row.untold, f"Не записано: {row.unknown}"] if row.unknown else row.untold
        told = ["\n".join(lines) for lines in (row.pros, row.cons, unknown)]
        yield [number, one.lead.name, row.score, one.lead.places, *told]


def _shown(one: Candidate, target: Target, weights: Weights, number: int) -> Shown:
    reasons = explain(target, one.lead, one.past, weights)
    unknown = [reason for reason in reasons if reason.tone == Tone.UNKNOWN]
    # Sentences of the parts that are unknown to most schools would be longer than the reasons.
    in_full = {Part.EXPERIENCE, Part.CONTEXT}
    return Shown(
        candidate=one,
        number=number,
        pros=[reason.sentence for reason in reasons if reason.tone == Tone.FOR],
        cons=[reason.sentence for reason in reasons if reason.tone == Tone.AGAINST],
        untold=[reason.sentence for reason in unknown if reason.part in in_full],
        unknown=", ".join(
            PART_NAMES[reason.part]
            for reason in unknown
            if reason.part is not None and reason.part not in in_full
        ),
        create_query=_create_query(one, target, reasons),
    )


def _create_query(one: Candidate, target: Target, reasons: list[Reason]) -> str:
    """What the form of a new partnership is filled with: schools, topic, reason, factors."""
    lead = one.lead
    known = [need for need in target.needs if need.factor in lead.evidence]
    topics = [
        first.text
        for need in known
        if (first := lead.evidence[need.factor][0]).source in {Source.RECORDED, Source.DIRECTION}
    ]
    why = [
        reason.sentence
        for reason in reasons
        if reason.tone == Tone.FOR and reason.part in {Part.EXPERIENCE, Part.DIRECTIONS}
    ]
    values = [
        ("lead", str(lead.id)),
        ("target", str(target.id)),
        ("topic", topic_of(topics or [need.name for need in known])),
        ("reason", fitting(why, ". ", _REASON)),
        *(("factor", str(factor)) for factor in dict.fromkeys(need.factor for need in known)),
    ]
    if is_peer_context(target, lead) and lead.result is not None:
        values.append(("scenario", Scenario.PEER_CONTEXT))
    return urlencode([(name, value) for name, value in values if value])

"""The picture of the network in the справка: the same as on the portal (R072, R168)."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from common.russian import counted, grouped, long_date
from partnerships.enums import LIVING, PartnershipState
from partnerships.network.graph import Graph, Link, Node, links_between
from partnerships.network.picture import LIMIT, SHORT
from partnerships.network.sheets import sheets_of
from partnerships.network.told import as_list
from reports.builders.blocks import Block, Numbering, network, text
from reports.facts.network import NetworkFacts
from reports.facts.pairs import Pair, Party

SCHOOLS = ("школа", "школы", "школ")


def pictures(facts: NetworkFacts, numbers: Numbering) -> Iterator[Block]:
    """Pictures on as many sheets as they need; of a large network a sentence with its size.

    Forty schools are what one picture holds, so the number of sheets is bounded.
    """
    number = len(_keys(facts))
    if not facts.pairs.living and not facts.pairs.finished:
        return
    if number > LIMIT:
        yield text(_too_many(facts, number))
        return
    sheets = sheets_of(_graph(facts))
    apart = any(sheet.is_wide for sheet in sheets)
    if apart:
        yield text("Картина сети приведена в приложении.")
    for place, sheet in enumerate(sheets, 1):
        of = f", лист {place} из {len(sheets)}" if len(sheets) > 1 else ""
        title = f"Картина сети на {long_date(facts.scope.today)}{of}"
        caption = f"Приложение. {title}" if apart else f"Рисунок {numbers.figure()}. {title}"
        graph = {
            "nodes": [asdict(node) | {"groups": list(node.groups)} for node in sheet.graph.nodes],
            "links": [asdict(link) for link in sheet.graph.links],
        }
        told = " ".join(as_list(sheet.graph))
        yield network(f"network-{place}", caption, title, told, graph, is_wide=apart)


def graph_of(frozen: dict) -> Graph:
    """The graph from what a context kept."""
    nodes = [Node(**{**node, "groups": tuple(node["groups"])}) for node in frozen["nodes"]]
    return Graph.of(nodes, [Link(**link) for link in frozen["links"]])


def _too_many(facts: NetworkFacts, number: int) -> str:
    links = facts.pairs.active_links
    words = ("действующая связь", "действующие связи", "действующих связей")
    told = (counted(number, *SCHOOLS), counted(links, *words))
    return (
        f"В сети {told[0]} и {told[1]}. На одну схему помещается {grouped(LIMIT)} школ, поэтому "
        "схемы отдельных лидеров и населённых пунктов показывает раздел портала «Картина сети»."
    )


def _parties(facts: NetworkFacts) -> Iterator[Party]:
    for pair in (*facts.pairs.living, *facts.pairs.finished):
        if pair.leads and pair.targets:
            yield from (*pair.leads, *pair.targets)


def _keys(facts: NetworkFacts) -> set[int]:
    joined = {party.school_id for party in _parties(facts)}
    return joined | {school.pk for school in facts.alone}


def _graph(facts: NetworkFacts) -> Graph:
    groups: dict[int, list[str]] = {}
    for group, short in zip(facts.groups.groups, SHORT.values(), strict=True):
        for school in group.schools:
            groups.setdefault(school.pk, []).append(short)
    lonely = {school.pk for school in facts.alone}
    nodes = {
        party.school_id: Node(
            key=party.school_id,
            name=party.short,
            order=party.sort_key,
            groups=tuple(groups.get(party.school_id, ())),
            lacks_partner=party.school_id in lonely,
        )
        for party in _parties(facts)
    }
    for school in facts.alone:
        nodes[school.pk] = Node(
            key=school.pk,
            name=school.short_name,
            order=school.sort_key,
            groups=tuple(groups.get(school.pk, ())),
            lacks_partner=True,
            risks=len(facts.risks.factors_of(school.pk)) or None,
        )
    return Graph.of(nodes.values(), _links((*facts.pairs.living, *facts.pairs.finished)))


def _links(pairs: Iterable[Pair]) -> Iterator[Link]:
    for pair in pairs:
        state = PartnershipState(pair.partnership.state)
        like = Link(
            lead=0,
            target=0,
            partnership=pair.pk,
            topic=pair.partnership.topic,
            is_over=state not in LIVING,
            mark="" if state == PartnershipState.ACTIVE else state.label,
            has_agreement=bool(pair.agreements),
        )
        leads = (party.school_id for party in pair.leads)
        yield from links_between(leads, (party.school_id for party in pair.targets), like)

"""Networks for tests of the picture: the seed's own and invented ones."""

import random
import re

from partnerships.network.graph import Graph, Link, Node, links_between

GROUPS = {
    "ООШ №1": ("ШНОР и ШНСУ", "инфраструктура"),
    "О(С)ОШ №14": ("ШНОР и ШНСУ", "инфраструктура"),
    "СОШ №2": ("ШНОР и ШНСУ",),
    "СОШ №3": ("зона риска",),
    "СОШ №5": ("зона риска",),
}
#: Lead, targets, topic, is it over, is there an agreement (R060–R070).
PAIRS = [
    ("СОШ №4", ["ООШ №1", "О(С)ОШ №14"], "использование ИКТ", False, False),
    ("СОШ №16", ["ООШ №1", "О(С)ОШ №14"], "развитие личностного потенциала", False, False),
    ("СОШ №9", ["СОШ №5"], "обучающиеся с ОВЗ, учебная неуспешность", False, True),
    ("СОШ №3", ["СОШ №2"], "компетентность педагогов, обучающиеся с ОВЗ", False, False),
    ("Гимназия №1", ["СОШ №3"], "вовлечение родителей", False, False),
    ("СОШ №3", ["СОШ №16"], "риски низкой адаптивности учебного процесса", True, False),
]


def node(name: str, key: int, **fields) -> Node:
    order = re.sub(r"\d+", lambda number: number[0].zfill(4), name)
    return Node(key, name, order=order, url=f"/schools/{key}/", **fields)


def seed() -> Graph:
    """The municipality of seed 001 as rows come from the database: in no order."""
    names = dict.fromkeys(n for lead, targets, *_ in PAIRS for n in (lead, *targets))
    keys = {name: number for number, name in enumerate([*names, "СОШ №47"], 1)}
    nodes = [
        node(
            name,
            key,
            groups=GROUPS.get(name, ()),
            lacks_partner=name == "СОШ №47",
            risks=5 if name == "СОШ №47" else None,
        )
        for name, key in keys.items()
    ]
    links = [
        link
        for number, (lead, targets, topic, over, agreement) in enumerate(PAIRS)
        for link in links_between(
            [keys[lead]],
            [keys[target] for target in targets],
            Link(
                0,
                0,
                number,
                topic,
                is_over=over,
                mark="завершено" if over else "",
                has_agreement=agreement,
            ),
        )
    ]
    return Graph.of(nodes, links)


def named(graph: Graph, name: str) -> Node:
    return next(one for one in graph.nodes if one.name == name)


def network(*arrows: str, alone: int = 0) -> Graph:
    """«1>2», «2>3» …: schools by number; `alone` more stand without a partner."""
    pairs = [tuple(map(int, arrow.split(">"))) for arrow in arrows]
    last = max((end for pair in pairs for end in pair), default=0)
    keys = sorted({end for pair in pairs for end in pair})
    nodes = [node(f"СОШ №{key}", key) for key in keys]
    nodes += [node(f"СОШ №{last + n}", last + n, lacks_partner=True) for n in range(1, alone + 1)]
    links = [Link(lead, target, n, f"тема {n}") for n, (lead, target) in enumerate(pairs)]
    return Graph.of(nodes, links)


def invented(seed_number: int, schools: int = 40) -> Graph:
    """Schools that help one another at random: chains, circles, groups, long names and topics."""
    chance = random.Random(seed_number)
    words = ["использование ИКТ", "обучение детей с ОВЗ", "работа с родителями", "адаптивность"]
    kinds = ["СОШ", "Гимназия", "Лицей имени героя Российской Федерации", "О(С)ОШ"]
    nodes = [
        node(
            f"{chance.choice(kinds)} №{key}",
            key,
            groups=("ШНОР и ШНСУ", "зона риска")[: chance.randrange(3)],
            municipality="Соседний район" if chance.random() < 0.1 else "",
            lacks_partner=True,
        )
        for key in range(1, schools + 1)
    ]
    links: list[Link] = []
    for number in range(chance.randrange(schools)):
        team = chance.sample(range(1, schools + 1), chance.randrange(2, 6))
        leads = chance.randrange(1, min(3, len(team)))
        topic = " ".join(chance.sample(words, chance.randrange(len(words))))
        over = chance.random() < 0.3
        like = Link(0, 0, number, topic, is_over=over, mark="завершено" if over else "")
        links += links_between(team[:leads], team[leads:], like)
    return Graph.of(nodes, links)

"""Conclusions: sentences that the data themselves make, nothing else (R049, R069)."""

from collections.abc import Iterator

from common.russian import counted
from reports.builders.blocks import Numbering, Section, bullets, text
from reports.enums import NetworkSection
from reports.facts.network import NetworkFacts


def conclusions(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.CONCLUSIONS, NetworkSection.CONCLUSIONS.label)
    proposals = [
        *_partners(facts),
        *_events_for_risks(facts),
        *_overdue(facts),
        *_agreements(facts),
        *_roadmaps(facts),
    ]
    section.blocks = [text(_need(facts)), *bullets("Предлагается:", proposals)]
    if not proposals:
        section.blocks.append(text("По данным портала предложений нет."))
    return section


def _need(facts: NetworkFacts) -> str:
    needy = len(facts.groups.needy)
    if not needy:
        return f"В {facts.scope.year} учебном году школ в группах риска нет."
    words = counted(needy, "школы", "школ", "школ")
    told = f"Необходимость в сетевом взаимодействии сохраняется у {words} групп риска."
    if not facts.alone:
        return f"{told} Все они имеют школу-лидера."
    alone = ", ".join(
        f"{school.official_name} (факторов риска: {len(facts.risks.factors_of(school.pk))})"
        for school in facts.alone
    )
    return f"{told} Не имеют школы-лидера: {alone}."


def _partners(facts: NetworkFacts) -> Iterator[str]:
    if facts.alone:
        names = ", ".join(school.official_name for school in facts.alone)
        yield f"определить школу-лидера для {names}"


def _events_for_risks(facts: NetworkFacts) -> Iterator[str]:
    """Only where events name the factors they answer can it be said that a factor has none."""
    if facts.uncovered is None:
        return
    by_school: dict[str, list[str]] = {}
    for school, factor in facts.uncovered:
        by_school.setdefault(school.official_name, []).append(f"«{factor.name}»")
    for name, factors in by_school.items():
        yield (
            f"дополнить дорожные карты {name} мероприятиями по факторам риска, "
            f"которые ими не охвачены: {', '.join(factors)}"
        )


def _overdue(facts: NetworkFacts) -> Iterator[str]:
    late = [row for row in facts.progress if row.progress.overdue]
    if late:
        told = ", ".join(f"{row.roadmap.owner_title} ({row.progress.overdue})" for row in late)
        yield (
            "провести мероприятия, срок которых прошёл, или внести отчёты о них: "
            f"{told}; всего {facts.progress_of_all.overdue}"
        )


def _agreements(facts: NetworkFacts) -> Iterator[str]:
    for pair in facts.pairs.living:
        missing = dict.fromkeys(name for row in pair.agreements for name in row.missing)
        if missing:
            yield f"указать реквизиты договора {pair.title}: {' и '.join(missing)}"
    without = [pair.title for pair in facts.pairs.living if not pair.agreements]
    if without:
        yield f"оформить договоры о сотрудничестве по партнёрствам: {'; '.join(without)}"


def _roadmaps(facts: NetworkFacts) -> Iterator[str]:
    planned = {roadmap.partnership_id for roadmap in facts.roadmaps}
    without = [
        pair.title
        for pair in facts.pairs.living
        if pair.pk not in planned
        and pair.partnership.municipality_id == facts.scope.municipality.pk
    ]
    if without:
        yield f"утвердить дорожные карты партнёрств: {'; '.join(without)}"

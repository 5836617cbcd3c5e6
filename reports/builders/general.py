"""General sections: basis, aim, experience (R034–R050)."""

from collections.abc import Iterator

from common.russian import counted, long_date, uncapital
from reports.builders import words
from reports.builders.blocks import Gap, Numbering, Section, bullets, text
from reports.enums import NetworkSection
from reports.facts.network import NetworkFacts


def general(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.GENERAL, NetworkSection.GENERAL.label)
    section.blocks = [text(words.BASIS), text(f"{words.REQUESTS} {_state(facts)}")]
    return section


def _state(facts: NetworkFacts) -> str:
    needy, alone = facts.groups.needy, facts.alone
    led = len(needy) - len(alone)
    links, over = facts.pairs.active_links, facts.pairs.finished_links
    school = ("школа", "школы", "школ")
    return (
        f"На {long_date(facts.scope.today)} в сети {counted(len(facts.participants), *school)}; "
        f"в группах риска – {counted(len(needy), *school)}, из них школу-лидера "
        f"{'имеет' if led == 1 else 'имеют'} {led}. "
        f"Действующих связей «лидер – целевая школа» – {links}, завершённых – {over}."
    )


def aim(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.AIM, NetworkSection.AIM.label)
    section.blocks = [
        text(words.AIM),
        *bullets(words.OCCASIONS_INTRO, words.OCCASIONS),
        *bullets(words.TASKS_INTRO, words.TASKS),
    ]
    return section


def experience(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.EXPERIENCE, NetworkSection.EXPERIENCE.label)
    shared = [
        f"{row.school.official_name} – {uncapital(row.text)}"
        + (f" ({row.basis})" if row.basis else "")
        for row in facts.experience
    ]
    section.blocks = [
        text(words.EXPERIENCE),
        text(words.PRACTICE),
        *bullets("Опытом могут поделиться:", shared),
        *bullets("Кураторы партнёрств:", _curators(facts)),
    ]
    if not facts.curators and facts.pairs.living:
        section.blocks.append(text("Сведения о кураторах партнёрств не внесены."))
    return section


def gaps_of_experience(facts: NetworkFacts) -> list[Gap]:
    if facts.curators or not facts.pairs.living:
        return []
    return [Gap("Не назначены кураторы партнёрств", "partnerships:list")]


def _curators(facts: NetworkFacts) -> Iterator[str]:
    titles = {pair.pk: pair.title for pair in facts.pairs.living}
    for row in facts.curators:
        school = row.member.school.official_name if row.member.school else ""
        post = " ".join(filter(None, (uncapital(row.member.post), school)))
        person = ", ".join(filter(None, (row.member.list_name, post)))
        whom = (
            f"целевая школа {row.target.school.official_name}"
            if row.target
            else f"партнёрство {titles[row.partnership_id]}"
        )
        visits = row.visits  # type: ignore[attr-defined]
        yield f"{person} – {whom}, посещений за учебный год: {visits}"

"""Rows of a table that are no events: names of stages and sections. Pure.

A stage of ours is recognised by its number or its name; whatever else such a row says stays as
the section, so nothing of it is lost. What is written here for a section reads back as it was.
"""

import re

from common.search import fold, name_key
from roadmaps.enums import Stage

#: Ends a section: the rows below it stand in the stage itself.
NO_SECTION = "Без раздела"
#: Says that the words after it are a section, whatever they look like.
SECTION_MARK = "Раздел внутри этапа: "

_ORDINALS = {
    1: ("1", "i", "первый", "первого"),
    2: ("2", "ii", "второй", "второго"),
    3: ("3", "iii", "третий", "третьего"),
}
_FURTHER = re.compile(r"^(?:этап\s*(?:[4-9]|iv|v)\b|(?:[4-9]|iv|v)(?:-?й)?\s+этап\b)")
_KEYS = {
    number: re.compile(
        rf"^(?:этап\s*(?:№\s*)?(?:{'|'.join(names)})(?![a-zа-я0-9])"
        rf"|(?:{'|'.join(names)})(?:-?й)?[.)]?\s+этап\b)"
    )
    for number, names in _ORDINALS.items()
}
_BY_WORD = (
    (3, re.compile(r"рефлекси|обобща|аналитическ|итогов|заключительн|завершающ")),
    (1, re.compile(r"знакомств|подготовительн|диагностическ|организационн|начальн|установочн")),
    (2, re.compile(r"совместн|реализац|практическ|основной|деятельностн|внедрен")),
)
_SECTION = re.compile(
    r"^(?:раздел|блок|модуль|направление)\b|^[ivxlc]+\s*[.)]\s*\S|^[^a-zа-я]*$", re.IGNORECASE
)


def stage_row(stage: int) -> str:
    """How a stage is written over its rows."""
    return f"Этап {stage}. {Stage(stage).label}"


_CANONICAL = {
    name_key(text): stage.value
    for stage in Stage
    for name in {str(stage.label), stage.short}
    for text in (
        name,
        f"{name} этап",
        f"Этап {stage.value}. {name}",
        f"{stage.value} этап. {name}",
        f"Этап {'I' * stage.value}. {name}",
        f"{'I' * stage.value} этап. {name}",
        f"{stage.value}. {name}",
        f"Этап {stage.value}",
        f"{stage.value} этап",
    )
}


def stage_of(text: str) -> int | None:
    """The stage that the words name; None where they name none."""
    if known := _CANONICAL.get(name_key(text)):
        return known
    told = fold(text)
    for number, pattern in _KEYS.items():
        if pattern.match(told):
            return number
    if _FURTHER.match(told):
        return Stage.REFLECTION.value
    if "этап" in told:
        return next((number for number, words in _BY_WORD if words.search(told)), None)
    return None


def is_only_stage(text: str) -> bool:
    """Whether the words say the stage and nothing else."""
    return name_key(text) in _CANONICAL


def names_further_stage(text: str) -> bool:
    """«Этап IV»: there are three."""
    return bool(_FURTHER.match(fold(text)))


def looks_like_section(text: str) -> bool:
    """A row of one unmerged cell: «Раздел 2», «II. Работа с педагогами»."""
    return bool(_SECTION.match(fold(text))) or text.rstrip().endswith(":")


def section_row(section: str, stage: int) -> str:
    """How a section is written over its rows in that stage, so that it reads back."""
    plain = " ".join(section.split())
    if not plain:
        return NO_SECTION
    reads_as = read_heading(plain, stage, "")
    return plain if reads_as == (stage, plain) else f"{SECTION_MARK}{plain}"


def read_heading(text: str, stage: int | None, above: str) -> tuple[int | None, str]:
    """Stage and section after a row that is no event. `above`: a heading that no row followed
    yet, so that «Раздел 1» with «1.1 Педагоги» under it keeps both."""
    plain = " ".join(text.split())
    if plain.startswith(SECTION_MARK):
        return stage, plain.removeprefix(SECTION_MARK)
    if plain == NO_SECTION:
        return stage, ""
    told = stage_of(plain)
    if told is not None:
        return told, "" if is_only_stage(plain) else plain
    return stage, f"{above} / {plain}" if above else plain

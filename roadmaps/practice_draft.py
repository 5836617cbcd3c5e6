"""What a practice card is first filled with: the event and its confirmed report, without people
(R136). Pure."""

import re

#: «Иванова А. П.», «А. П. Иванова», «Иванова Анна Петровна».
_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PERSON = re.compile(
    rf"{_SURNAME}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
    rf"|(?<!\w)[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?{_SURNAME}"
    rf"|{_SURNAME}\s+{_SURNAME}\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|кызы|оглы)\w{{0,3}}"
)
_LEFT_OVER = re.compile(r"\(\s*\)|\s+(?=[,;.])|(?<=[,;])(?=\s*[,;])")
_EDGES = re.compile(r"^[\s,;–—-]+|[\s,;–—-]+$")


def without_people(text: str) -> str:
    """The text without names of persons, posts stay: «Методист; Иванова А. П.» is «Методист»."""
    lines = [_cleaned(line) for line in text.splitlines()]
    return "\n".join(lines)


def _cleaned(line: str) -> str:
    if not _PERSON.search(line):
        return line
    parts = [_LEFT_OVER.sub("", _PERSON.sub("", part)) for part in line.split(";")]
    return "; ".join(part for part in (_EDGES.sub("", one) for one in parts) if part)

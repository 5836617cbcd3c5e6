"""Responsible persons of a cell: by lines, semicolons or commas → joined by «; ». Pure."""

import re

from roadmaps.exchange.grid import lines_of

#: A line that goes on with the one above: «Заместитель директора / по УВР».
_GOES_ON = re.compile(r"^(?:по|и|с|со|при|для|на|в|за|до|от|к)\s|^[(),;–-]", re.IGNORECASE)
_INITIALS = re.compile(r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.?)?\s*$|^[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+$")
_POST = re.compile(
    r"^(?:директор|заместител|зам\.|методист|учител|педагог|куратор|завуч|руководител|специалист"
    r"|начальник|председател|социальн|заведующ|координатор|психолог)",
    re.IGNORECASE,
)


def joined(text: str) -> str:
    """«директор; зам. директора по УВР; методист». A line with semicolons stays as it is but for
    the last of them."""
    lines = lines_of(text)
    if len(lines) < 2:
        line = lines[0] if lines else ""
        if ";" in line:
            return line.removesuffix(";").rstrip()
        return "; ".join(_by_commas(line))
    parts: list[str] = []
    for line in _whole_lines(lines):
        for part in line.split(";"):
            by_comma = line.endswith(",")
            parts += _by_commas(part) if by_comma else [part.strip(" ,")]
    return "; ".join(part for part in parts if part)


def written(text: str) -> str:
    """How the column is written to a file, so that `joined` gives it back."""
    ends = text.endswith(";")
    return f"{text};" if ends or ("," in text and ";" not in text) else text


def _whole_lines(lines: list[str]) -> list[str]:
    whole: list[str] = []
    for line in lines:
        if whole and _GOES_ON.match(line):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole


def _by_commas(line: str) -> list[str]:
    """Commas inside brackets divide nothing; neither does one between a name and its post."""
    parts: list[str] = []
    for part in re.split(r",(?![^()]*\))", line):
        told = part.strip()
        if parts and told and _INITIALS.search(parts[-1]) and _POST.match(told):
            parts[-1] = f"{parts[-1]}, {told}"
        elif told:
            parts.append(told)
    return parts

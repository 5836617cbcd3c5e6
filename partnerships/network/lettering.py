"""How wide a text is and where it breaks: a server draws without asking a font. Pure.

Widths are shares of the size, measured on PT Sans and PT Serif (the wider of the two) and
rounded up, so a text that fits by these figures fits on the screen and on paper.
"""

ELLIPSIS = "…"
_WIDTHS = {
    0.28: " \u00a0.",
    0.3: ",",
    0.36: ";:()",
    0.44: "г-",
    0.48: "зс«»",
    0.5: "тэ",
    0.52: "аеёухьГ",
    0.54: "вя+",
    0.56: "бклочЗ0123456789",
    0.58: "дръ",
    0.6: "БЕЁРЬ",
    0.62: "ийнпцВТ",
    0.64: "ЧЭЯ",
    0.68: "КЛСУ–Х",
    0.72: "АДП",
    0.74: "жмфИЙНОЦЪ",
    0.76: "ы",
    0.82: "юФ%",
    0.86: "шщЫ",
    0.9: "М…",
    0.98: "ШЖЩЮ",
    1.14: "№",
}
_OF = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_UNKNOWN = 0.75
_BOLD = 1.12


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Units that the text takes at most."""
    return sum(_OF.get(sign, _UNKNOWN) for sign in text) * size * (_BOLD if bold else 1)


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or its beginning with «…», within the room."""
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(text + ELLIPSIS, size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip(" ,;:«–-") + ELLIPSIS


def wrap(text: str, size: float, room: float, limit: int) -> list[str]:
    """Lines within the room, at most `limit`: the last one then ends with «…»."""
    words = [word for word in text.split(" ") if word]  # not at a no-break space
    lines: list[str] = []
    for number, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        elif len(lines) < limit:
            lines.append(word)
        else:
            lines[-1] = cut(" ".join([lines[-1], *words[number:]]), size, room)
            break
    return [cut(line, size, room) for line in lines]

"""What the picture is made of: boxes, labels and arrows in units of the drawing. Pure."""

from dataclasses import dataclass

from common.russian import nbsp
from partnerships.network.graph import Link, Node, Part
from partnerships.network.lettering import cut, width_of, wrap

TEXT, NAME, LEADING = 14, 17, 17
BOX_HEIGHT, NARROWEST, WIDEST = 60, 130, 260
PADDING, STRIPE = 14, 10
LABEL, LABEL_LINES, LABEL_SPACE = 118, 4, 8
BEND, SPACE, MARGIN = 66, 26, 2
CHANNEL = 16


@dataclass(frozen=True)
class Box:
    """A school; `under` is the second line."""

    node: Node
    part: Part
    x: float
    y: float
    width: float
    height: float
    name: str
    under: str


@dataclass(frozen=True)
class Line:
    """A line of a label. `tone`: "" ink, "soft" grey, "ok" green."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Label:
    """What the links of a lead that look alike are about; x, y are the left top corner."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    full: str


@dataclass(frozen=True)
class Arrow:
    """A link. `runs` are its straight parts (x1, y1, x2, y2), `path` is all of it as SVG; the
    head points to the right at (x, y)."""

    link: Link
    path: str
    runs: tuple[tuple[float, float, float, float], ...]
    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    arrows: tuple[Arrow, ...]


def label_lines(link: Link) -> tuple[Line, ...]:
    """Lines of the label: the topic, a state other than «действует», the agreement."""
    tone = "soft" if link.is_over else ""
    lines = [Line(text, tone) for text in wrap(nbsp(link.topic), TEXT, LABEL, LABEL_LINES)]
    if link.mark:
        lines.append(Line(link.mark, "soft"))
    if link.has_agreement:
        lines.append(Line("договор", "ok"))
    return tuple(lines)


def label_words(link: Link) -> str:
    """The same without cuts."""
    agreement = "договор" if link.has_agreement else ""
    return ", ".join(filter(None, (link.topic, link.mark, agreement)))


def under_line(node: Node, part: Part) -> str:
    """The second line of a box: what most matters of the school."""
    if part == Part.ALONE and node.lacks_partner:
        risks = f", факторов: {node.risks}" if node.risks else ""
        return f"нет партнёра{risks}"
    if node.municipality:
        return node.municipality
    if part == Part.BOTH:
        return part.label
    return ", ".join(node.groups)


def start_of(part: Part) -> float:
    """Where the words of a box begin: after the stripe of a school that is both."""
    return PADDING + (STRIPE if part == Part.BOTH else 0)


def width_of_box(node: Node, part: Part) -> float:
    """Width that the words ask for, within limits."""
    text = max(width_of(node.name, NAME, bold=True), width_of(under_line(node, part), TEXT))
    return round(min(max(text + start_of(part) + PADDING, NARROWEST), WIDEST))


def box_of(node: Node, part: Part, x: float, y: float, width: float, height: float) -> Box:
    """A box with its words cut to its width."""
    room = width - start_of(part) - PADDING + 1
    name = cut(node.name, NAME, room, bold=True)
    under = cut(under_line(node, part), TEXT, room)
    return Box(node, part, round(x, 1), y, round(width, 1), height, name, under)

"""Where everything of the picture stands, in units of which its text has 14. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from partnerships.network.lettering import width_of, wrap
from roadmaps.timeline.items import Band, Group, Line, Time, days_of
from roadmaps.timeline.scale import Scale

TEXT, LEADING = 14, 17
LABELS, GAP = 280, 16
HEAD, GROUP, PADDING = 66, 34, 7
TITLE_LINES = 2
SIGN = 7


@dataclass(frozen=True)
class Sign:
    """An occurrence: its sign, and the stretch of days that it takes where it takes several."""

    time: Time
    x: float
    bar: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """An event. `span` is from its first to its last day; an open side fades in dashes."""

    line: Line
    y: float
    height: float
    title: list[str]
    span: tuple[float, float]
    open_left: bool
    open_right: bool
    signs: list[Sign]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Head:
    """The line of a stage with its range."""

    group: Group
    y: float
    span: tuple[float, float] | None


@dataclass(frozen=True)
class Strip:
    """Days of the school calendar; `middle` is where its letters stand, clear of the others."""

    band: Band
    x: float
    width: float
    middle: float


@dataclass(frozen=True)
class Layout:
    scale: Scale
    height: float
    heads: list[Head] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    today: float | None = None

    @property
    def width(self) -> float:
        return self.scale.right + GAP


def lay_out(
    groups: Sequence[Group], bands: Sequence[Band], period: tuple[date, date], today: date
) -> Layout:
    """Stages one under another, their events in the order of the plan."""
    scale = Scale.of(*days_of(groups, *period), LABELS + GAP)
    y: float = HEAD
    heads, rows = [], []
    for group in groups:
        heads.append(Head(group, y, _range(group, scale)))
        y += GROUP
        for line in group.lines:
            rows.append(_row(line, y, scale))
            y += rows[-1].height
    now = scale.middle(today) if scale.has(today) else None
    return Layout(scale, y + PADDING, heads, rows, _strips(bands, scale), now)


def _strips(bands: Sequence[Band], scale: Scale) -> list[Strip]:
    """Exams over holidays; letters that would meet stand beside one another."""
    found: list[Strip] = []
    taken: float = 0
    for band in sorted(bands, key=lambda one: (one.starts_on, one.ends_on)):
        if band.ends_on < scale.first or band.starts_on > scale.last:
            continue
        x, end = scale.start(band.starts_on), scale.end(band.ends_on)
        half = width_of(band.letters, TEXT) / 2
        middle = max((x + end) / 2, taken + half + 4)
        taken = middle + half
        found.append(Strip(band, x, end - x, round(middle, 1)))
    return sorted(found, key=lambda strip: strip.band.kind != "holidays")


def _row(line: Line, y: float, scale: Scale) -> Row:
    title = wrap(f"{line.label} {line.title}", TEXT, LABELS, TITLE_LINES)
    starts, ends = line.starts_on, line.ends_on
    return Row(
        line,
        y,
        len(title) * LEADING + 2 * PADDING,
        title,
        (scale.start(starts) if starts else _left(line, scale), _right(line, scale)),
        open_left=starts is None,
        open_right=ends is None,
        signs=[_sign(time, scale) for time in line.times],
    )


def _left(line: Line, scale: Scale) -> float:
    """What may begin at any time («до 15.10») fades in over a month before its first day."""
    days = [time.on for time in line.times if time.on]
    if not days:
        return scale.left
    return max(scale.left, scale.start(min(days)) - scale.width / 12)


def _right(line: Line, scale: Scale) -> float:
    return scale.end(line.ends_on) if line.ends_on else scale.right


def _sign(time: Time, scale: Scale) -> Sign:
    bar = None
    if time.starts_on and time.ends_on and time.starts_on < time.ends_on:
        bar = (scale.start(time.starts_on), scale.end(time.ends_on))
    x = scale.middle(time.on) if time.on else scale.right - SIGN
    return Sign(time, x, bar)


def _range(group: Group, scale: Scale) -> tuple[float, float] | None:
    """Days of the stage as they were set, else from the first to the last day of its events."""
    days = sorted(
        day
        for line in group.lines
        for time in line.times
        for day in (time.starts_on, time.on)
        if day
    )
    starts = group.starts_on or (days[0] if days else None)
    ends = group.ends_on or (days[-1] if days else None)
    if starts is None or ends is None or ends < starts:
        return None
    return scale.start(starts), scale.end(ends)

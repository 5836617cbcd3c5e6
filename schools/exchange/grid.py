"""A sheet as XML: how far it reaches, which cells are formulas or errors, which are merged. Pure.

The reader of values knows none of it: a formula comes as its last result, an error as nothing,
and one lone cell in the last corner costs the memory of the whole sheet.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")

Place = tuple[int, int]  # row, column; both from 1


@dataclass
class Grid:
    """Facts of one sheet. `rows`: how many rows hold anything."""

    formulas: set[Place] = field(default_factory=set)
    faults: set[Place] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    last: Place = (0, 0)


def letter(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(reference: str) -> Place | None:
    """«B12» → (12, 2)."""
    match = _PLACE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for sign in match[1]:
        column = column * 26 + ord(sign) - 64
    return int(match[2]), column


def scanned(xml: bytes) -> Grid:
    """Go once through the XML of a sheet. Raises `ValueError` where it is no XML."""
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as problem:
        raise ValueError(str(problem)) from None
    return walk.grid


class _Walk:
    """Cells may leave their address out: then they follow the one before."""

    def __init__(self) -> None:
        self.grid = Grid()
        self.row = self.column = self.counted = 0
        self.fault = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2] if ":" in name else name
        if tag == "c":
            self._cell(attributes)
        elif tag in {"v", "is", "f"}:
            self._value(tag)
        elif tag == "row":
            self._row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        self.row = int(told) if told.isdecimal() and len(told) < 9 else self.row + 1
        self.column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        place = place_of(attributes.get("r", ""))
        if place:
            self.row, self.column = place
        else:
            self.column += 1
        self.fault = attributes.get("t") == "e"

    def _value(self, tag: str) -> None:
        grid, place = self.grid, (self.row, self.column)
        if self.row != self.counted:
            self.counted = self.row
            grid.rows += 1
        grid.last_row = max(grid.last_row, self.row)
        if self.column > grid.last_column:
            grid.last_column, grid.last = self.column, place
        if tag == "f":
            grid.formulas.add(place)
        elif self.fault:
            grid.faults.add(place)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last)
        if start and end:
            self.grid.merged.append((start, end))

"""PT Serif for documents: where its files are and which characters it has.

Fontconfig is given our faces only, so a document looks the same on every machine and no system
font slips in for a missing glyph.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import fontpkg

FAMILY = "PT Serif"

#: Signs that PT Serif lacks and what stands for them on paper.
STAND_INS = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2009": "\u00a0",
    "\u202f": "\u00a0",
    "→": "–",
    "↔": "–",
    "←": "–",
    "✓": "да",
    "✔": "да",
    "☐": "–",
    "☑": "да",
}
UNKNOWN = "?"


@contextmanager
def only_ours() -> Iterator[None]:
    """Within it, fontconfig is configured with our faces alone.

    The variable is set for that moment only: child processes of this one (a browser in tests)
    must keep the fonts of the system.
    """
    faces = Path(fontpkg.path(FAMILY)).parent
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="portal-fonts-") as folder:
        config = Path(folder) / "fonts.conf"
        config.write_text(f"<fontconfig><dir>{escape(str(faces))}</dir></fontconfig>")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def printable(text: str) -> str:
    """Replace characters for which PT Serif has no glyph; white space stays."""
    return text.translate(_table())


class _Table(dict[int, str | int | None]):
    """Filled as characters are met: a document uses about a hundred."""

    def __init__(self, known: frozenset[int]) -> None:
        self.known = known

    def __missing__(self, code: int) -> str | int | None:
        self[code] = value = self._choose(code)
        return value

    def _choose(self, code: int) -> str | int | None:
        character = chr(code)
        if code in self.known or character in "\t\n\r\u00ad":
            return code
        if character in STAND_INS:
            return STAND_INS[character]
        return UNKNOWN if character.isprintable() else None


@cache
def _table() -> _Table:
    # fontTools takes 0.3 s to import and comes along with WeasyPrint only.
    from fontTools.ttLib import TTFont

    with TTFont(fontpkg.path(FAMILY), lazy=True) as font:
        return _Table(frozenset(font.getBestCmap()))

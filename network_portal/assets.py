"""Screen fonts cut to our alphabet, so that a first visit stays under 80 KB (decisions.md 18).

A whole face of PT Sans weighs 270 KB; pages need Russian, Latin and punctuation, about 10 KB
a face. The cut is made at set-up and again only when the package or this alphabet changes.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

import fontpkg

#: File name under `fonts/` (named in static/css/tokens.css) and weight of the face.
FACES = {"pt-sans.woff2": 400, "pt-sans-bold.woff2": 700}

_RUSSIAN = "".join(map(chr, range(ord("А"), ord("я") + 1))) + "Ёё"
_LATIN = "".join(map(chr, range(ord(" "), ord("~") + 1)))
_SIGNS = "\u00a0«»„“”‘’–—…№§°±×÷−≤≥≈·•©€₽‰²³"
ALPHABET = _RUSSIAN + _LATIN + _SIGNS


def build(target: Path) -> bool:
    """Write the screen fonts into `target`/fonts; False when they were up to date.

    Raises `fontpkg.FamilyNotInstalled` without the font package and `OSError` where the folder
    cannot be written.
    """
    folder = target / "fonts"
    stamp = target.with_suffix(".stamp")
    wanted = _stamp()
    complete = all((folder / name).is_file() for name in FACES)
    if complete and stamp.is_file() and stamp.read_text() == wanted:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name, weight in FACES.items():
        _cut(fontpkg.path("PT Sans", weight=weight), folder / name)
    stamp.write_text(wanted)
    return True


def _cut(source: Path, target: Path) -> None:
    """Keep the glyphs of the alphabet and kerning; hints are of no use on screens of today."""
    # fontTools takes 0.3 s to import: only a set-up that has work to do pays for it.
    from fontTools import subset

    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern"])
    partial = target.with_suffix(".partial")
    with subset.load_font(str(source), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=ALPHABET)
        cutter.subset(font)
        subset.save_font(font, str(partial), options)
    partial.replace(target)


def _stamp() -> str:
    parts = [ALPHABET, *FACES, *(version(name) for name in ("fontpkg-pt-sans", "fonttools"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()

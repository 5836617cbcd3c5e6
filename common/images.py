"""Photos as evidence: checked by content, re-encoded without EXIF, made small."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO

import puremagic
from PIL import Image, ImageFile, ImageOps

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 2000
QUALITY = 85

_ALLOWED = {"image/jpeg", "image/png", "image/webp"}
_FORMATS = ["JPEG", "PNG", "WEBP"]
_PHONE = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_SAVE_AS = "сохраните снимок как JPEG или PNG"
#: Modes that shrink smoothly as they are; a palette would shrink by dropping points.
_SMOOTH = {"RGB", "RGBA", "L", "LA", "CMYK"}
# Fifty million points take hundreds of megabytes while they are decoded.
_one_at_a_time = Lock()


class BadPhoto(Exception):
    """The file is no photo we can keep; the text is a Russian sentence for the form."""


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG without EXIF, position or comments; the longer side is at most 2,000 px."""

    content: bytes
    content_type: str
    width: int
    height: int


def clean_photo(uploaded: BinaryIO) -> CleanPhoto:
    """Read an uploaded file and return a clean photo; `BadPhoto` says what is wrong with it.

    One is decoded at a time in a process: others wait.
    """
    data = _read(uploaded)
    _check_type(data)
    with _one_at_a_time:
        picture = _opened(data)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return CleanPhoto(out.getvalue(), "image/jpeg", picture.width, picture.height)


def _read(uploaded: BinaryIO) -> bytes:
    uploaded.seek(0)
    data = uploaded.read(MAX_BYTES + 1)
    if not data:
        raise BadPhoto("Файл пуст. Выберите снимок ещё раз.")
    if len(data) > MAX_BYTES:
        raise BadPhoto("Снимок больше 20 МБ. Уменьшите его и приложите снова.")
    return data


def _check_type(data: bytes) -> None:
    if data[4:8] == b"ftyp" and data[8:12] in _PHONE:
        raise BadPhoto(f"Снимки в форматах HEIC и AVIF не принимаются: {_SAVE_AS}.")
    try:
        guesses = {guess.mime_type for guess in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        guesses = set()
    if not guesses & _ALLOWED:
        raise BadPhoto(f"Это не фотография: {_SAVE_AS}.")


@contextmanager
def _whole_only() -> Iterator[None]:
    """Refuse half a photo even in a process where WeasyPrint told Pillow to accept it."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(data: bytes) -> Image.Image:
    """Decode, make small before anything is copied, turn upright; only then forget what the
    camera wrote."""
    try:
        with _whole_only(), Image.open(io.BytesIO(data), formats=_FORMATS) as source:
            if source.width * source.height > MAX_PIXELS:
                raise BadPhoto("На снимке больше 50 миллионов точек. Уменьшите его.")
            source.draft("RGB", (MAX_SIDE, MAX_SIDE))  # JPEG: decode no larger than needed
            return _on_white(ImageOps.exif_transpose(_shrunk(source)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPhoto("На снимке больше 50 миллионов точек. Уменьшите его.") from None
    except (OSError, SyntaxError, ValueError, struct.error):
        raise BadPhoto("Снимок повреждён и не читается. Выберите другой.") from None


def _shrunk(source: Image.Image) -> Image.Image:
    full = "RGBA" if source.has_transparency_data else "RGB"
    picture = source if source.mode in _SMOOTH else source.convert(full)
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """A fresh RGB picture: nothing but the pixels goes over, transparency becomes white."""
    layer = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(layer, mask=layer if layer.mode == "RGBA" else None)
    return clean

"""What a scan must not carry along: programs, archives, scripts. Pure; bytes in, a sentence out.

It is no antivirus. It looks for what an honest scan never has: a Windows or Linux program, an
archive laid over the file, a script behind the end of a picture, and in a PDF whatever acts when
the file is opened (JavaScript, launching a program, sending a form) or an attached file. Of a PDF
the compressed parts are looked through too; where they cannot be, the file is refused.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

PROGRAM = "Внутри файла спрятана программа. Отсканируйте документ заново."
ARCHIVE = "Внутри файла спрятан архив. Отсканируйте документ заново."
SCRIPT = "После снимка в файле записан посторонний код. Сохраните снимок заново и приложите его."
ACTIVE = (
    "В PDF есть то, что срабатывает при открытии, или вложенный файл. "
    "Распечатайте документ в PDF заново или отсканируйте его."
)
LOCKED = "PDF защищён паролем, его нельзя проверить. Сохраните его без защиты."
UNREADABLE = "PDF сжат так, что его нельзя проверить. Отсканируйте документ заново."

#: Bytes unpacked of one PDF; pictures beyond that are left, other parts are refused.
_UNPACKED = 192 * 1024 * 1024
_PIECE = 1024 * 1024
#: Longer than any name that is looked for, so that none is cut by the end of a piece.
_OVERLAP = 128
#: Parts of a PDF beyond which it is no scan.
_MOST_PARTS = 20_000


def _named(*names: str) -> re.Pattern[bytes]:
    """Any of the names in a PDF, however it is spelled: «/J#61vaScript» is «/JavaScript»."""
    spelled = ("".join(f"(?:{c}|#{ord(c):02x}|#{ord(c):02X})" for c in name) for name in names)
    return re.compile(f"/(?:{'|'.join(spelled)})(?![A-Za-z0-9#])".encode())


_ACTIVE = _named(
    *("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm"),
    "ImportData",
)
_ENCRYPTED = _named("Encrypt")
_OBJECTS = _named("ObjStm")
_PICTURE = _named("Image")
#: Ways to pack that are not undone here.
_ODDLY_PACKED = _named(
    *("ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode"),
    *("RL", "Crypt"),
)
_STREAM = re.compile(rb"stream\r?\n")
_SCRIPTS = re.compile(rb"<\?php|<script|<html|<!doctype|<%@|^\s*#!", re.IGNORECASE)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"%PDF-")
_ELF = re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01")
_PNG_END, _JPEG_END = b"IEND\xaeB`\x82", b"\xff\xd9"


def found_in(data: bytes) -> str:
    """A Russian sentence about what is hidden in a PDF, JPEG or PNG; empty if nothing is."""
    if _holds_program(data):
        return PROGRAM
    if zipfile.is_zipfile(io.BytesIO(data)):
        return ARCHIVE
    if data.startswith(b"%PDF-"):
        return _found_in_pdf(data)
    return _found_behind(_tail_of_picture(data))


def _holds_program(data: bytes) -> bool:
    """A Windows program is told by its two headers, the second where the first says."""
    if _ELF.search(data):
        return True
    at = data.find(b"MZ")
    while at != -1:
        where = data[at + 0x3C : at + 0x40]
        if len(where) == 4:
            second = at + struct.unpack("<I", where)[0]
            if data[second : second + 4] == b"PE\x00\x00":
                return True
        at = data.find(b"MZ", at + 1)
    return False


def _tail_of_picture(data: bytes) -> bytes:
    """What follows the picture. Telephones write data of their own there, so that alone is
    no reason to refuse."""
    mark = _PNG_END if data.startswith(b"\x89PNG") else _JPEG_END
    return data.partition(mark)[2]


def _found_behind(tail: bytes) -> str:
    if any(sign in tail for sign in _ARCHIVES):
        return ARCHIVE
    return SCRIPT if _SCRIPTS.search(tail) else ""


def _found_in_pdf(data: bytes) -> str:
    if _ENCRYPTED.search(data):
        return LOCKED
    if _ACTIVE.search(data):
        return ACTIVE
    try:
        return ACTIVE if any(_ACTIVE.search(part) for part in _unpacked_parts(data)) else ""
    except _CannotSay:
        return UNREADABLE


class _CannotSay(Exception):
    """There is more, or it is packed otherwise, than can be looked through."""


def _unpacked_parts(data: bytes) -> Iterator[bytes]:
    """Pieces of all compressed parts, the end of one piece repeated before the next."""
    left = _UNPACKED
    for number, start in enumerate(_STREAM.finditer(data)):
        head = data[max(0, start.start() - 2048) : start.start()].rpartition(b" obj")[2]
        holds_objects = bool(_OBJECTS.search(head))
        if number > _MOST_PARTS or (holds_objects and _ODDLY_PACKED.search(head)):
            raise _CannotSay
        kept = b""
        for piece in _inflated(data, start.end()):
            yield kept + piece
            kept = piece[-_OVERLAP:]
            left -= len(piece)
            if left <= 0 and not (_PICTURE.search(head) and not holds_objects):
                raise _CannotSay
            if left <= 0:
                break


def _inflated(data: bytes, start: int) -> Iterator[bytes]:
    """The part that begins at `start`, piece by piece; nothing if it is not compressed."""
    unpack = zlib.decompressobj()
    source = memoryview(data)[start:]
    try:
        piece = unpack.decompress(source[:_PIECE], _PIECE)
        taken = _PIECE
        while piece:
            yield piece
            more = unpack.unconsumed_tail
            if not more and not unpack.eof:
                more = bytes(source[taken : taken + _PIECE])
                taken += _PIECE
            piece = unpack.decompress(more, _PIECE) if more and not unpack.eof else b""
    except zlib.error:
        return

"""A file of an office suite as a package of parts: what it is, and that unpacking it does no harm.

Nothing here trusts the file: its size, what it says of its parts and their XML are checked
before anything else reads them. Each kind of file is a class over `OfficeFile` with its own
sentences. Pure.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import ClassVar
from xml.parsers import expat

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 2000

#: What `zipfile` stumbles over in a damaged or hostile file.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".vml")


class OfficeFileError(ValueError):
    """The file cannot be taken; the text is a Russian sentence that says what is expected."""


@dataclass(frozen=True)
class Words:
    """Sentences about one kind of file. `expected`: what is needed; `save_as`: how to get it."""

    expected: str
    save_as: str
    broken: str
    too_large: str
    too_many_bytes: str
    locked: str
    not_this: str


class OfficeFile:
    """A package whose parts may be read. Raises `error` for anything else."""

    words: ClassVar[Words]
    error: ClassVar[type[OfficeFileError]] = OfficeFileError

    def __init__(self, content: bytes) -> None:
        self._check_kind(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGED:
            raise self.error(self.words.broken) from None
        self._names = {name.lower().lstrip("/"): name for name in self._zip.namelist()}
        self.check_parts(self._names)
        self._left = MAX_UNPACKED
        entries = self._zip.infolist()
        if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise self.error(self.words.too_large)

    def check_parts(self, names: dict[str, str]) -> None:
        """Whether the package is what is wanted, told by its parts; raises `error`."""
        raise NotImplementedError

    def part(self, path: str) -> bytes:
        """A part, XML in UTF-8 without a DOCTYPE; no more than the package said of its size."""
        name = self._names.get(path.lower())
        if name is None:
            raise self.error(self.words.broken)
        try:
            with self._zip.open(name) as file:
                data = file.read(self._left + 1)
        except DAMAGED:
            raise self.error(self.words.broken) from None
        self._left -= len(data)
        if self._left < 0:
            raise self.error(self.words.too_large)
        return self._plain_xml(data) if path.lower().endswith(_XML) else data

    def elements(self, xml: bytes, tag: str) -> list[dict[str, str]]:
        """Attributes of the elements of that local name."""
        found: list[dict[str, str]] = []
        parser = expat.ParserCreate()

        def start(name: str, attributes: dict[str, str]) -> None:
            if name.rpartition(":")[2] == tag:
                found.append(attributes)

        parser.StartElementHandler = start
        try:
            parser.Parse(xml, True)
        except expat.ExpatError:
            raise self.error(self.words.broken) from None
        return found

    def _check_kind(self, content: bytes) -> None:
        words = self.words
        if not content:
            raise self.error(f"Файл пуст. {words.expected}")
        if len(content) > MAX_BYTES:
            raise self.error(words.too_many_bytes)
        if content.startswith(_OLE):
            if _ENCRYPTED in content:
                raise self.error(words.locked)
            raise self.error(f"Это файл старого формата (.xls или .doc). {words.save_as}")
        if content.startswith(b"%PDF"):
            raise self.error(f"Это файл PDF. {words.expected}")
        if not content.startswith(b"PK"):
            raise self.error(words.not_this)

    def _plain_xml(self, data: bytes) -> bytes:
        """Entities are how a small XML grows huge; no honest file declares any."""
        head = data[:200].lower()
        foreign = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in head
        named = b"encoding=" in head and b"utf-8" not in head and b"us-ascii" not in head
        if foreign or named or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self.error(self.words.broken)
        return data

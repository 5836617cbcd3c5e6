"""Papers on their way in: told by content, without macros, then stored.

An order, a programme or a protocol is a PDF, a text, a table or a scan. It is kept byte for byte:
its checksum is what the paper was when it was handed in.
"""

import errno
import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import BinaryIO, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image

from accounts.models import User
from common.files import StoredFile
from common.images import MAX_BYTES, MAX_PIXELS
from schools import hidden_content
from schools.exchange.package import DAMAGED
from schools.models import Municipality, SchoolFile

#: For the `accept` of a file field and for its hint.
ACCEPT = ".pdf,.docx,.xlsx,.odt,.jpg,.jpeg,.png"
HINT = "PDF, DOCX, XLSX, ODT, JPG или PNG до 20 МБ"

#: A part of an office file that tells its type is small; a larger one is a bomb.
_PART_BYTES = 1024 * 1024
_MOST_PARTS = 10_000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODT = "application/vnd.oasis.opendocument.text"
_BROKEN = "Файл повреждён и не читается. Сохраните документ заново и приложите его снова."
_OTHER = f"Такие файлы не принимаются. Приложите {HINT}."
_MACROS = "В файле есть макросы. Сохраните документ без макросов: как DOCX, XLSX или PDF."
_VAST = "На снимке больше 50 миллионов точек. Уменьшите его и приложите снова."
_NO_SCAN = (
    "Это документ Word, Excel или архив, а нужен скан подписанного документа. "
    "Приложите PDF, JPG или PNG."
)
_OLD = "Это файл старого формата или под паролем. Сохраните его без пароля как DOCX, XLSX или PDF."


@dataclass(frozen=True)
class _Kind:
    content_type: str
    #: What the paper is called in a sentence; names of files that may hold it.
    word: str
    suffixes: tuple[str, ...]


_PDF = _Kind("application/pdf", "документ PDF", (".pdf",))
_DOCX = _Kind(f"{_OFFICE}wordprocessingml.document", "документ Word", (".docx",))
_XLSX = _Kind(f"{_OFFICE}spreadsheetml.sheet", "таблица Excel", (".xlsx",))
_TEXT = _Kind(_ODT, "документ ODT", (".odt",))
_JPEG = _Kind("image/jpeg", "снимок JPEG", (".jpg", ".jpeg"))
_PNG = _Kind("image/png", "снимок PNG", (".png",))


@dataclass(frozen=True)
class Limit:
    """Which papers are taken. `hint` names them; `is_scan`: nothing may be hidden in them."""

    kinds: frozenset[_Kind]
    hint: str
    is_scan: bool = False

    @property
    def accept(self) -> str:
        """For the `accept` of a file field."""
        return ",".join(sorted(suffix for kind in self.kinds for suffix in kind.suffixes))


ANY_PAPER = Limit(frozenset({_PDF, _DOCX, _XLSX, _TEXT, _JPEG, _PNG}), HINT)
SCAN = Limit(frozenset({_PDF, _JPEG, _PNG}), "PDF, JPG или PNG до 20 МБ", is_scan=True)

Stored = TypeVar("Stored", bound=StoredFile)


@dataclass(frozen=True)
class CheckedPaper:
    """The bytes of a paper and its type as the content says it."""

    content: bytes
    content_type: str


def checked(upload: UploadedFile, limit: Limit = ANY_PAPER) -> CheckedPaper:
    """Read an uploaded paper; ValidationError says what is wrong and what to do instead."""
    data = _read(upload)
    kind = _kind_of(data, limit)
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in kind.suffixes:
        named = f"назван «{suffix}»" if suffix else "без расширения"
        raise ValidationError(
            f"Файл {named[:30]}, а внутри {kind.word}. "
            f"Дайте ему имя на {kind.suffixes[0]} или выберите другой файл."
        )
    if limit.is_scan and (found := hidden_content.found_in(data)):
        raise ValidationError(found)
    return CheckedPaper(data, kind.content_type)


def stored(
    upload: UploadedFile,
    municipality: Municipality,
    by: User,
    *,
    model: type[Stored] = SchoolFile,  # type: ignore[assignment]
    limit: Limit = ANY_PAPER,
) -> Stored:
    """Check a paper and save it with its row; ValidationError also when the store is full.

    `model`: a table of files that has a municipality.
    """
    paper = checked(upload, limit)
    new = model.of_content(
        paper.content,
        original_name=upload.name or "",
        content_type=paper.content_type,
        by=by,
        municipality=municipality,
    )
    try:
        new.save()
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise ValidationError(
            "Файл не сохранён: на сервере кончилось место. Приложите его позже."
        ) from error
    return new


@contextmanager
def storing(
    upload: UploadedFile | None,
    municipality: Municipality,
    by: User,
    *,
    model: type[Stored] = SchoolFile,  # type: ignore[assignment]
    limit: Limit = ANY_PAPER,
) -> Iterator[Stored | None]:
    """One transaction with a paper stored in it; when it fails, no file is left behind."""
    new = None
    try:
        with transaction.atomic():
            new = stored(upload, municipality, by, model=model, limit=limit) if upload else None
            yield new
    except BaseException:
        if new is not None:
            new.file.storage.delete(str(new.file.name))
        raise


def discard(paper: StoredFile) -> None:
    """Delete the row, and the file once that is certain. Nothing may refer to it any more."""
    name = str(paper.file.name)
    paper.delete()
    transaction.on_commit(partial(paper.file.storage.delete, name))


def _read(upload: BinaryIO | UploadedFile) -> bytes:
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise ValidationError("Файл пуст. Выберите его ещё раз.")
    if len(data) > MAX_BYTES:
        raise ValidationError(
            "Файл больше 20 МБ. Уменьшите его или дайте ссылку на документ на сайте школы."
        )
    return data


def _kind_of(data: bytes, limit: Limit) -> _Kind:
    if limit.is_scan and data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValidationError(_NO_SCAN)
    kind = _told_by(data)
    if kind is None or kind not in limit.kinds:
        raise ValidationError(f"Такие файлы не принимаются. Приложите {limit.hint}.")
    return kind


def _told_by(data: bytes) -> _Kind | None:
    if data.startswith(b"%PDF-"):
        return _whole_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise ValidationError(_OLD)
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture_kind(data)
    return None


def _whole_pdf(data: bytes) -> _Kind:
    if b"%%EOF" not in data[-2048:]:
        raise ValidationError(_BROKEN)
    return _PDF


def _picture_kind(data: bytes) -> _Kind:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_VAST)
            picture.verify()
            return _PNG if picture.format == "PNG" else _JPEG
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_VAST) from None
    except (OSError, SyntaxError, ValueError, struct.error):
        raise ValidationError(_BROKEN) from None


def _office_kind(data: bytes) -> _Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _kind_of_parts(archive)
    except DAMAGED:
        raise ValidationError(_BROKEN) from None


def _kind_of_parts(archive: zipfile.ZipFile) -> _Kind:
    names = [name.lower() for name in archive.namelist()]
    if len(names) > _MOST_PARTS:
        raise ValidationError(_OTHER)
    if "mimetype" in names:
        return _open_document(_part(archive, "mimetype").strip(), names)
    if "[content_types].xml" not in names:
        raise ValidationError(_OTHER)
    types = _part(archive, "[Content_Types].xml").lower()
    macros = ("vbaproject.bin", "macrosheets/")
    if "macroenabled" in types or any(word in name for name in names for word in macros):
        raise ValidationError(_MACROS)
    for kind in (_DOCX, _XLSX):
        if f"{kind.content_type}.main+xml" in types:
            return kind
    raise ValidationError(_OTHER)


def _open_document(declared: str, names: list[str]) -> _Kind:
    if declared != _ODT:
        raise ValidationError(_OTHER)
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise ValidationError(_MACROS)
    return _TEXT


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_PART_BYTES).decode("utf-8", "replace")

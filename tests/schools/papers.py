"""Small papers of every kind that a school may hand in, and some that it may not."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
EXE = b"MZ\x90\x00" + bytes(200)
OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{OFFICE}wordprocessingml.document.main+xml"
EXCEL = f"{OFFICE}spreadsheetml.sheet.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def upload(content: bytes = PDF, name: str = "Программа.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(**parts: str) -> bytes:
    """A zip; `_` of a name stands for what Python cannot write: `word__x` is «word/x»."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, text in parts.items():
            # A fixed day: two workers must make the same bytes, pytest names tests by them.
            zipped.writestr(zipfile.ZipInfo(name.replace("__", "/")), text)
    return out.getvalue()


def office(content_type: str, **parts: str) -> bytes:
    types = f'<Types><Override PartName="/x.xml" ContentType="{content_type}"/></Types>'
    return archive(**{"[Content_Types].xml": types, **parts})


def odt(**parts: str) -> bytes:
    return archive(mimetype="application/vnd.oasis.opendocument.text", **parts)


def picture(kind: str = "PNG", size: tuple[int, int] = (9, 9)) -> bytes:
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(out, kind)
    return out.getvalue()

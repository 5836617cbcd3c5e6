"""What a scan must not carry along, and what honest scans have all the same."""

import io
import struct
import zipfile
import zlib

import pytest

from schools.hidden_content import (
    ACTIVE,
    ARCHIVE,
    LOCKED,
    PROGRAM,
    SCRIPT,
    UNREADABLE,
    found_in,
)
from tests.schools.papers import picture

PROGRAM_BYTES = b"MZ" + b"\x00" * 58 + struct.pack("<I", 64) + b"PE\x00\x00" + b"\x00" * 40


def pdf(*objects: bytes) -> bytes:
    body = b"\n".join(b"%d 0 obj %s endobj" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def stream(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("word/vbaProject.bin", "x")
    return made.getvalue()


HONEST = {
    "a page": pdf(b"<</Type/Catalog/OpenAction[3 0 R/Fit]>>", stream(b"BT (JavaScript) Tj ET")),
    "a scanned page": pdf(stream(b"\x80" * 900_000, b"/Subtype/Image/Filter/FlateDecode")),
    "packed objects": pdf(stream(b"1 0 <</Type/Page>>", b"/Type/ObjStm/Filter/FlateDecode")),
    "a JPEG": picture("JPEG"),
    "a PNG": picture(),
    "a telephone's JPEG with data of its own behind it": picture("JPEG") + b"SEFT\x00\x00data",
}
HIDDEN = {
    "a program behind a picture": (picture() + PROGRAM_BYTES, PROGRAM),
    "a program behind a JPEG": (picture("JPEG") + PROGRAM_BYTES, PROGRAM),
    "a program in a PDF": (pdf(b"<<>>") + PROGRAM_BYTES + b"%%EOF", PROGRAM),
    "a program of Linux": (picture() + b"\x7fELF\x02\x01\x01", PROGRAM),
    "an archive behind a picture": (picture() + archive(), ARCHIVE),
    "an archive behind a PDF": (pdf(b"<<>>") + archive() + b"%%EOF", ARCHIVE),
    "another kind of archive": (picture("JPEG") + b"Rar!\x1a\x07\x00", ARCHIVE),
    "a PDF behind a picture": (picture() + pdf(b"<<>>"), ARCHIVE),
    "a script behind a picture": (picture("JPEG") + b"<?php system($_GET[0]); ?>", SCRIPT),
    "a page behind a picture": (picture() + b"<ScRiPt>alert(1)</script>", SCRIPT),
    "a shell script behind a picture": (picture() + b"\n#!/bin/sh", SCRIPT),
    "JavaScript": (pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), ACTIVE),
    "JavaScript spelled otherwise": (pdf(b"<</S /J#61va#53cript /JS 5 0 R>>"), ACTIVE),
    "JavaScript in packed objects": (
        pdf(stream(b"7 0 <</S/JavaScript/JS(1)>>", b"/Type/ObjStm/Filter/FlateDecode")),
        ACTIVE,
    ),
    "packed objects that say nothing of themselves": (
        pdf(stream(b"x" * 3_000_000 + b" <</S /Launch/F(calc.exe)>>")),
        ACTIVE,
    ),
    "packed objects that call themselves a picture": (
        pdf(stream(b" <</S /Launch/F(calc.exe)>>", b"/Subtype/Image")),
        ACTIVE,
    ),
    "a program to launch": (pdf(b"<</OpenAction<</S/Launch/F(cmd.exe)>>>>"), ACTIVE),
    "an attached file": (pdf(b"<</Names<</EmbeddedFiles 4 0 R>>>>"), ACTIVE),
    "a form with code": (pdf(b"<</AcroForm<</XFA[]>>>>"), ACTIVE),
    "a password": (pdf(b"<</Encrypt 9 0 R>>"), LOCKED),
    "objects packed in two ways": (
        pdf(stream(b"x", b"/Type/Obj#53tm/Filter[/ASCII85Decode/FlateDecode]")),
        UNREADABLE,
    ),
    "more parts than any scan has": (pdf(b"stream\n" * 20_002), UNREADABLE),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_scans_are_taken(name):
    assert found_in(HONEST[name]) == ""


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_found(name):
    content, sentence = HIDDEN[name]
    assert found_in(content) == sentence


def test_a_bomb_is_refused_and_never_unpacked_whole():
    bomb = zlib.compress(b"\x00" * (300 * 1024 * 1024), 9)
    packed = b"<</Length 1>>\nstream\n" + bomb + b"\nendstream"
    assert found_in(pdf(packed)) == UNREADABLE


def test_two_letters_that_begin_a_program_are_no_program():
    assert found_in(picture() + b"MZ" * 200) == ""

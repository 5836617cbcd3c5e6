"""Papers on their way in: what is taken, what is refused and in which words."""

import errno
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage

from schools.models import SchoolFile
from schools.uploads import checked, discard, stored, storing
from tests.schools import papers
from tests.schools.papers import EXCEL, EXE, PDF, WORD, WORD_WITH_MACROS, odt, office, upload

GOOD = {
    "Программа.pdf": (PDF, "application/pdf"),
    "Приказ.DOCX": (office(WORD), WORD.removesuffix(".main+xml")),
    "перечень.xlsx": (office(EXCEL), EXCEL.removesuffix(".main+xml")),
    "концепция.odt": (odt(), "application/vnd.oasis.opendocument.text"),
    "скан.jpeg": (papers.picture("JPEG"), "image/jpeg"),
    "скан.png": (papers.picture(), "image/png"),
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def why(content: bytes, name: str = "Программа.pdf") -> str:
    with pytest.raises(ValidationError) as refused:
        checked(upload(content, name))
    return refused.value.messages[0]


@pytest.mark.parametrize("name", GOOD)
def test_usual_papers_are_taken_byte_for_byte(name):
    content, content_type = GOOD[name]
    paper = checked(upload(content, name))
    assert (paper.content, paper.content_type) == (content, content_type)


@pytest.mark.parametrize(
    "content",
    [
        EXE,
        b"<html><script>alert(1)</script></html>",
        b"\x00",
        b"GIF89a;",
        b"just words",
        b"#!/bin/sh",
    ],
)
def test_the_type_is_told_by_content_not_by_name(content):
    assert "Такие файлы не принимаются. Приложите PDF, DOCX" in why(content)


def test_a_name_that_lies_is_told():
    assert why(office(WORD)) == (
        "Файл назван «.pdf», а внутри документ Word. "
        "Дайте ему имя на .docx или выберите другой файл."
    )
    assert "без расширения, а внутри документ PDF" in why(PDF, "Программа")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (office(WORD_WITH_MACROS), "приказ.docm"),
        (office(WORD_WITH_MACROS), "приказ.docx"),
        (office(WORD, **{"word/vbaProject.bin": "x"}), "приказ.docx"),
        (office(EXCEL, xl__macrosheets__sheet1="x"), "перечень.xlsx"),
        (odt(Basic__Standard__Module1="x"), "приказ.odt"),
        (odt(Scripts__python__x="x"), "приказ.odt"),
    ],
)
def test_macros_are_refused_whatever_the_name(content, name):
    assert "В файле есть макросы" in why(content, name)


def test_old_or_locked_office_files_are_told():
    assert "старого формата или под паролем" in why(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "приказ.docx"
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF[:20], "программа.pdf"),
        (office(WORD)[:40], "приказ.docx"),
        (papers.picture("JPEG")[:30], "скан.jpg"),
        (papers.picture()[:40], "скан.png"),
    ],
    ids=["pdf", "docx", "jpg", "png"],
)
def test_half_a_file_is_told(content, name):
    assert "повреждён" in why(content, name)


@pytest.mark.parametrize(
    "content", [papers.archive(a="b"), office("text/plain"), papers.archive(mimetype="image/svg")]
)
def test_other_archives_are_refused(content):
    assert "не принимаются" in why(content, "приказ.docx")


def test_an_empty_file_is_told():
    assert "Файл пуст" in why(b"")


def test_twenty_megabytes_are_the_limit():
    size = 20 * 1024 * 1024
    assert len(checked(upload(b"%PDF-" + bytes(size - 10) + b"%%EOF")).content) == size
    assert "больше 20 МБ" in why(b"%PDF-" + bytes(size - 9) + b"%%EOF")


@pytest.mark.parametrize("side", [7100, 20_000])
def test_a_picture_too_vast_is_told_before_it_is_unpacked(side):
    assert "50 миллионов точек" in why(papers.picture(size=(side, side)), "скан.png")


def test_a_stored_paper_is_named_by_the_portal_and_remembers_its_own_name(cast, media):
    paper = stored(upload(name="..\\тайна\x00\r\nx.pdf"), cast.municipality, cast.director)

    assert paper.original_name == "тайнаx.pdf"
    assert paper.municipality == cast.municipality
    assert paper.uploaded_by == cast.director
    assert (paper.size, paper.content_type) == (len(PDF), "application/pdf")
    (kept,) = files_in(media)
    assert kept.suffix == ".pdf"
    assert "тайна" not in str(kept)


def test_a_failed_deed_leaves_neither_row_nor_file(cast, media):
    def deed() -> None:
        with storing(upload(), cast.municipality, cast.director):
            assert len(files_in(media)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()

    assert not SchoolFile.objects.exists()
    assert files_in(media) == []


def test_a_discarded_file_goes_with_the_commit(cast, media, django_capture_on_commit_callbacks):
    paper = stored(upload(), cast.municipality, cast.director)
    with django_capture_on_commit_callbacks(execute=True):
        discard(paper)
        assert len(files_in(media)) == 1

    assert files_in(media) == []
    assert not SchoolFile.objects.exists()


def test_a_full_store_is_told(cast, monkeypatch):
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(ValidationError, match="кончилось место"):
        stored(upload(), cast.municipality, cast.director)

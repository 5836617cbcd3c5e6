"""Facts of the file itself: archive variant, tags, language, fonts. No outside validator."""

import gc
import io
import logging
import os
import subprocess
import sys

import pikepdf
import pytest

from reports import pdf
from reports.builders.sample import long_context
from reports.fonts import only_ours, printable
from reports.page import html_of


@pytest.fixture(scope="module")
def made() -> pdf.PdfResult:
    return pdf.render(html_of(long_context(pages=4)))


@pytest.fixture(scope="module")
def file(made):
    with pikepdf.open(io.BytesIO(made.content)) as opened:
        yield opened


def fonts_of(file) -> set[str]:
    found = {
        str(item.BaseFont)
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    }
    return {name.lstrip("/").partition("+")[2] or name for name in found}


def test_it_is_a_tagged_archive_file(file):
    assert file.Root.MarkInfo.Marked
    assert file.Root.StructTreeRoot is not None
    with file.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_it_has_language_title_and_output_intent(file):
    assert str(file.Root.Lang) == "ru"
    title = "Информационная справка о сетевом взаимодействии управленческих команд"
    assert str(file.docinfo["/Title"]).startswith(title)
    (intent,) = file.Root.OutputIntents
    assert intent.DestOutputProfile is not None


def test_only_pt_serif_is_embedded_whatever_the_machine_has(file):
    assert fonts_of(file) <= {"PT-Serif", "PT-Serif-Bold", "PT-Serif-Italic"}
    descriptors = [
        item
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    assert descriptors
    assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def test_pages_and_checksum_are_those_of_the_content(made, file):
    assert made.pages == len(file.pages)
    assert len(made.sha256) == 64


def test_headings_tables_and_figures_are_told_to_assistive_programs(file):
    kinds = {
        str(item.S)
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item
    }
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/L", "/LI"} <= kinds


def test_a_glyph_that_the_font_lacks_is_replaced_not_borrowed():
    assert printable("СОШ №3 → СОШ №2 ✓ \u202f漢") == "СОШ №3 – СОШ №2 да \u00a0?"
    page = '<html lang="ru"><title>т</title><body class="doc"><p>→ 漢 😀</p></body></html>'
    with pikepdf.open(io.BytesIO(pdf.render(page).content)) as opened:
        assert fonts_of(opened) == {"PT-Serif"}


def test_nothing_is_fetched_from_anywhere(caplog):
    page = """<html lang="ru"><title>т</title><body>
      <img src="http://127.0.0.1:1/a.png" alt=""><img src="file:///etc/hostname" alt=""></body>"""
    with caplog.at_level(logging.ERROR, "weasyprint"):
        pdf.render(page)
    assert caplog.text.count("A document may not load") == 2


def test_progress_goes_forward_by_steps_and_pages():
    told = []
    pdf.render(html_of(long_context(pages=4)), lambda *step: told.append(step))
    percents = [percent for _, percent in told]
    assert percents == sorted(percents)
    assert ("Верстаются страницы: 2", 22) in told
    assert told[-1][0] == "Записывается файл"


def test_what_the_listener_raises_ends_the_work_and_leaves_the_process_as_it_was():
    class Enough(Exception):
        pass

    def refuse(stage: str, percent: int) -> None:
        raise Enough

    before = list(logging.getLogger("weasyprint.progress").handlers)
    with pytest.raises(Enough):
        pdf.render("<html lang='ru'><title>т</title><body>т</body></html>", refuse)
    assert gc.isenabled()
    assert logging.getLogger("weasyprint.progress").handlers == before


def test_fonts_of_the_system_are_shut_out_for_a_moment_only(monkeypatch):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with only_ours():
        assert os.environ["FONTCONFIG_FILE"].endswith("fonts.conf")
    assert "FONTCONFIG_FILE" not in os.environ


def test_the_web_process_never_imports_weasyprint():
    check = (
        "import sys, django; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "import reports.views, network_portal.homes.chair; "
        "assert 'reports.forms' in sys.modules; "
        "sys.exit('weasyprint' in sys.modules or 'fontTools' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "network_portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", check], env=environment, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_long_sample_is_about_as_long_as_asked():
    result = pdf.render(html_of(long_context(pages=12)))
    assert 10 <= result.pages <= 15

"""Screen fonts: small, complete, made once; a first visit stays light."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory
from fontTools.ttLib import TTFont

from network_portal import assets
from network_portal.storage import PortalStaticFiles

FIRST_VISIT_LIMIT = 80 * 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("data") / "assets"
    assert assets.build(target) is True
    return target


@pytest.mark.parametrize("name", assets.FACES)
def test_face_is_small_and_has_every_sign(built: Path, name: str):
    path = built / "fonts" / name
    font = TTFont(path)
    missing = [sign for sign in assets.ALPHABET if ord(sign) not in font.getBestCmap()]
    assert font.flavor == "woff2"
    assert path.stat().st_size < 12 * 1024
    # PT Sans itself has none of these; text of the portal does without them.
    assert set(missing) <= set("₽")


def test_face_keeps_kerning_and_drops_hints(built: Path):
    font = TTFont(built / "fonts" / "pt-sans.woff2")
    features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert features == {"kern"}
    assert "fpgm" not in font
    assert "prep" not in font


def test_bold_is_another_face(built: Path):
    weights = [TTFont(built / "fonts" / name)["OS/2"].usWeightClass for name in assets.FACES]
    assert weights == [400, 700]


def test_second_build_changes_nothing(built: Path):
    before = {path: path.stat().st_mtime_ns for path in (built / "fonts").iterdir()}
    assert assets.build(built) is False
    assert {path: path.stat().st_mtime_ns for path in (built / "fonts").iterdir()} == before


def test_lost_face_is_made_again(tmp_path: Path):
    target = tmp_path / "assets"
    assets.build(target)
    lost = target / "fonts" / "pt-sans.woff2"
    lost.unlink()
    assert assets.build(target) is True
    assert lost.is_file()


def test_new_alphabet_makes_faces_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "assets"
    assets.build(target)
    monkeypatch.setattr(assets, "ALPHABET", "абв")
    assert assets.build(target) is True
    assert assets.build(target) is False


def test_without_set_up_names_are_plain(tmp_path: Path):
    storage = PortalStaticFiles(location=tmp_path, base_url="/static/")
    assert storage.url("css/base.css") == "/static/css/base.css"


@pytest.fixture
def set_up(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "static", tmp_path / "assets"]
    call_command("build_assets", verbosity=0)
    return settings.STATIC_ROOT


def test_set_up_hashes_all_and_compresses_ours(set_up: Path):
    name = staticfiles_storage.stored_name("css/base.css")
    admin = staticfiles_storage.stored_name("admin/css/base.css")
    assert name != "css/base.css"
    assert (set_up / f"{name}.br").is_file()
    assert (set_up / f"{name}.gz").is_file()
    assert (set_up / admin).is_file()
    assert not (set_up / f"{admin}.br").exists()


def test_set_up_is_not_repeated(set_up: Path, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    call_command("build_assets")
    assert "не изменились" in capsys.readouterr().out


def test_first_visit_is_under_80_kilobytes(set_up: Path):
    html = render_to_string("404.html", request=RequestFactory().get("/"))
    names = ["css/tokens.css", "css/tokens-dark.css", "css/base.css", "css/components.css"]
    names += ["css/print.css", "django_htmx/htmx-2.min.js", "js/failures.js", "img/favicon.svg"]
    names += [f"fonts/{face}" for face in assets.FACES]
    total = len(gzip.compress(html.encode()))
    for name in names:
        stored = staticfiles_storage.stored_name(name)
        assert stored in html or name.startswith("fonts/")
        packed = set_up / f"{stored}.gz"
        total += (packed if packed.is_file() else set_up / stored).stat().st_size
    assert total < FIRST_VISIT_LIMIT

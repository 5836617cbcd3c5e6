"""Makes the pictures of the README and the guides: `./portal screenshots`.

Not a test by name, so the suite leaves it out. The clock is frozen on the day of the mock-ups.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from PIL import Image

from partnerships.models import Partnership
from reports.models import Document
from roadmaps.enums import ReportState
from roadmaps.models import EventReport, Roadmap
from schools.models import School
from tests.browser.conftest import DESK, PHONE, Visit
from tests.conftest import TODAY

OUT = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
#: Taller pages are cut: the pictures show what a person sees first, and stay small.
HIGHEST = {DESK["width"]: 1700, PHONE["width"]: 1500}
COLOURS = 64


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=True):
        yield


def pages(tmp_path: Path) -> list[tuple[str, str, str]]:
    """Name of the picture, who looks, address."""
    call_command("make_document", kind="network", out=str(tmp_path / "document.pdf"))
    pair = Partnership.objects.get(topic="обучающиеся с ОВЗ, учебная неуспешность")
    roadmap = Roadmap.objects.get(partnership=pair)
    returned = EventReport.objects.get(state=ReportState.RETURNED)
    joint = EventReport.objects.filter(state=ReportState.SUBMITTED, school__number="16").get()
    row = returned.occurrence.event.rows.get()
    school = School.objects.get(short_name="СОШ №47").pk
    form = f"/roadmaps/occurrences/{returned.occurrence_id}/reports/{returned.school_id}/"
    return [
        ("sign-in", "", "/sign-in/"),
        ("view", "", "/view/"),
        ("methodist", "methodist", "/"),
        ("roadmap", "methodist", f"/roadmaps/{roadmap.pk}/"),
        ("row", "methodist", f"/roadmaps/rows/{row.pk}/"),
        ("review", "methodist", f"/roadmaps/occurrences/{joint.occurrence_id}/review/"),
        ("schools", "methodist", "/schools/"),
        ("school", "methodist", f"/schools/{School.objects.get(short_name='СОШ №3').pk}/"),
        ("risks", "methodist", f"/schools/{school}/risks/"),
        ("profile", "methodist", f"/schools/{school}/profiles/2026/"),
        ("clusters", "methodist", "/schools/clusters/"),
        ("upload", "methodist", "/schools/imports/new/"),
        ("partnership", "methodist", f"/partnerships/{pair.pk}/"),
        ("propose", "methodist", f"/partnerships/create/?target={school}"),
        ("candidates", "methodist", f"/partnerships/candidates/{school}/"),
        ("network", "methodist", "/partnerships/network/"),
        ("leads", "methodist", "/partnerships/leads/"),
        ("promises", "methodist", f"/partnerships/{pair.pk}/obligations/edit/"),
        ("director", "director", "/"),
        ("report", "director", form),
        ("curator", "curator", "/"),
        ("chair", "chair", "/"),
        ("order", "chair", "/documents/new/"),
        ("document", "chair", f"/documents/{Document.objects.get().pk}/"),
        ("administrator", "admin", "/"),
        ("forbidden", "director", "/documents/new/"),
    ]


def test_pictures(visit: Visit, tmp_path: Path) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    todo = pages(tmp_path)
    for size in (DESK, PHONE):
        for name, login, address in todo:
            page = visit(login, viewport=size).goto(address)
            page.evaluate("document.fonts.ready")
            _save(page.screenshot(full_page=True), OUT / f"{name}-{size['width']}.png")


def _save(picture: bytes, path: Path) -> None:
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, HIGHEST[image.width])))
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )

"""The справка: our rendering against bare WeasyPrint on the same HTML with the same options.

Every render is a fresh process, so neither way finds warm caches or a crowded memory; the two
ways take turns.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings

from common.academic_year import AcademicYear
from network_portal import demo
from network_portal.bench.places import Place
from network_portal.demo import example
from reports import builders
from reports.builders.sample import long_context
from reports.enums import DocumentKind, NetworkSection
from reports.models import Document
from reports.page import html_of
from schools.models import Municipality

OURS, BARE = "ours", "bare"
LONG = 100
#: A document of a few pages is fast enough for anyone; its ratio is printed without a goal.
LEAST_PAGES_FOR_GOAL = 50


@dataclass
class Race:
    """One document, rendered both ways some times."""

    title: str
    html: str
    told: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {OURS: [], BARE: []})

    def run(self, times: int) -> None:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            file = Path(folder) / "document.html"
            file.write_text(self.html, "utf-8")
            for turn in range(times):
                for way in (OURS, BARE) if turn % 2 == 0 else (BARE, OURS):
                    self.told[way].append(_rendered(way, file))

    @property
    def ours(self) -> float:
        """Seconds, median."""
        return median(one["seconds"] for one in self.told[OURS])

    @property
    def bare(self) -> float:
        return median(one["seconds"] for one in self.told[BARE])

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    @property
    def pages(self) -> int:
        return int(self.told[OURS][0]["pages"])

    @property
    def size(self) -> int:
        return int(self.told[OURS][0]["size"])

    @property
    def memory(self) -> float:
        """Megabytes at the peak of our way."""
        return max(one["memory"] for one in self.told[OURS])

    @property
    def has_goal(self) -> bool:
        return self.pages >= LEAST_PAGES_FOR_GOAL


def _rendered(way: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "network_portal.bench.render", way, str(file)]
    done = subprocess.run(  # noqa: S603 - our own module and our own file
        command, cwd=settings.BASE_DIR, env=dict(os.environ), check=True, stdout=subprocess.PIPE
    )
    return dict(json.loads(done.stdout))


def documents(place: Place, now: datetime, is_quick: bool) -> Iterator[Race]:
    """The справка of the demo network and the long sample."""
    with place.entered():
        demo.load(today=now.date(), password="demo")  # noqa: S106 - nobody signs in
        yield Race("Справка показа", _demo_html(now))
    if not is_quick:
        yield Race("Длинный образец", html_of(long_context(LONG)))


def _demo_html(now: datetime) -> str:
    municipality = Municipality.objects.get(name=example.NAME)
    document = Document(
        municipality=municipality,
        kind=DocumentKind.NETWORK,
        year=AcademicYear.of(now.date()),
        sections=list(NetworkSection.values),
        signatory_post=municipality.signatory_post,
        signatory_name=municipality.signatory_name,
    )
    return html_of(builders.build(document, now, lambda stage, percent: None))

"""A workbook of schools against merely reading its file: rows a second, and the ratio.

The workbook is the portal's own template, filled from a network of so many schools and taken to
an empty one, so that every row is new; the same file once more changes nothing. Nothing is sent
to a queue and no file of the portal is touched.
"""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from time import perf_counter
from unittest import mock

from django.test import override_settings
from python_calamine import CalamineWorkbook

from accounts.models import User
from common import jobs
from network_portal.bench.data.schools import catalogue, municipality, schools
from network_portal.bench.places import empty_place, settle
from network_portal.catalogues import load_catalogues
from schools.actions.workbooks import confirm
from schools.enums import ImportKind
from schools.exchange import template
from schools.exchange.base import Scope
from schools.exchange.kinds import KINDS
from schools.exchange.package import XLSX
from schools.importing import run_import
from schools.models import Municipality, School, SchoolFile, WorkbookImport

KIND = KINDS[ImportKind.SCHOOLS]
DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@dataclass
class Import:
    """Seconds of every round: reading alone, comparing, writing, comparing what is known."""

    rows: int
    read: list[float] = field(default_factory=list)
    preview: list[float] = field(default_factory=list)
    confirm: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)

    @property
    def steps(self) -> list[tuple[str, float, float | None]]:
        """Title, seconds, ratio to reading: the median of the rounds, whose steps are side by
        side in time."""
        named = [("Сверка: все новые", self.preview), ("Запись", self.confirm)]
        named.append(("Сверка: всё известно", self.again))
        return [
            ("Чтение файла", median(self.read), None),
            *((title, median(times), self._to_read(times)) for title, times in named),
        ]

    def _to_read(self, times: list[float]) -> float:
        return median(mine / read for mine, read in zip(times, self.read, strict=True))


def race(rows: int, rounds: int, now: datetime) -> Import:
    """Import the workbook so many times, each time into an empty database."""
    content = _workbook(rows, now)
    told = Import(rows)
    for _ in range(rounds):
        with empty_place(0) as place, _apart():
            load_catalogues()
            home, by = municipality(), User.objects.create(email="methodist@bench.example")
            settle(place)
            told.read.append(_seconds(lambda: _read(content)))
            first = _upload(home, by, content)
            told.preview.append(_run(first))
            confirm(workbook=WorkbookImport.objects.get(pk=first.pk), by=by)
            told.confirm.append(_run(first))
            told.again.append(_run(_upload(home, by, content)))
            _checked(rows)
    return told


@contextmanager
def _apart() -> Iterator[None]:
    """Files in a folder of their own, messages to nobody."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        storages = {"default": {**DISK, "OPTIONS": {"location": folder}}}
        with (
            override_settings(STORAGES=storages, MEDIA_ROOT=folder),
            mock.patch.object(jobs, "enqueue"),
        ):
            yield


def _workbook(rows: int, now: datetime) -> bytes:
    with empty_place(rows):
        load_catalogues()
        home = municipality()
        schools(home, catalogue(), rows, items=2)
        return template.made(KIND, Scope(home, None, User(), now.date()), filled=True)


def _upload(home: Municipality, by: User, content: bytes) -> WorkbookImport:
    file = SchoolFile.of_content(
        content, original_name="школы.xlsx", content_type=XLSX, by=by, municipality=home
    )
    file.save()
    return WorkbookImport.objects.create(
        municipality=home, kind=ImportKind.SCHOOLS, file=file, created_by=by
    )


def _read(content: bytes) -> None:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        book.get_sheet_by_name(KIND.sheet).to_python(skip_empty_area=False)


def _run(workbook: WorkbookImport) -> float:
    return _seconds(lambda: run_import(workbook.pk))


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _checked(rows: int) -> None:
    """A bench of an import that did nothing would be a quick one."""
    last = WorkbookImport.objects.latest("pk")
    if School.objects.count() != rows or last.counts.get("same") != rows:
        raise RuntimeError(f"{School.objects.count()} schools, {last.counts} {last.error}")

"""HTML to a tagged PDF/A-3a. The only importer of WeasyPrint: a second of start-up that the
web process never pays.

No outside validator has judged the files; the tests look at tags, language, title, output
intent and embedded fonts.
"""

import gc
import hashlib
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from reports.fonts import only_ours, printable

with only_ours():
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "css" / "document.css"
OPTIONS = {"pdf_variant": "pdf/a-3a"}

#: What is told while the pages are made: a Russian sentence and percent of the whole.
Progress = Callable[[str, int], None]

_STEP = re.compile(r"Step (\d)(?:.*Page (\d+))?")
# The log of progress and the pause of the garbage collector belong to the whole process.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class PdfResult:
    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def render(html: str, on_progress: Progress | None = None) -> PdfResult:
    """Turn a whole HTML document into PDF; `on_progress` hears of every page.

    One at a time in a process: others wait. What `on_progress` raises ends the work.
    """
    with _one_at_a_time, _told(on_progress or _silence), _without_garbage_collection():
        with only_ours():
            fonts = FontConfiguration()
        source = weasyprint.HTML(string=printable(html), url_fetcher=_nothing_from_outside)
        document = source.render(font_config=fonts, stylesheets=[str(STYLESHEET)], **OPTIONS)
        return PdfResult(_written(document), len(document.pages))


def bare(html: str) -> bytes:
    """What WeasyPrint makes of the same HTML with the same options: the measure of the bench."""
    return weasyprint.HTML(string=html).write_pdf(stylesheets=[str(STYLESHEET)], **OPTIONS)


def _written(document: weasyprint.Document) -> bytes:
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.filterwarnings("ignore", "unclosed file", ResourceWarning)
        return document.write_pdf(**OPTIONS)


def _silence(stage: str, percent: int) -> None:
    """Nobody listens."""


class _NothingFromOutside(weasyprint.urls.URLFetcher):
    """Documents bring everything along; an address in one is a mistake or an attack."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> None:
        raise ValueError(f"A document may not load {url}")


_nothing_from_outside = _NothingFromOutside()


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Layout makes millions of objects and few cycles: a fifth of the time is saved."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
        gc.collect()


@contextmanager
def _told(on_progress: Progress) -> Iterator[None]:
    logger = logging.getLogger("weasyprint.progress")
    listener = _Listener(on_progress)
    level = logger.level
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)


class _Listener(logging.Handler):
    """WeasyPrint's own log of steps and pages, told on as stage and percent."""

    def __init__(self, on_progress: Progress) -> None:
        super().__init__(logging.INFO)
        self.on_progress = on_progress

    def emit(self, record: logging.LogRecord) -> None:
        match = _STEP.match(record.getMessage())
        if match:
            self.on_progress(*stage_of(int(match[1]), int(match[2] or 0)))


def stage_of(step: int, page: int) -> tuple[str, int]:
    """Stage and percent of WeasyPrint's seven steps; how many pages there will be is unknown.

    Shares were measured: 15 % until layout, 60 % layout, the rest is writing.
    """
    if step < 5:
        return "Готовится разметка", step * 3
    if step == 5:
        words = f"Верстаются страницы: {page}" if page else "Верстаются страницы"
        return words, 15 + 60 * page // (page + 15)
    return "Записывается файл", 78 if step == 6 else 92

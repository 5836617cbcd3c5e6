"""What is wrong with a page: by axe-core, and by its width."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Locator, Page

from tests.browser.conftest import DESK, PATIENCE, PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
#: 320 is the narrowest phone; 640 is what is left of a desk's window at 200 % zoom.
NARROW = (640, PHONE["width"], 320)


@cache
def axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def follow(target: Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    A click alone returns while the old page may still be open: what is asked next, of the
    page or of the database, would be asked of one or the other by chance.
    """
    with target.page.expect_navigation():
        target.click()


def until(happened: Callable[[], bool], page: Page) -> None:
    """Wait for what the page does behind the scenes, as long as for anything of a page."""
    for _ in range(PATIENCE // 100):
        if happened():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It did not happen in {PATIENCE // 1000} s")


def look(page: Page) -> list[str]:
    """Everything wrong with the page that is open, at each width."""
    wrong = []
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        wrong += [f"{viewport['width']} px: {line}" for line in violations(page)]
    over = {width: sideways(page, width) for width in NARROW}
    return wrong + [f"{width} px: {px} px too wide" for width, px in over.items() if px > 0]


def violations(page: Page) -> list[str]:
    """What axe finds, a line each with the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: []})",
        RULES,
    )
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a window of `width`."""
    page.set_viewport_size({"width": width, "height": 740})
    return page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")

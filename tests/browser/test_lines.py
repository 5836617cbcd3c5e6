"""Words stand on one line and things keep their distance, measured in a browser."""

import pytest
from playwright.sync_api import Page

from partnerships.models import Partnership
from schools.models import School
from tests.browser.conftest import PHONE, Visit

#: Pixels between the line of a badge's word and the line of the words around it.
LINES_APART = """badge => {
    const line = (parent, before) => {
        const mark = document.createElement("span");
        mark.style.cssText = "display:inline-block;width:0;height:0";
        parent.insertBefore(mark, before);
        const { bottom } = mark.getBoundingClientRect();
        mark.remove();
        return bottom;
    };
    // An inline block without words stands on the line; within the badge it is laid out anew.
    const word = [...badge.childNodes].find(node => node.nodeType === Node.TEXT_NODE);
    const held = document.createElement("span");
    badge.insertBefore(held, word);
    held.append(word);
    const inside = line(held, word);
    held.replaceWith(word);
    return Math.abs(inside - line(badge.parentNode, badge));
}"""


def gap(page: Page, above: str, below: str) -> float:
    """Pixels between two boxes that stand one above another."""
    upper = page.locator(above).first.bounding_box()
    lower = page.locator(below).first.bounding_box()
    assert upper is not None
    assert lower is not None
    return lower["y"] - upper["y"] - upper["height"]


@pytest.mark.any_database
def test_badges_stand_on_the_line_of_the_text_and_boxes_keep_apart(visit: Visit):
    director = visit("director", viewport=PHONE)
    school = School.objects.get(short_name="СОШ №5")
    page = director.goto(f"/schools/{school.pk}/")
    badges = page.locator("td .badge").all()
    assert badges
    assert max(badge.evaluate(LINES_APART) for badge in badges) < 1

    pair = Partnership.objects.get(members__school=school)
    page = director.goto(f"/partnerships/{pair.pk}/concerns/")
    assert gap(page, "main .sec > p", "main .sec > .row") >= 8
    assert gap(page, "main .sec > .row", "main .sec > .box") >= 8

    page = director.goto("/partnerships/network/")
    assert gap(page, "main figure", "main figure + details") >= 8


#: What a list box has for its chosen line beside its padding and its arrow, less the line.
ROOM_LEFT = """box => {
    const look = getComputedStyle(box);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = look.font;
    const words = pen.measureText(box.selectedOptions[0].text).width;
    const sides = parseFloat(look.paddingLeft) + parseFloat(look.paddingRight);
    return box.clientWidth - sides - words - 16;
}"""


@pytest.mark.any_database
def test_chosen_lines_of_the_candidates_filter_are_read_whole(visit: Visit):
    school = School.objects.get(short_name="СОШ №47")
    page = visit("methodist").goto(f"/partnerships/candidates/{school.pk}/")
    boxes = page.get_by_role("main").get_by_role("combobox").all()
    assert boxes
    assert min(box.evaluate(ROOM_LEFT) for box in boxes) >= 0

import re
from xml.etree import ElementTree

import pytest

from common.drawings import bar, line_plot, nice_ticks

YEARS = ["2022/23", "2023/24", "2024/25", "2025/26"]


def plot(values=(40, None, 48.65, 52), **options):
    return line_plot("Качество", "Растёт.", YEARS, list(values), (50, 60), **options)


def parts(svg, tag):
    return ElementTree.fromstring(svg).findall(f".//{tag}")


def words(svg):
    return [element.text for element in parts(svg, "text")]


def test_the_plot_is_named_for_those_who_do_not_see_it():
    svg = plot(uid="p7")
    assert 'role="img"' in svg
    assert 'aria-labelledby="p7"' in svg
    assert '<title id="p7">Качество. Растёт.</title>' in svg


def test_figures_have_a_comma_and_coordinates_a_dot():
    svg = plot()
    assert {"40,0", "48,7", "52,0", "цель", "50–60\u00a0%", *YEARS} <= set(words(svg))
    drawn = " ".join(re.findall(r'(?: d| x| y|cx|cy|width|height)="([^"]+)"', svg))
    assert "," not in drawn
    assert "nan" not in drawn


def test_a_missing_year_is_bridged_by_dashes_and_has_no_point():
    svg = plot()
    assert len(parts(svg, "circle")) == 3
    lines = [path.get("class") for path in parts(svg, "path") if "la" in path.get("class").split()]
    assert lines == ["la e", "la"]
    assert svg.count("stroke-dasharray") == 1
    assert "0,0" not in words(svg)


def test_every_colour_comes_as_attribute_and_as_class():
    for svg in (plot(), bar(10, 5, 7)):
        for element in ElementTree.fromstring(svg).iter():
            colours = {element.get("fill"), element.get("stroke")} - {None, "none", "#15202b"}
            assert not colours or element.get("class")
            if element.tag in ("rect", "circle"):
                assert element.get("fill")


@pytest.mark.parametrize(
    "values", [(None,) * 4, (5, None, None, None), (0, 0, 0, 0), (-3, 4, 1, 2)]
)
def test_every_set_of_values_can_be_drawn(values):
    svg = line_plot("Т", "", YEARS, values)
    assert len(parts(svg, "circle")) == sum(value is not None for value in values)


def test_one_period_and_none_can_be_drawn():
    assert len(parts(line_plot("Т", "", ["2022/23"], [5]), "circle")) == 1
    assert parts(line_plot("Т", "", [], []), "circle") == []


def test_labels_and_values_must_agree():
    with pytest.raises(ValueError):
        line_plot("Т", "", YEARS, [1])


def test_texts_are_escaped():
    svg = line_plot("<b>", '"&"', ["<i>"], [1], (0, 2), unit="<u>")
    assert "<b>" not in svg
    assert "<i>" not in svg
    assert "<u>" not in svg
    ElementTree.fromstring(svg)


def test_everything_stands_inside_the_frame():
    for circle in parts(plot(width=320, height=200), "circle"):
        assert 0 < float(circle.get("cx")) < 320
        assert 14 < float(circle.get("cy")) < 200


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([40, 60], [40, 45, 50, 55, 60]),
        ([0, 100], [0, 25, 50, 75, 100]),
        ([0.1, 0.4], [0.1, 0.2, 0.3, 0.4]),
        ([3], [2, 2.5, 3, 3.5, 4]),
        ([], [0, 25, 50, 75, 100]),
        ([-3, 4], [-4, -2, 0, 2, 4]),
    ],
)
def test_ticks_are_round_and_enclose_the_values(values, ticks):
    assert nice_ticks(values) == ticks


def test_no_ticks_below_zero_for_shares():
    assert nice_ticks([0])[0] == 0


def test_a_bar_shows_done_within_planned_within_whole():
    rects = parts(bar(8, 2, 6), "rect")
    assert [rect.get("width") for rect in rects] == ["100", "75.0", "25.0"]
    assert len(parts(bar(8, 2), "rect")) == 2


@pytest.mark.parametrize(("total", "done", "share"), [(0, 5, "0"), (4, 9, "100"), (4, 0, "0.0")])
def test_a_bar_never_leaves_its_frame(total, done, share):
    assert parts(bar(total, done), "rect")[-1].get("width") == share

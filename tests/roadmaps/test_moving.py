"""Rows are moved to any place of the plan; a long plan is shown by pages."""

import pytest
from django.urls import reverse

from roadmaps.actions import plan as actions
from roadmaps.enums import EditVerb
from roadmaps.models import PlanEdit, Roadmap, RoadmapRow
from roadmaps.plan_pages import PlanPages
from tests.roadmaps.factories import RoadmapFactory, RowFactory

HTMX = {"HX-Request": "true"}


def order(roadmap: Roadmap) -> list[str]:
    rows = roadmap.rows.order_by("stage", "position").select_related("event")
    return [f"{row.stage}.{row.position} {row.event.title}" for row in rows]


@pytest.fixture
def rows(cast) -> dict[str, RoadmapRow]:
    """Three rows in stage 2, one in stage 3."""
    return {
        name: RowFactory(roadmap=cast.roadmap, event__title=name, stage=stage)
        for name, stage in (("А", 2), ("Б", 2), ("В", 2), ("Г", 3))
    }


def move(client, row: RoadmapRow, to: str, **headers):
    return client.post(reverse("roadmaps:event-move", args=[row.pk]), {"to": to}, **headers)


@pytest.mark.parametrize(
    ("who", "to", "expected"),
    [
        ("А", "after-В", ["2.1 Б", "2.2 В", "2.3 А", "3.1 Г"]),
        ("В", "after-А", ["2.1 А", "2.2 В", "2.3 Б", "3.1 Г"]),
        ("В", "first", ["2.1 В", "2.2 А", "2.3 Б", "3.1 Г"]),
        ("Б", "first-3", ["2.1 А", "2.2 В", "3.1 Б", "3.2 Г"]),
        ("Б", "after-Г", ["2.1 А", "2.2 В", "3.1 Г", "3.2 Б"]),
        ("Г", "after-А", ["2.1 А", "2.2 Г", "2.3 Б", "2.4 В"]),
        ("Г", "1", ["1.1 Г", "2.1 А", "2.2 Б", "2.3 В"]),
        ("А", "up", ["2.1 А", "2.2 Б", "2.3 В", "3.1 Г"]),
        ("А", "after-А", ["2.1 А", "2.2 Б", "2.3 В", "3.1 Г"]),
    ],
)
def test_places_stay_dense_wherever_a_row_goes(client, cast, rows, who, to, expected):
    word, _, name = to.partition("-")
    to = f"after-{rows[name].pk}" if word == "after" else to
    client.sign_in(cast.methodist)
    assert move(client, rows[who], to).status_code == 302
    assert order(cast.roadmap) == expected


def test_one_move_is_one_step_of_the_person(client, cast, rows):
    client.sign_in(cast.methodist)
    move(client, rows["А"], f"after-{rows['В'].pk}")
    move(client, rows["А"], "3")
    move(client, rows["А"], "3")
    steps = PlanEdit.objects.filter(roadmap=cast.roadmap, by=cast.methodist)
    assert [(step.verb, step.label) for step in steps] == [
        (EditVerb.MOVE, "3.2"),
        (EditVerb.MOVE, "2.3"),
    ]


@pytest.mark.parametrize("to", ["4", "0", "", "sideways", "after-", "after-x", "first-9", "first-"])
def test_an_unknown_place_is_a_sentence(client, cast, rows, to):
    before = order(cast.roadmap)
    client.sign_in(cast.methodist)
    answer = move(client, rows["А"], to)
    assert answer.status_code == (302 if to == "first-" else 404)
    if to in ("4", "0", "first-9"):
        assert "этапов ровно три" in answer.content.decode()
    assert order(cast.roadmap) == before


def test_a_row_is_not_put_behind_one_of_another_roadmap(client, cast, rows):
    other = RowFactory(roadmap=RoadmapFactory(partnership=cast.partnership))
    client.sign_in(cast.methodist)
    answer = move(client, rows["А"], f"after-{other.pk}")
    assert answer.status_code == 404
    assert "в карте уже нет" in answer.content.decode()


def test_a_stage_changed_after_approval_is_marked(cast, rows):
    actions.move_row(row=rows["А"], to="down", by=cast.methodist)
    assert not RoadmapRow.objects.get(pk=rows["А"].pk).is_unapproved
    actions.move_row(row=rows["А"], to="first-3", by=cast.methodist)
    assert RoadmapRow.objects.get(pk=rows["А"].pk).is_unapproved


# --- Pages of a long plan -----------------------------------------------------------------


def test_pages_reach_across_stages():
    pages = PlanPages({1: 50, 2: 120, 3: 40}, asked=2)
    assert (pages.total, pages.last, pages.first_row) == (210, 3, 100)
    assert [pages.page_of(1, 50), pages.page_of(2, 50), pages.page_of(2, 51)] == [1, 1, 2]
    assert [pages.ends_here(stage) for stage in (1, 2, 3)] == [False, True, False]
    assert [link.text for link in pages.links] == ["1–100", "101–200", "201–210"]
    assert [link.current for link in pages.links] == [False, True, False]


@pytest.mark.parametrize(("asked", "number"), [(0, 1), (-3, 1), (2, 2), (900, 3)])
def test_a_page_that_there_is_not_is_the_nearest(asked, number):
    assert PlanPages({2: 201}, asked=asked).number == number


def test_of_very_many_pages_the_neighbours_are_named():
    links = PlanPages({2: 3000}, asked=15).links
    assert [link.number for link in links] == [1, 13, 14, 15, 16, 17, 30]


@pytest.fixture
def long(cast) -> Roadmap:
    for number in range(103):
        RowFactory(roadmap=cast.roadmap, stage=2, event__title=f"Семинар {number + 1}.")
    return cast.roadmap


def test_a_page_shows_at_most_a_hundred_rows_with_figures_of_all(client, cast, long):
    url = reverse("roadmaps:detail", args=[long.pk])
    client.sign_in(cast.methodist)
    first = client.get(url).content.decode()
    assert first.count('<tr id="row-') == 100
    assert "из 103" in first.replace("\u00a0", " ")
    last = client.get(url, {"page": "2"}).content.decode()
    assert last.count('<tr id="row-') == 3
    assert "Семинар 103." in last
    assert "Семинар 100." not in last


def test_a_link_to_a_row_leads_to_its_page(client, cast, long):
    url = reverse("roadmaps:detail", args=[long.pk])
    row = long.rows.get(position=102)
    client.sign_in(cast.methodist)
    assert f'id="row-{row.pk}"' not in client.get(url).content.decode()
    assert f'id="row-{row.pk}"' in client.get(url, {"row": row.pk}).content.decode()
    assert client.get(url, {"row": "x" * 50}).status_code == 200
    moved = move(client, row, "up")
    assert moved.url == f"{url}?row={row.pk}#row-{row.pk}"
    in_place = move(client, row, "down", headers=HTMX).content.decode()
    assert f'id="row-{row.pk}"' in in_place


@pytest.mark.parametrize("count", [3, 30])
def test_a_move_takes_the_same_queries_in_3_rows_and_30(
    client, cast, count, django_assert_num_queries
):
    rows = [RowFactory(roadmap=cast.roadmap, stage=2) for _ in range(count)]
    client.sign_in(cast.methodist)
    move(client, rows[0], "down")
    with django_assert_num_queries(29):
        move(client, rows[0], f"after-{rows[-1].pk}")

"""«Лента времени»: states, days, layout and drawing as tables; then the page."""

import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from roadmaps.enums import OccurrenceState, RoadmapState, Stage
from roadmaps.models import CalendarSpan, RoadmapStage
from roadmaps.progress import Progress
from roadmaps.timeline.drawing import draw
from roadmaps.timeline.items import Band, Group, Line, Time, days_of
from roadmaps.timeline.layout import lay_out
from roadmaps.timeline.pace import Pace, paces_of
from roadmaps.timeline.scale import Scale
from roadmaps.timeline.states import TimeState, state_of
from roadmaps.timeline_facts import paces
from tests.roadmaps.factories import OccurrenceFactory, ReportFactory, RowFactory

TODAY = date(2026, 11, 24)
YEAR = (date(2026, 9, 1), date(2027, 8, 31))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("state", "ends_on", "waiting", "owing", "expected"),
    [
        ("planned", date(2026, 11, 23), False, True, TimeState.OVERDUE),
        ("planned", TODAY, False, True, TimeState.PLANNED),
        ("planned", None, False, True, TimeState.PLANNED),
        ("planned", date(2026, 11, 23), True, True, TimeState.WAITING),
        ("planned", date(2026, 11, 23), False, False, TimeState.PLANNED),
        ("held", date(2026, 11, 23), False, True, TimeState.HELD),
        ("cancelled", date(2026, 11, 23), False, True, TimeState.CANCELLED),
    ],
)
def test_state(state, ends_on, waiting, owing, expected):
    assert state_of(state, ends_on, TODAY, has_waiting=waiting, is_owing=owing) == expected


def line(*times, title="Семинар", label="2.1", url="/row"):
    return Line(label, title, url, "срок", tuple(times))


def planned(starts_on=None, ends_on=None, state=TimeState.PLANNED, held_on=None):
    return Time(state, starts_on, ends_on, held_on)


def picture(*groups, bands=(), period=YEAR, today=TODAY):
    return lay_out(groups, bands, period, today)


class TestScale:
    def test_whole_months_of_a_year(self):
        scale = Scale.of(date(2026, 9, 15), date(2027, 8, 2), 300)
        months = scale.months()
        assert (scale.first, scale.last) == (date(2026, 9, 1), date(2027, 8, 31))
        assert [month.word for month in months][:5] == ["сен", "окт", "ноя", "дек", "янв"]
        assert [month.starts_on.month for month in months if month.is_first] == [9, 1]
        assert months[0].x == 300
        assert scale.end(scale.last) == pytest.approx(scale.right)

    def test_three_years_keep_room_for_each_month(self):
        scale = Scale.of(date(2026, 1, 1), date(2028, 12, 31), 0)
        assert len(scale.months()) == 36
        assert min(month.width for month in scale.months()) >= 30

    def test_a_day_outside_stands_at_the_edge(self):
        scale = Scale.of(*YEAR, 100)
        assert scale.start(date(2020, 1, 1)) == 100
        assert scale.end(date(2040, 1, 1)) == scale.right


class TestLayout:
    def test_a_day_outside_of_the_period_stretches_the_picture_by_a_year_at_most(self):
        held = planned(held_on=date(2026, 8, 20), state=TimeState.HELD)
        absurd = planned(ends_on=date(2226, 8, 20))
        group = Group(2, "Этап", (line(held), line(absurd)))
        assert days_of([group], *YEAR) == (date(2026, 8, 20), YEAR[1])

    def test_open_ends_are_told(self):
        rows = picture(
            Group(
                2,
                "Этап",
                (
                    line(planned(date(2026, 10, 1), date(2026, 10, 30))),
                    line(planned(None, date(2026, 10, 15))),
                    line(planned(date(2026, 10, 1), None)),
                    line(planned()),
                ),
            )
        ).rows
        assert [(row.open_left, row.open_right) for row in rows] == [
            (False, False),
            (True, False),
            (False, True),
            (True, True),
        ]
        assert all(row.span[0] < row.span[1] for row in rows)

    def test_rows_do_not_overlap(self):
        lines = [line(planned(), title="Очень длинное название мероприятия " * 9)] * 3
        rows = picture(Group(1, "Знакомство", tuple(lines))).rows
        assert all(one.y + one.height <= two.y for one, two in pairwise(rows))
        assert all(len(row.title) == 2 for row in rows)

    def test_today_outside_of_the_period_is_not_drawn(self):
        group = Group(1, "Знакомство", (line(planned()),))
        assert picture(group, today=date(2030, 1, 1)).today is None
        assert picture(group).today is not None

    def test_the_range_of_a_stage_is_its_own_days_or_those_of_its_events(self):
        times = planned(date(2026, 10, 1), date(2026, 10, 30))
        own = Group(1, "", (line(times),), date(2026, 9, 1), date(2026, 12, 1))
        own_days, event_days = picture(own, Group(2, "", (line(times),))).heads
        assert own_days.span[0] < event_days.span[0] < event_days.span[1] < own_days.span[1]


class TestDrawing:
    def test_every_state_has_a_shape_and_a_word(self):
        times = [planned(date(2026, 10, 1), date(2026, 10, 1), state) for state in TimeState]
        shapes = set()
        for time in times:
            root = ET.fromstring(draw(picture(Group(1, "Этап", (line(time),))), "Лента"))
            told = [group for group in root.iter(f"{SVG}g") if time.state.word in _title(group)]
            shapes.add(tuple(one.tag + one.get("class", "") for one in told[-1][1:]))
        assert len(shapes) == len(TimeState)

    def test_a_title_is_escaped_and_leads_to_its_row(self):
        nasty = line(planned(), title="<script>\x01&", url="/roadmaps/1/#row-5")
        root = ET.fromstring(draw(picture(Group(1, "Этап", (nasty,))), "Лента"))
        assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/roadmaps/1/#row-5"]

    def test_every_colour_has_a_class(self):
        """The themes of the screen override the attribute by the class."""
        band = Band("ege", "ЕГЭ", date(2027, 5, 20), date(2027, 6, 20))
        times = tuple(planned(date(2026, 10, 1), date(2026, 10, 9), state) for state in TimeState)
        svg = draw(picture(Group(1, "Этап", (line(*times), line(planned()))), bands=[band]), "Л")
        for one in ET.fromstring(svg).iter():
            coloured = {one.get("fill"), one.get("stroke")} - {None, "none"}
            if coloured and one.tag != f"{SVG}text":
                assert one.get("class"), ET.tostring(one)

    def test_holidays_and_today_are_named(self):
        band = Band("holidays", "Осенние каникулы", date(2026, 10, 26), date(2026, 11, 3))
        svg = draw(picture(Group(1, "Этап", (line(planned()),)), bands=[band]), "Лента")
        assert "Осенние каникулы: 26.10.2026 – 03.11.2026" in svg
        assert "сегодня" in svg


def _title(group):
    found = group.find(f"{SVG}title")
    return "" if found is None else found.text


class TestPace:
    def test_words(self):
        pace = Pace("Этап 2", Progress(planned=8, held=3, overdue=1, unplanned=2), due=5)
        assert pace.words.replace("\xa0", " ") == (
            "проведено 3 из 8, на сегодня должно быть 5, просрочено 1, вне плана 2"
        )
        assert pace.is_behind

    def test_a_draft_owes_nothing(self):
        pace = Pace("Этап 2", Progress(planned=8))
        assert pace.words == "проведено 0 из 8"
        assert not pace.is_behind

    def test_the_whole_comes_last(self):
        found = paces_of(
            {1: Progress(2, 1), 2: Progress(3, 0, 1, 4)}, {1: 2}, {1: "Первый", 2: "Второй"}
        )
        assert [pace.title for pace in found] == ["Первый", "Второй", "Вся карта"]
        assert found[-1].progress == Progress(5, 1, 1, 4)
        assert found[-1].due == 2


def url(roadmap, **query):
    return reverse("roadmaps:timeline", args=[roadmap.pk], query=query)


def page_of(client, roadmap, **query):
    return client.get(url(roadmap, **query)).content.decode()


class TestPage:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, cast):
        client.sign_in(cast.methodist)

    def test_paces_of_a_roadmap(self, cast):
        """Due is what has ended; cancelled and unplanned ones are not (quirk 20)."""
        past, ahead = {"event__ends_on": date(2026, 11, 1)}, {"event__ends_on": date(2027, 3, 1)}
        RowFactory(roadmap=cast.roadmap, **past)
        RowFactory(roadmap=cast.roadmap, **ahead)
        RowFactory(roadmap=cast.roadmap, **past, occurrence__held=True)
        RowFactory(roadmap=cast.roadmap, **past, occurrence__state=OccurrenceState.CANCELLED)
        RowFactory(roadmap=cast.roadmap, **past, event__is_unplanned=True, occurrence__held=True)
        stage, whole = paces(cast.roadmap, TODAY)[1::2]
        assert stage.progress == whole.progress == Progress(3, 1, 1, 1)
        assert stage.due == whole.due == 2

    def test_shows_rows_as_links_and_the_school_calendar(self, client, cast):
        row = RowFactory(roadmap=cast.roadmap, event__title="Открытый урок")
        CalendarSpan.objects.create(
            kind="holidays",
            name="Осенние каникулы",
            starts_on=date(2026, 10, 26),
            ends_on=date(2026, 11, 3),
        )
        CalendarSpan.objects.create(
            municipality=cast.foreign,
            kind="other",
            name="Чужие дни",
            starts_on=date(2026, 10, 26),
            ends_on=date(2026, 11, 3),
        )
        page = page_of(client, cast.roadmap)
        assert "Открытый урок" in page
        assert f"/#row-{row.pk}" in page or f"#row-{row.pk}" in page
        assert "Осенние каникулы" in page
        assert "Чужие дни" not in page
        assert "Показать таблицей" in page

    def test_as_a_table(self, client, cast):
        RowFactory(roadmap=cast.roadmap, event__title="Открытый урок")
        page = page_of(client, cast.roadmap, view="table")
        assert "Открытый урок" in page
        assert 'class="d net' not in page

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("overdue", {"Просроченный"}),
            ("reported", {"Ждёт"}),
            ("held", {"Проведённый"}),
            ("planned", {"Будущий"}),
            ("cancelled", {"Отменённый"}),
            ("чепуха", {"Просроченный", "Ждёт", "Проведённый", "Будущий", "Отменённый"}),
        ],
    )
    def test_filter_by_state(self, client, cast, state, expected):
        add = {"roadmap": cast.roadmap}
        RowFactory(**add, event__title="Просроченный")
        waiting = RowFactory(**add, event__title="Ждёт").event.occurrences.get()
        ReportFactory(occurrence=waiting, school=cast.target, submitted=True)
        RowFactory(**add, event__title="Проведённый", occurrence__held=True)
        RowFactory(**add, event__title="Будущий", event__ends_on=date(2027, 3, 1))
        RowFactory(**add, event__title="Отменённый", occurrence__state=OccurrenceState.CANCELLED)
        page = page_of(client, cast.roadmap, state=state, view="table")
        titles = {"Просроченный", "Ждёт", "Проведённый", "Будущий", "Отменённый"}
        assert {title for title in titles if f">{title}<" in page} == expected

    def test_filter_by_stage(self, client, cast):
        RowFactory(roadmap=cast.roadmap, stage=Stage.ACQUAINTANCE, event__title="Встреча")
        RowFactory(roadmap=cast.roadmap, event__title="Семинар")
        page = page_of(client, cast.roadmap, stage=1, view="table")
        assert "Встреча" in page
        assert "Семинар" not in page

    def test_nothing_is_overdue_in_a_draft(self, client, cast):
        cast.roadmap.state = RoadmapState.DRAFT
        cast.roadmap.save()
        RowFactory(roadmap=cast.roadmap)
        page = page_of(client, cast.roadmap)
        assert "Просрочено" not in page
        assert "должно быть" not in page

    def test_a_hundred_rows_a_picture(self, client, cast):
        for number in range(101):
            RowFactory(roadmap=cast.roadmap, event__title=f"Строка{number}.", position=number + 1)
        assert "Строка100." not in page_of(client, cast.roadmap)
        assert "Строка100." in page_of(client, cast.roadmap, page=2)

    def test_an_empty_plan(self, client, cast):
        assert "пока нет мероприятий" in page_of(client, cast.roadmap)
        RowFactory(roadmap=cast.roadmap)
        assert "По этому отбору" in page_of(client, cast.roadmap, stage=3)

    def test_a_recurring_event_has_a_sign_for_each_time(self, client, cast):
        row = RowFactory(roadmap=cast.roadmap, event__starts_on=date(2026, 10, 1))
        OccurrenceFactory(event=row.event, ends_on=date(2026, 12, 1))
        OccurrenceFactory(event=row.event, ends_on=date(2027, 1, 15))
        page = page_of(client, cast.roadmap, view="picture")
        assert page.count("запланировано</title>") == 2
        assert page.count("просрочено</title>") == 1

    def test_days_of_a_stage_are_shown(self, client, cast):
        RowFactory(roadmap=cast.roadmap)
        RoadmapStage.objects.filter(roadmap=cast.roadmap, stage=2).update(
            starts_on=date(2026, 10, 5), ends_on=date(2027, 4, 20)
        )
        page = page_of(client, cast.roadmap, view="table").replace("\xa0", " ")
        assert "5 октября – 20 апреля" in page

    def test_another_pair_does_not_see_it(self, client, cast):
        client.sign_in(cast.lonely_director)
        assert client.get(url(cast.roadmap)).status_code == 404

"""The month of the municipality: weeks as tables, then what who sees on the page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from roadmaps.enums import OccurrenceState, RoadmapState, Stage
from roadmaps.models import CalendarSpan, Occurrence
from roadmaps.month import Month, Picked, cells_of, pick
from tests.partnerships.factories import pair
from tests.roadmaps.factories import (
    EventKindFactory,
    OccurrenceFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.schools.factories import DirectionFactory, MembershipFactory, SchoolFactory

TODAY = date(2026, 11, 24)
NOVEMBER = Month(date(2026, 11, 1))


class TestMonth:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2027-02", "2027-02"),
            ("2026-12", "2026-12"),
            ("", "2026-11"),
            ("2026-13", "2026-11"),
            ("0001-01", "2026-11"),
            ("9999-12", "2026-11"),
            ("ноябрь", "2026-11"),
        ],
    )
    def test_asked(self, text, expected):
        assert Month.asked(text, TODAY).code == expected

    def test_neighbours_over_the_year(self):
        january = Month(date(2027, 1, 1))
        assert january.previous.code == "2026-12"
        assert january.previous.next == january
        assert Month(date(2028, 2, 1)).last == date(2028, 2, 29)

    def test_weeks_are_whole(self):
        weeks = NOVEMBER.weeks()
        assert all(len(week) == 7 for week in weeks)
        assert weeks[0][0] == date(2026, 10, 26)
        assert weeks[-1][-1] == date(2026, 12, 6)

    def test_words(self):
        assert NOVEMBER.label == "Ноябрь 2026 г."
        assert NOVEMBER.during == "В течение ноября"


class TestPick:
    def test_the_first_of_a_day_and_how_many_more(self):
        one, two = date(2026, 11, 2), date(2026, 11, 3)
        picked = pick([(number, one) for number in range(6)] + [(9, two)], 3)
        assert picked.ids == {one: [0, 1, 2], two: [9]}
        assert picked.more == {one: 3}

    def test_one_over_the_limit_is_shown(self):
        day = date(2026, 11, 2)
        assert pick([(number, day) for number in range(4)], 3) == Picked({day: [0, 1, 2, 3]}, {})

    def test_cells(self):
        day = date(2026, 11, 2)
        holidays = ("Каникулы", date(2026, 10, 26), date(2026, 11, 2))
        weeks = cells_of(NOVEMBER, TODAY, Picked({day: [5]}, {day: 2}), {5: "entry"}, [holidays])
        cell = weeks[1][0]
        assert (cell.entries, cell.more, cell.notes) == (("entry",), 2, ("Каникулы",))
        assert weeks[0][0].notes == ()  # October is not told of
        assert [cell.day for week in weeks for cell in week if cell.is_today] == [TODAY]


URL = "/roadmaps/calendar/"


def row(roadmap, title, day=date(2026, 11, 20), starts_on=None, **fields):
    return RowFactory(
        roadmap=roadmap,
        event__title=title,
        event__starts_on=starts_on,
        event__ends_on=day,
        **fields,
    )


def shown(client, who, **query):
    """Titles of the words «Дело…» on the page of the month."""
    page = client.sign_in(who).get(reverse("roadmaps:calendar", query=query)).content.decode()
    return {word for word in page.replace("<", " ").replace(">", " ").split() if "Дело-" in word}


class TestWhoSeesWhat:
    @pytest.fixture
    def other(self, cast):
        """A roadmap of another pair of the same municipality."""
        third = SchoolFactory(municipality=cast.municipality, number="16")
        return RoadmapFactory(partnership=pair(third, cast.lonely))

    @pytest.fixture(autouse=True)
    def events(self, cast, other):
        row(cast.roadmap, "Дело-пары")
        row(other, "Дело-других")
        row(cast.foreign_roadmap, "Дело-чужое")
        draft = RoadmapFactory(partnership=cast.partnership, state=RoadmapState.DRAFT)
        row(draft, "Дело-черновика")

    def test_the_committee_sees_all_of_the_municipality(self, client, cast):
        assert shown(client, cast.methodist) == {"Дело-пары", "Дело-других"}
        assert shown(client, cast.chair) == {"Дело-пары", "Дело-других"}
        assert shown(client, cast.stranger) == {"Дело-чужое"}

    def test_a_school_sees_its_own_pairs_only(self, client, cast):
        assert shown(client, cast.director) == {"Дело-пары"}
        assert shown(client, cast.lead_director) == {"Дело-пары"}
        assert shown(client, cast.lonely_director) == {"Дело-других"}
        assert shown(client, cast.curator) == {"Дело-пары"}

    def test_no_filter_opens_what_is_not_seen(self, client, cast, other):
        asked = {"partnership": other.partnership_id}
        assert "Дело-других" not in shown(client, cast.director, **asked)
        assert "Дело-других" not in shown(client, cast.director, school=cast.lonely.pk)
        foreign = {"partnership": cast.foreign_partnership.pk}
        assert "Дело-чужое" not in shown(client, cast.methodist, **foreign)
        assert "Дело-чужое" not in shown(client, cast.methodist, school=cast.foreign_lead.pk)
        assert shown(client, cast.director, day="2026-11-20") == {"Дело-пары"}

    def test_a_pair_led_from_elsewhere_is_the_schools_own(self, client, cast):
        joint = RoadmapFactory(partnership=pair(cast.foreign_lead, cast.target))
        row(joint, "Дело-общее")
        assert "Дело-общее" in shown(client, cast.director)
        assert "Дело-общее" not in shown(client, cast.methodist)

    def test_a_joint_event_stands_once(self, client, cast, other):
        joint = row(cast.roadmap, "Семинар-четырёх").event
        RowFactory(roadmap=other, event=joint, occurrence=False)
        page = client.sign_in(cast.methodist).get(URL).content.decode()
        assert page.count(">Семинар-четырёх<") == 2  # in the grid and in the list of a phone
        assert len(client.get(URL).context["agenda"][0].entries) == 3


class TestMonthPage:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, cast):
        client.sign_in(cast.methodist)

    def test_each_in_its_month(self, client, cast):
        row(cast.roadmap, "Дело-ноября", date(2026, 11, 30))
        row(cast.roadmap, "Дело-декабря", date(2026, 12, 1))
        row(cast.roadmap, "Дело-без-срока", None)
        assert shown(client, cast.methodist) == {"Дело-ноября"}
        assert shown(client, cast.methodist, month="2026-12") == {"Дело-декабря"}

    def test_several_days_stand_above_the_grid(self, client, cast):
        row(cast.roadmap, "Дело-месяца", date(2026, 11, 30), date(2026, 11, 1))
        row(cast.roadmap, "Дело-дальше", date(2027, 1, 15), date(2026, 11, 10))
        row(cast.roadmap, "Дело-года", date(2027, 8, 31), date(2026, 9, 1))
        row(cast.roadmap, "Дело-потом", date(2027, 1, 15), date(2026, 12, 10))
        response = client.get(URL)
        assert [entry.title for entry in response.context["during"]] == [
            "Дело-месяца",
            "Дело-дальше",
        ]
        assert response.context["agenda"] == []

    def test_a_full_day_leads_to_its_list(self, client, cast):
        for number in range(30):
            row(cast.roadmap, f"Дело-{number:02}")
        page = client.get(URL).content.decode()
        assert "ещё 27" in page
        assert "day=2026-11-20" in page
        assert len(shown(client, cast.methodist, day="2026-11-20")) == 25
        assert len(shown(client, cast.methodist, day="2026-11-20", page=2)) == 5

    def test_many_long_ones_lead_to_their_list(self, client, cast):
        for number in range(10):
            row(cast.roadmap, f"Дело-{number:02}", date(2026, 11, 30), date(2026, 11, 1))
        assert "day=lasting" in client.get(URL).content.decode()
        assert len(shown(client, cast.methodist)) == 8
        assert len(shown(client, cast.methodist, day="lasting")) == 10

    def test_filters(self, client, cast):
        kind = EventKindFactory(name="Вебинар")
        direction = DirectionFactory()
        row(cast.roadmap, "Дело-вебинар", event__kind=kind)
        row(cast.roadmap, "Дело-направления", event__direction=direction)
        row(cast.roadmap, "Дело-знакомства", stage=Stage.ACQUAINTANCE)
        third = SchoolFactory(municipality=cast.municipality, number="16")
        other = RoadmapFactory(partnership=pair(third, cast.lonely))
        row(other, "Дело-других")
        who = cast.methodist
        assert shown(client, who, kind=kind.pk) == {"Дело-вебинар"}
        assert shown(client, who, direction=direction.pk) == {"Дело-направления"}
        assert shown(client, who, stage=1) == {"Дело-знакомства"}
        assert shown(client, who, school=third.pk) == {"Дело-других"}
        assert shown(client, who, partnership=other.partnership_id) == {"Дело-других"}
        assert len(shown(client, who, partnership="x", stage="9", kind="99999999999999999999")) == 4

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("", {"Дело-поздно", "Дело-ждёт", "Дело-было", "Дело-будет"}),
            ("overdue", {"Дело-поздно"}),
            ("reported", {"Дело-ждёт"}),
            ("held", {"Дело-было"}),
            ("planned", {"Дело-будет"}),
            ("cancelled", {"Дело-отменено"}),
        ],
    )
    def test_states(self, client, cast, state, expected):
        row(cast.roadmap, "Дело-поздно")
        waiting = row(cast.roadmap, "Дело-ждёт").event.occurrences.get()
        ReportFactory(occurrence=waiting, school=cast.target, submitted=True)
        row(cast.roadmap, "Дело-было", occurrence__held=True)
        row(cast.roadmap, "Дело-будет", date(2026, 11, 28))
        row(cast.roadmap, "Дело-отменено", occurrence__state=OccurrenceState.CANCELLED)
        assert shown(client, cast.methodist, state=state) == expected

    def test_holidays_are_shown_and_none_of_others(self, client, cast):
        days = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 4), "kind": "holidays"}
        CalendarSpan.objects.create(name="Осенние каникулы", **days)
        CalendarSpan.objects.create(name="Чужие каникулы", municipality=cast.foreign, **days)
        page = client.get(URL).content.decode().replace("\xa0", " ")
        assert "Осенние каникулы" in page
        assert "Чужие каникулы" not in page

    def test_arrows_keep_the_filter(self, client):
        page = client.get(f"{URL}?stage=2&day=").content.decode()
        assert "stage=2&amp;month=2026-10" in page
        assert "stage=2&amp;month=2026-12" in page

    def test_an_empty_month_says_so(self, client):
        assert "мероприятий нет" in client.get(URL).content.decode()

    def test_the_database_is_asked_for_the_month_only(self, client, cast):
        """Half a million events: every query of occurrences has both ends of the days."""
        row(cast.roadmap, "Дело")
        with CaptureQueriesContext(connection) as found:
            client.get(URL)
        asked = [one["sql"] for one in found if f'FROM "{Occurrence._meta.db_table}"' in one["sql"]]
        of_months = [sql for sql in asked if '"id" IN' not in sql.split("WHERE")[-1]]
        assert asked
        assert all('"ends_on" BETWEEN' in sql for sql in of_months)

    def test_a_person_of_two_municipalities_sees_one_at_a_time(self, client, cast):
        MembershipFactory(municipality=cast.foreign, role=Role.METHODIST, user=cast.methodist)
        row(cast.roadmap, "Дело-здесь")
        row(cast.foreign_roadmap, "Дело-там")
        assert shown(client, cast.methodist) == {"Дело-здесь"}

    def test_a_later_time_of_the_same_event_is_an_entry_of_its_own(self, client, cast):
        event = row(cast.roadmap, "Дело-часто", date(2026, 11, 5)).event
        OccurrenceFactory(event=event, ends_on=date(2026, 11, 12))
        assert len(client.get(URL).context["agenda"]) == 2

"""The calendar of a phone: the file read back, the link, what it opens on the day of reading."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.models import token_hash
from accounts.roles import Role
from roadmaps.enums import OccurrenceState, RoadmapState
from roadmaps.feed import FeedEntry, calendar_of, posts_of
from roadmaps.feed_facts import entries_of
from roadmaps.models import CalendarFeed, Occurrence
from tests.roadmaps.factories import RowFactory
from tests.schools.factories import DirectorFactory

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(**fields):
    usual = {
        "key": 7,
        "title": "Семинар",
        "starts_on": date(2026, 11, 24),
        "ends_on": date(2026, 11, 24),
        "due": "24.11.2026",
        "pair": "СОШ №9 – СОШ №5",
        "responsible": (),
        "url": "https://portal.example/roadmaps/1/#row-2",
        "version": 3,
        "changed_at": NOON,
    }
    return FeedEntry(**usual | fields)


def only(**fields):
    """The one event of the calendar, read back by the library."""
    events = Calendar.from_ical(calendar_of([entry(**fields)], "Календарь")).walk("VEVENT")
    assert len(events) == 1
    return events[0]


class TestFile:
    def test_read_back(self):
        event = only(responsible=("методист",))
        assert event["UID"] == "occurrence-7@roadmaps.network-portal"
        assert event["SUMMARY"] == "Семинар"
        assert event["SEQUENCE"] == 3
        assert event["STATUS"] == "CONFIRMED"
        assert event.decoded("DTSTART") == date(2026, 11, 24)
        assert event.decoded("DTEND") == date(2026, 11, 25)
        assert event.decoded("DTSTAMP") == NOON
        assert event["DESCRIPTION"].split("\n") == [
            "Срок: 24.11.2026",
            "СОШ №9 – СОШ №5",
            "Ответственные: методист",
            "https://portal.example/roadmaps/1/#row-2",
        ]

    def test_a_day_is_a_day_and_no_moment(self):
        text = calendar_of([entry()], "Календарь").decode()
        assert "DTSTART;VALUE=DATE:20261124\r\n" in text

    @pytest.mark.parametrize("length", range(30, 45))
    def test_cyrillic_is_folded_at_75_octets_and_whole(self, length):
        """Two octets a letter: a fold in the middle of one would make it unreadable."""
        title = "я" * length + " ё" + "ж" * 90
        body = calendar_of([entry(title=title)], "Календарь")
        lines = body.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines[:-1])
        assert b"\n" not in body.replace(b"\r\n", b"")
        assert only(title=title)["SUMMARY"] == title

    @pytest.mark.parametrize(
        "title",
        [
            "Урок; обмен, опыт \\ «наставник»",
            "Строка\nвторая",
            "BEGIN:VEVENT\r\nSUMMARY:чужое",
            "END:VCALENDAR",
            'Кавычки "и" двоеточие: да',
        ],
    )
    def test_a_text_stays_a_text(self, title):
        assert only(title=title)["SUMMARY"] == title.replace("\r", "")

    def test_signs_that_no_calendar_takes_are_left_out(self):
        assert only(title="Сем\x00и\x0bнар")["SUMMARY"] == "Семинар"

    @pytest.mark.parametrize(
        ("starts", "ends", "first", "summary"),
        [
            (None, date(2026, 11, 15), date(2026, 11, 15), "Срок: Семинар"),
            (date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 2), "Семинар"),
            (date(2026, 9, 1), date(2027, 5, 31), date(2027, 5, 31), "Срок: Семинар"),
        ],
    )
    def test_what_lasts_long_stands_on_its_last_day(self, starts, ends, first, summary):
        event = only(starts_on=starts, ends_on=ends)
        assert (event.decoded("DTSTART"), event["SUMMARY"]) == (first, summary)
        assert (event.decoded("DTEND") - ends).days == 1

    def test_a_cancelled_one_says_so(self):
        assert only(is_cancelled=True)["STATUS"] == "CANCELLED"

    def test_the_same_entries_give_the_same_bytes(self):
        assert calendar_of([entry()], "К") == calendar_of([entry()], "К")


@pytest.mark.parametrize(
    ("part", "is_post"),
    [
        ("Директор СОШ №5", True),
        ("заместитель директора по УВР", True),
        ("все ОО", True),
        ("Руководитель ШМО учителей математики", True),
        ("Директор МАОУ «Гимназия №1»", True),
        ("Учитель школы-лидера", True),
        ("Иванова М. П.", False),
        ("Иванова М.П., методист", False),
        ("методист Иванова", False),
        ("Директор Иванова Мария Петровна", False),
        ("директор И. П. Зимина", False),
        ("Зимина", False),
        ("", False),
    ],
)
def test_only_posts_are_told(part, is_post):
    assert posts_of([part]) == ((part,) if is_post else ())


def row(roadmap, title, day=date(2026, 11, 20), **fields):
    return RowFactory(roadmap=roadmap, event__title=title, event__ends_on=day, **fields)


@pytest.fixture
def link(client, cast):
    """Makes a link for a person as the page does, and forgets the session."""

    def make(user):
        page = client.sign_in(user).post(reverse("roadmaps:feeds"), {"deed": "make"})
        client.logout()
        return page.context["link"].removeprefix("http://testserver")

    return make


def titles(client, address):
    response = client.get(address)
    assert response.status_code == 200
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]).removeprefix("Срок: ") for event in events}


class TestWhoseEvents:
    @pytest.fixture(autouse=True)
    def events(self, cast):
        row(cast.roadmap, "Наше")
        row(cast.foreign_roadmap, "Чужое")

    def test_a_school_reads_its_own(self, client, cast, link):
        assert titles(client, link(cast.director)) == {"Наше"}
        assert titles(client, link(cast.curator)) == {"Наше"}
        assert titles(client, link(cast.lonely_director)) == set()

    def test_the_committee_reads_its_municipality(self, client, cast, link):
        assert titles(client, link(cast.methodist)) == {"Наше"}
        assert titles(client, link(cast.chair)) == {"Наше"}
        assert titles(client, link(cast.stranger)) == {"Чужое"}

    def test_only_running_roadmaps_near_in_time(self, client, cast, link):
        row(cast.roadmap, "Давно", date(2026, 9, 1))
        row(cast.roadmap, "Нескоро", date(2028, 9, 1))
        row(cast.roadmap, "Без срока", None)
        address = link(cast.methodist)
        assert titles(client, address) == {"Наше"}
        cast.roadmap.state = RoadmapState.PAUSED
        cast.roadmap.save()
        assert titles(client, address) == set()

    def test_a_cancelled_one_stays_to_say_so(self, client, cast, link):
        Occurrence.objects.filter(event__title="Наше").update(state=OccurrenceState.CANCELLED)
        body = client.get(link(cast.director)).content
        assert b"STATUS:CANCELLED" in body

    def test_access_is_judged_on_the_day_of_reading(self, client, cast, link):
        address = link(cast.director)
        cast.director.memberships.update(until=date(2026, 11, 1))
        assert titles(client, address) == set()

    def test_a_new_post_opens_more(self, client, cast, link):
        address = link(cast.lonely_director)
        DirectorFactory(school=cast.target, role=Role.COORDINATOR, user=cast.lonely_director)
        assert titles(client, address) == {"Наше"}

    def test_no_more_than_two_thousand(self, cast, rf, monkeypatch):
        monkeypatch.setattr("roadmaps.feed_facts.MOST", 2)
        for day in (3, 1, 2):
            row(cast.roadmap, f"День {day}", date(2026, 11, day))
        found = entries_of(cast.methodist, date(2026, 11, 24), rf.get("/"))
        assert [entry.title for entry in found] == ["День 1", "День 2"]

    def test_the_address_leads_back_to_the_row(self, client, cast, link):
        body = client.get(link(cast.director)).content.replace(b"\r\n ", b"")
        assert f"URL:http://testserver/roadmaps/{cast.roadmap.pk}/".encode() in body

    def test_queries_do_not_grow(self, client, cast, link, django_assert_num_queries):
        address = link(cast.methodist)
        with django_assert_num_queries(5):
            client.get(address)
        row(cast.roadmap, "Ещё")
        row(cast.roadmap, "И ещё")
        with django_assert_num_queries(5):
            client.get(address)


class TestLink:
    def test_only_its_hash_is_kept(self, client, cast, link):
        token = link(cast.director).rpartition("/")[2].removesuffix(".ics")
        kept = CalendarFeed.objects.get()
        assert len(token) >= 43
        assert kept.token_hash == token_hash(token)
        page = client.sign_in(cast.director).get(reverse("roadmaps:feeds")).content.decode()
        assert token not in page
        assert "Ссылка выдана" in page

    def test_a_new_one_revokes_the_old(self, client, cast, link):
        old, new = link(cast.director), link(cast.director)
        assert client.get(old).status_code == 404
        assert client.get(new).status_code == 200
        assert CalendarFeed.objects.count() == 1

    def test_revoked(self, client, cast, link):
        address = link(cast.director)
        client.sign_in(cast.director).post(reverse("roadmaps:feeds"), {"deed": "revoke"})
        client.logout()
        assert client.get(address).status_code == 404

    def test_one_answer_to_all_that_is_not_there(self, client, cast, link):
        unknown = client.get("/roadmaps/calendar/no-such-link.ics")
        gone = link(cast.director)
        cast.director.is_active = False
        cast.director.save()
        closed = client.get(gone)
        assert unknown.status_code == closed.status_code == 404
        assert unknown.content == closed.content

    def test_a_demo_account_is_closed_in_a_working_portal(self, client, cast, link, settings):
        address = link(cast.director)
        cast.director.is_demo = True
        cast.director.save()
        settings.DEMO = settings.DEBUG = False
        assert client.get(address).status_code == 404

    def test_no_cookie_and_no_shared_copy(self, client, cast, link):
        response = client.get(link(cast.director))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in response["Cache-Control"]
        assert not response.cookies

    def test_whoever_is_signed_in_reads_the_owners_calendar(self, client, cast, link):
        row(cast.roadmap, "Наше")
        row(cast.foreign_roadmap, "Чужое")
        address = link(cast.director)
        assert titles(client.sign_in(cast.stranger), address) == {"Наше"}

    def test_unchanged_is_not_sent_again(self, client, cast, link):
        row(cast.roadmap, "Наше")
        address = link(cast.director)
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
        row(cast.roadmap, "Ещё")
        assert client.get(address, headers={"if-none-match": etag}).status_code == 200

    def test_the_administrator_has_no_events(self, client, cast):
        assert client.sign_in(cast.administrator).get(reverse("roadmaps:feeds")).status_code == 403

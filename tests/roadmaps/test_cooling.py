"""«Остывание пары»: reasons in words, and the same pairs found among many by the database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from partnerships.models import Partnership, PartnershipTransition
from roadmaps.cooled import cooled, cooled_rows
from roadmaps.cooling import Border, Contact, ContactKind, Facts, Why, reasons_of
from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap
from tests.partnerships.factories import VisitFactory, pair
from tests.roadmaps.factories import OccurrenceFactory, ReportFactory, RowFactory
from tests.schools.factories import SchoolFactory

TODAY = date(2026, 11, 24)
BORDER = Border(TODAY, quiet_days=30)
LIVELY = Facts(last=Contact(date(2026, 11, 18), ContactKind.VISIT), next_planned=date(2026, 12, 1))


def whys(facts: Facts) -> list[str]:
    return [reason.why.value for reason in reasons_of(facts, BORDER)]


def contact(day: date) -> Contact:
    return Contact(day, ContactKind.HELD)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"last": contact(date(2026, 10, 26))}, []),
        ({"last": contact(date(2026, 10, 25))}, ["quiet"]),
        ({"last": None}, ["quiet"]),
        ({"last": None, "began": date(2026, 10, 25)}, ["quiet"]),
        ({"last": None, "began": date(2026, 10, 26)}, []),
        ({"next_planned": None}, ["no_plan"]),
        ({"next_planned": None, "began": date(2026, 11, 20)}, []),
        ({"returned": (date(2026, 11, 10), date(2026, 11, 3))}, ["returns"]),
        ({"target_seen": False}, []),
        ({"target_seen": False, "enough": True}, ["one_side"]),
        ({"lead_seen": False, "enough": True}, ["one_side"]),
        ({"lead_seen": None, "enough": True}, []),
        ({"lead_seen": False, "target_seen": False, "enough": True}, []),
        ({"last": None, "next_planned": None}, ["quiet", "no_plan"]),
    ],
)
def test_reasons(changes, expected):
    assert whys(replace(LIVELY, **changes)) == expected


def sentence(**changes) -> tuple[str, str]:
    (reason,) = reasons_of(replace(LIVELY, **changes), BORDER)
    return reason.text.replace("\u00a0", " "), reason.step


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"last": Contact(date(2026, 10, 10), ContactKind.VISIT)},
            "Последний контакт был 45 дней назад, 10 октября 2026 г.: посещение.",
        ),
        ({"last": None}, "Ни одного мероприятия, посещения или встречи не записано."),
        (
            {"last": None, "began": date(2026, 9, 1)},
            "Ни одного мероприятия, посещения или встречи не записано с 1 сентября 2026 г., как "
            "партнёрство действует.",
        ),
        (
            {"next_planned": None},
            "На ближайшие 30 дней, до 24 декабря 2026 г., ничего не запланировано.",
        ),
        (
            {"returned": (date(2026, 11, 10), date(2026, 11, 3))},
            "Два отчёта подряд возвращены: 3 ноября 2026 г. и 10 ноября 2026 г.",
        ),
        (
            {"target_seen": False, "enough": True},
            "С 26 августа 2026 г. отчёты и посещения есть только у одной стороны (школа-лидер), "
            "целевая школа молчит.",
        ),
    ],
)
def test_reasons_are_told_with_dates_and_a_step(changes, text):
    told, step = sentence(**changes)
    assert told == text
    assert step.endswith(".")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "сегодня, посещение"),
        (date(2026, 11, 23), "вчера, посещение"),
        (date(2026, 11, 18), "6 дней назад, посещение"),
        (date(2026, 11, 3), "21 день назад, посещение"),
    ],
)
def test_last_contact_in_words(day, words):
    told = Contact(day, ContactKind.VISIT).words(TODAY)
    assert told.replace("\u00a0", " ") == words


# --- the same, found by the database -------------------------------------------------------


def found(municipality=None) -> dict[int, list[str]]:
    rows = (
        Partnership.objects.filter(municipality=municipality)
        if municipality
        else Partnership.objects.all()
    )
    told = cooled_rows(cooled(rows, BORDER).with_members(), BORDER)
    return {one.partnership.pk: [reason.why.value for reason in one.reasons] for one in told}


@pytest.fixture
def lively(cast):
    """The pair of the cast with a visit six days ago and an event ahead; no other is active."""
    Partnership.objects.exclude(pk=cast.partnership.pk).update(state="finished")
    VisitFactory(partnership=cast.partnership, visited_on=date(2026, 11, 18))
    RowFactory(roadmap=cast.roadmap, event__ends_on=date(2026, 12, 1))
    return cast.partnership


def returned(cast, *verbs: str) -> None:
    report = ReportFactory(
        occurrence=RowFactory(roadmap=cast.roadmap).event.occurrences.get(),
        school=cast.target,
        submitted=True,
    )
    for day, verb in enumerate(verbs, start=1):
        report.transitions.create(
            verb=verb,
            from_state="submitted",
            to_state="returned",
            at=datetime(2026, 11, day, 12, tzinfo=UTC),
        )


def sent_by(cast, school, number: int) -> None:
    for _ in range(number):
        ReportFactory(
            occurrence=RowFactory(roadmap=cast.roadmap).event.occurrences.get(),
            school=school,
            submitted=True,
            submitted_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        )


def quiet(cast) -> None:
    cast.partnership.visits.update(visited_on=date(2026, 10, 25))


def nothing_ahead(cast) -> None:
    cast.roadmap.rows.get().event.occurrences.update(ends_on=date(2026, 12, 25))


def started(cast, day: date) -> None:
    PartnershipTransition.objects.create(
        instance=cast.partnership,
        verb="start",
        from_state="agreed",
        to_state="active",
        at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
    )


CASES = {
    "lively": (lambda cast: None, []),
    "quiet": (quiet, ["quiet"]),
    "quiet, but held": (
        lambda cast: (
            quiet(cast),
            OccurrenceFactory(
                event=cast.roadmap.rows.get().event, held=True, held_on=date(2026, 11, 2)
            ),
        ),
        [],
    ),
    "quiet, but met": (
        lambda cast: (
            quiet(cast),
            cast.roadmap.contacts.create(
                collective="heads", happened_on=date(2026, 11, 2), author=cast.curator
            ),
        ),
        [],
    ),
    "held of another pair": (
        lambda cast: (
            quiet(cast),
            RowFactory(roadmap=cast.foreign_roadmap, occurrence__held=True),
        ),
        ["quiet"],
    ),
    "nothing ahead": (nothing_ahead, ["no_plan"]),
    "only a draft ahead": (
        lambda cast: Roadmap.objects.update(state=RoadmapState.DRAFT, approved_at=None),
        ["no_plan"],
    ),
    "begun lately": (
        lambda cast: (quiet(cast), nothing_ahead(cast), started(cast, date(2026, 10, 26))),
        [],
    ),
    "begun long ago": (
        lambda cast: (nothing_ahead(cast), started(cast, date(2026, 10, 25))),
        ["no_plan"],
    ),
    "two returns": (lambda cast: returned(cast, "confirm", "return", "return"), ["returns"]),
    "return, then confirmed": (lambda cast: returned(cast, "return", "return", "confirm"), []),
    "return, resent, return": (
        lambda cast: returned(cast, "return", "submit", "return"),
        ["returns"],
    ),
    "one return": (lambda cast: returned(cast, "return"), []),
    "only the target reports": (lambda cast: sent_by(cast, cast.target, 3), ["one_side"]),
    "two reports tell nothing": (lambda cast: sent_by(cast, cast.target, 2), []),
    "both report": (
        lambda cast: (sent_by(cast, cast.target, 2), sent_by(cast, cast.lead, 1)),
        [],
    ),
    "the curator came": (
        lambda cast: (
            sent_by(cast, cast.target, 3),
            VisitFactory(
                partnership=cast.partnership,
                author=cast.curator,
                visited_on=date(2026, 11, 18),
            ),
        ),
        [],
    ),
    "paused": (
        lambda cast: (quiet(cast), Partnership.objects.update(state="paused")),
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_database_finds_the_pairs_that_have_reasons(cast, lively, name):
    make, expected = CASES[name]
    make(cast)
    assert found() == ({lively.pk: expected} if expected else {})


@pytest.mark.parametrize("why", Why)
def test_each_reason_alone_narrows(cast, lively, why):
    quiet(cast)
    nothing_ahead(cast)
    ids = {row.pk for row in cooled(Partnership.objects.all(), BORDER, why)}
    assert ids == ({lively.pk} if why in (Why.QUIET, Why.NO_PLAN) else set())


def test_longest_without_contact_stands_first(cast, lively):
    quiet(cast)
    never = pair(cast.lead, SchoolFactory(municipality=cast.municipality))
    later = pair(cast.lead, SchoolFactory(municipality=cast.municipality))
    VisitFactory(partnership=later, visited_on=date(2026, 10, 1))
    order = [row.pk for row in cooled(Partnership.objects.all(), BORDER)]
    assert order == [never.pk, later.pk, lively.pk]


def test_any_number_of_pairs_is_one_query(cast, lively, django_assert_num_queries):
    quiet(cast)
    for _ in range(3):
        pair(cast.lead, SchoolFactory(municipality=cast.municipality))
    with django_assert_num_queries(1):
        assert len(cooled_rows(cooled(Partnership.objects.all(), BORDER), BORDER)) == 4

"""The school calendar: whose days, who keeps them, a year moved on, what is typed wrongly."""

from datetime import date

import pytest
from django.urls import reverse

from roadmaps.actions import school_calendar as actions
from roadmaps.enums import CalendarKind
from roadmaps.models import CalendarSpan
from roadmaps.school_calendar import DaySpan, overlapping, warning
from tests.roadmaps.test_views_plan import text_of

LIST = "roadmaps:school-calendar"
AUTUMN = {
    "kind": CalendarKind.HOLIDAYS,
    "name": "Осенние каникулы",
    "starts_on": date(2026, 10, 26),
    "ends_on": date(2026, 11, 3),
}


def span_of(municipality, **fields: object) -> CalendarSpan:
    return CalendarSpan.objects.create(municipality=municipality, **AUTUMN | fields)


def typed(**changes: object) -> dict[str, object]:
    fields = {name: str(getattr(value, "value", value)) for name, value in AUTUMN.items()}
    return fields | changes


def url(name: str, *args: object) -> str:
    return reverse(f"{LIST}{name}", args=args)


# --- Days as values -----------------------------------------------------------------------


def days(first: int, last: int, kind: str = "holidays", name: str = "дни") -> DaySpan:
    return DaySpan(date(2026, 11, first), date(2026, 11, last), kind, name)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (days(1, 5), days(5, 9), True),
        (days(1, 5), days(6, 9), False),
        (days(1, 9), days(3, 4), True),
        (days(1, 5), days(3, 9, "vpr"), False),
    ],
)
def test_days_of_one_kind_overlap(one, other, found):
    assert bool(overlapping([one, other])) is found
    assert bool(warning(one, [other])) is found


def test_a_long_span_overlaps_those_that_begin_after_a_short_one():
    long, short, late = days(1, 20, name="долгие"), days(2, 3), days(10, 12, name="поздние")
    assert overlapping([long, short, late])[late] == [long]


def test_a_year_moved_on_keeps_the_days_of_the_week():
    moved = DaySpan.of(CalendarSpan(**AUTUMN)).next_year
    assert (moved.starts_on, moved.ends_on) == (date(2027, 10, 25), date(2027, 11, 2))
    assert moved.starts_on.weekday() == AUTUMN["starts_on"].weekday()


# --- The list -----------------------------------------------------------------------------


def test_everybody_reads_the_days_of_the_municipality_and_the_common_ones(cast, client):
    span_of(cast.municipality, name="Свои каникулы")
    span_of(None, name="Общие каникулы")
    span_of(cast.foreign, name="Чужие каникулы")
    for who in ("chair", "director", "curator", "methodist"):
        client.sign_in(getattr(cast, who))
        page = text_of(client.get(url("")))
        assert "Свои каникулы" in page
        assert "Общие каникулы" in page
        assert "Чужие каникулы" not in page
    client.sign_in(cast.administrator)
    page = text_of(client.get(url("")))
    assert "Общие каникулы" in page
    assert "Свои каникулы" not in page


def test_the_list_shows_the_current_year_unless_another_is_asked_for(cast, client):
    span_of(cast.municipality, name="Этой осени")
    span_of(
        cast.municipality,
        name="Той осени",
        starts_on=date(2025, 10, 27),
        ends_on=date(2025, 11, 2),
        kind=CalendarKind.VPR,
    )
    client.sign_in(cast.director)
    shown = {
        query: ("Этой осени" in page, "Той осени" in page)
        for query in ("", "?year=2025/26", "?year=all", "?year=all&kind=vpr", "?year=вздор")
        if (page := text_of(client.get(url("") + query)))
    }
    assert list(shown.values()) == [
        (True, False),
        (False, True),
        (True, True),
        (False, True),
        (True, False),
    ]


def test_only_who_keeps_a_row_is_offered_to_change_it(cast, client):
    own, common = span_of(cast.municipality), span_of(None, name="Общие")
    for who, rows in {"methodist": [own], "administrator": [common], "director": []}.items():
        client.sign_in(getattr(cast, who))
        page = client.get(url("")).content.decode()
        offered = [row for row in (own, common) if url("-edit", row.pk) in page]
        assert offered == rows, who


# --- Verbs --------------------------------------------------------------------------------


def test_the_methodist_adds_days_and_is_warned_of_an_overlap(cast, client):
    span_of(None, name="Общие каникулы", ends_on=date(2026, 10, 30))
    client.sign_in(cast.methodist)
    answer = client.post(url("-add"), typed(), follow=True)
    assert CalendarSpan.objects.get(municipality=cast.municipality).name == "Осенние каникулы"
    page = text_of(answer)
    assert "Обратите внимание: дни пересекаются с «Общие каникулы», 26.10 – 30.10.2026." in page
    assert "Пересекается с «Общие каникулы»" in page


def test_the_same_form_sent_twice_adds_one_row(cast, client):
    client.sign_in(cast.methodist)
    for _ in range(2):
        client.post(url("-add"), typed())
    assert CalendarSpan.objects.count() == 1


def test_what_the_administrator_adds_is_common(cast, client):
    client.sign_in(cast.administrator)
    client.post(url("-add"), typed())
    assert CalendarSpan.objects.get().municipality is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-10-01"}, "Последний день раньше первого"),
        ({"starts_on": "31.02.2026"}, "Это не дата"),
        ({"starts_on": ""}, "Укажите первый день"),
        ({"ends_on": "2028-10-01"}, "Это больше года"),
        ({"starts_on": "0026-10-26"}, "Проверьте год"),
        ({"name": " "}, "Назовите эти дни"),
        ({"kind": "праздник"}, "Выберите"),
        ({"name": "я" * 201}, "Слишком длинно"),
    ],
)
def test_bad_days_are_told_of_and_nothing_typed_is_lost(cast, client, changes, sentence):
    client.sign_in(cast.methodist)
    for address in (url("-add"), url("-edit", span_of(cast.municipality, name="Старые").pk)):
        answer = client.post(address, typed(**changes))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert sentence in text_of(answer)
        assert all(str(value) in page for value in typed(**changes).values() if value != "праздник")
    assert CalendarSpan.objects.get().name == "Старые"


def test_the_second_of_two_editors_sees_both_texts_and_may_save(cast, client):
    span = span_of(cast.municipality)
    client.sign_in(cast.methodist)
    mark = actions.mark(span)
    CalendarSpan.objects.filter(pk=span.pk).update(name="Каникулы коллеги")
    mine = typed(name="Мои каникулы", mark=mark)
    answer = client.post(url("-edit", span.pk), mine)
    assert answer.status_code == 409
    assert "Каникулы коллеги" in text_of(answer)
    assert "Мои каникулы" in answer.content.decode()
    span.refresh_from_db()
    assert span.name == "Каникулы коллеги"
    again = typed(name="Мои каникулы", mark=actions.mark(span))
    assert client.post(url("-edit", span.pk), again).status_code == 302
    span.refresh_from_db()
    assert span.name == "Мои каникулы"


def test_a_form_without_a_mark_overwrites_nothing(cast, client):
    span = span_of(cast.municipality)
    client.sign_in(cast.methodist)
    assert client.post(url("-edit", span.pk), typed(name="Другое")).status_code == 409


def test_days_are_deleted_after_a_question_that_names_them(cast, client):
    span = span_of(cast.municipality)
    client.sign_in(cast.methodist)
    assert "«Осенние каникулы», 26.10 – 03.11.2026?" in text_of(client.get(url("-delete", span.pk)))
    client.post(url("-delete", span.pk))
    assert not CalendarSpan.objects.exists()


@pytest.mark.parametrize("verb", ["-edit", "-delete"])
def test_others_change_nothing(cast, client, verb):
    own, common, far = (span_of(m) for m in (cast.municipality, None, cast.foreign))
    for who, row, status in (
        ("director", own, 403),
        ("chair", own, 403),
        ("methodist", common, 403),
        ("methodist", far, 404),
        ("administrator", own, 404),
    ):
        client.sign_in(getattr(cast, who))
        assert client.post(url(verb, row.pk), typed()).status_code == status, who
    assert CalendarSpan.objects.filter(**AUTUMN).count() == 3


# --- Last year ----------------------------------------------------------------------------


def formset(rows: list[dict[str, object]]) -> dict[str, object]:
    fields = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    return fields | {
        f"form-{place}-{name}": value
        for place, row in enumerate(rows)
        for name, value in row.items()
    }


def test_last_years_days_are_shown_moved_on_and_added_when_ticked(cast, client):
    last = {"starts_on": date(2025, 10, 27), "ends_on": date(2025, 11, 4)}
    span_of(cast.municipality, **last)
    span_of(None, name="Общие каникулы", **last)
    span_of(cast.foreign, name="Чужие каникулы", **last)
    client.sign_in(cast.methodist)
    address = f"{url('-copy')}?year=2026/27"
    page = client.get(address).content.decode()
    assert 'value="2026-10-26"' in page
    assert "Общие каникулы" not in page
    assert "Чужие каникулы" not in page
    rows = [typed(take="on", name="Осенние"), typed(name="Не нужные", ends_on="вздор")]
    answer = client.post(address, formset(rows))
    assert answer.status_code == 302
    added = CalendarSpan.objects.filter(municipality=cast.municipality, starts_on__year=2026)
    assert [row.name for row in added] == ["Осенние"]
    client.post(address, formset(rows))
    assert added.count() == 1, "sent twice, added once"


def test_a_wrong_date_among_the_moved_days_adds_nothing(cast, client):
    client.sign_in(cast.methodist)
    rows = [typed(take="on"), typed(take="on", name="Кривые дни", ends_on="2026-10-01")]
    answer = client.post(url("-copy"), formset(rows))
    assert answer.status_code == 422
    assert "Кривые дни" in answer.content.decode()
    assert not CalendarSpan.objects.exists()

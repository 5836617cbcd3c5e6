import pytest
from django.test import RequestFactory

from common.paging import page_of
from tests.common.tables import Job, Named


def get(query=""):
    return RequestFactory().get(f"/list/{query}")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("?page=2", 2),
        ("?page=3", 3),
        ("?page=4", 3),
        ("?page=999999999999999999999999", 3),
        ("?page=0", 1),
        ("?page=-5", 1),
        ("?page=x", 1),
        ("?page=", 1),
        ("?page=2&page=1", 1),
        ("?page=%00", 1),
    ],
)
def test_a_bad_number_gives_the_nearest_page(asked, number):
    assert page_of(range(25), get(asked), 10).number == number


def test_first_middle_and_last_page():
    first, middle, last = (page_of(range(25), get(f"?page={n}"), 10) for n in (1, 2, 3))
    assert first.items == list(range(10))
    assert (first.has_previous, first.has_next) == (False, True)
    assert (middle.has_previous, middle.has_next) == (True, True)
    assert last.items == list(range(20, 25))
    assert (last.has_previous, last.has_next) == (True, False)
    assert (last.last, last.total_text, len(last)) == (3, "25", 5)


def test_nothing_is_one_empty_page():
    page = page_of([], get("?page=7"))
    assert (page.items, page.number, page.last, page.total_text) == ([], 1, 1, "0")
    assert not page.has_others


def test_a_full_last_page_has_no_next():
    assert not page_of(range(20), get("?page=2"), 10).has_next


def test_addresses_keep_the_other_parameters():
    page = page_of(range(100), get("?state=a&state=b&q=%D1%8F&page=2"), 10)
    assert page.url_for(5) == "/list/?state=a&state=b&q=%D1%8F&page=5"
    assert page.next_url.endswith("page=3")
    assert page.previous_url == "/list/?state=a&state=b&q=%D1%8F"
    assert page_of(range(100), get("?page=2"), 10).previous_url == "/list/"


def test_links_are_the_ends_and_the_neighbours():
    page = page_of(range(100), get("?page=5"), 10)
    assert [number for number, _ in page.links] == [1, 4, 5, 6, 10]


class TestBeyondAThousand:
    def test_the_total_is_not_told(self):
        page = page_of(range(1001), get())
        assert (page.total, page.last, page.total_text) == (None, None, "больше 1000")
        assert page.has_next
        assert [number for number, _ in page.links] == [1, 2]
        assert page_of(range(1000), get()).total_text == "1000"

    def test_pages_go_on(self):
        assert page_of(range(2000), get("?page=80")).items[0] == 1975

    @pytest.mark.parametrize("asked", ["81", "999", "99999999999999999999"])
    def test_past_the_end_comes_the_last_page(self, asked):
        page = page_of(range(2000), get(f"?page={asked}"))
        assert (page.number, page.has_next) == (80, False)


class TestQuerySets:
    def test_one_query_for_one_row_and_for_three(self, tables, django_assert_num_queries):
        for rows in (1, 3):
            Named.objects.all().delete()
            Named.objects.bulk_create(Named(name=str(n)) for n in range(rows))
            with django_assert_num_queries(1):
                page = page_of(Named.objects.order_by("sorting"), get())
            assert len(page.items) == page.total == rows

    def test_nothing_costs_one_query(self, tables, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert page_of(Named.objects.order_by("sorting"), get()).total == 0

    def test_a_last_page_knows_the_total(self, tables, django_assert_num_queries):
        Job.objects.bulk_create(Job() for _ in range(60))
        with django_assert_num_queries(1):
            page = page_of(Job.objects.order_by("pk"), get("?page=3"))
        assert (len(page.items), page.total, page.has_next) == (10, 60, False)

    def test_the_count_stops_at_a_thousand_and_sorts_nothing(
        self, tables, django_assert_num_queries
    ):
        Job.objects.bulk_create(Job() for _ in range(1100))
        with django_assert_num_queries(2) as captured:
            page = page_of(Job.objects.order_by("queued_at", "pk"), get("?page=43"))
        assert (len(page.items), page.has_next, page.total) == (25, True, None)
        count = captured[1]["sql"]
        assert "LIMIT 1001" in count
        assert "ORDER BY" not in count

    def test_the_last_page_of_a_long_table_tells_no_total(self, tables):
        Job.objects.bulk_create(Job() for _ in range(1100))
        page = page_of(Job.objects.order_by("pk"), get("?page=44"))
        assert (len(page.items), page.has_next, page.total) == (25, False, None)

    def test_past_the_end_of_a_long_table(self, tables):
        Job.objects.bulk_create(Job() for _ in range(1100))
        page = page_of(Job.objects.order_by("pk"), get("?page=500"))
        assert (page.number, len(page.items)) == (44, 25)

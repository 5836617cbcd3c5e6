"""Query counts of pages that show rows: the same literal number for one row and for three.

All of them stand in the table `LISTS` of `tests/test_lists.py`, one line a page; a new list
page without a line there fails `tests/test_consistency.py`. Tests of an app may also call
`same_queries` themselves.
"""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.strict import StrictClient


def same_queries(
    client: StrictClient, url: str, make_row: Callable[[], object], expected: int
) -> None:
    """Assert that `url` takes exactly `expected` queries with one row and with three.

    `make_row()` makes one more row that the signed-in person sees on the page: the page must
    change with it, or the count proves nothing.
    """
    make_row()
    client.get(url)  # fills the caches of the process
    one = _queries(client, url)
    make_row()
    make_row()
    three = _queries(client, url)
    assert three.page != one.page, f"{url} does not show the rows that were made"
    assert len(one.sql) == len(three.sql), _grown(url, one.sql, three.sql)
    assert len(one.sql) == expected, f"{url}: {len(one.sql)} queries\n" + "\n".join(one.sql)


#: Of forms; new in every page.
_TOKENS = re.compile(r"\b[A-Za-z0-9]{64}\b")


class _Look:
    def __init__(self, sql: list[str], page: str) -> None:
        self.sql = sql
        self.page = _TOKENS.sub("", page)


def _queries(client: StrictClient, url: str) -> _Look:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    return _Look([query["sql"][:200] for query in captured], response.content.decode())


def _grown(url: str, one: list[str], three: list[str]) -> str:
    more = [sql for sql in three if sql not in one] or three
    head = f"{url}: {len(one)} queries with one row, {len(three)} with three"
    return "\n".join([head, *more])


_LISTS = re.compile(
    r"(?:^|[:-])(?:list|queue|people|mine|notifications|outbox|home|events|review)$"
)


def is_list(url_name: str) -> bool:
    """Whether the page shows rows whose number grows with the data."""
    return bool(_LISTS.search(url_name))

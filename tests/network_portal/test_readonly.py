"""A GET cannot write, whoever tries and however the statement is dressed up."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone

from network_portal.readonly import ReadOnlyGet, WriteInGet, no_writes, writes

User = get_user_model()


def ask(view, method: str = "GET"):
    return ReadOnlyGet(view)(RequestFactory().generic(method, "/page"))


def write(request) -> HttpResponse:
    User.objects.create_user("noviy@example.org", name="Н. Новый")
    return HttpResponse("записано")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO accounts_user (name) VALUES (%s)",
        "  update accounts_user set name = %s",
        "DELETE FROM accounts_user",
        'REPLACE INTO "accounts_user" VALUES (1)',
        "WITH gone AS (DELETE FROM accounts_user RETURNING id) SELECT * FROM gone",
        "EXPLAIN ANALYZE UPDATE accounts_user SET name = 'x'",
        "SELECT 1; DELETE FROM accounts_user",
        "/* SELECT */ DELETE FROM accounts_user",
        "-- SELECT\nDELETE FROM accounts_user",
        "SELECT * INTO copy FROM accounts_user",
        "CREATE TABLE x (id int)",
        "TRUNCATE accounts_user",
        "DROP TABLE accounts_user",
        "PRAGMA user_version = 3",
        "COPY accounts_user FROM STDIN",
        "INSERT INTO django_session_copy VALUES (1)",
        "INSERT INTO accounts_user SELECT * FROM django_session",
        "",
    ],
)
def test_statement_that_writes(sql):
    assert writes(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "accounts_user"."name" FROM "accounts_user"',
        "(SELECT 1) UNION (SELECT 2)",
        "WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t",
        'SELECT "t"."update", "t"."into" FROM "t" WHERE "t"."text" = \'DELETE FROM x; DROP y\'',
        "SELECT * FROM roadmaps_event FOR UPDATE",
        "SELECT * FROM roadmaps_event FOR NO KEY UPDATE",
        'SAVEPOINT "s1"',
        "BEGIN IMMEDIATE",
        "PRAGMA table_info(x)",
        "EXPLAIN QUERY PLAN SELECT 1",
        'DECLARE "cursor" NO SCROLL CURSOR FOR SELECT 1',
        'INSERT INTO "django_session" ("session_key") VALUES (%s)',
        "UPDATE django_session SET session_data = %s",
        'DELETE FROM "django_session" WHERE expire_date < %s',
    ],
)
def test_statement_that_reads_or_keeps_the_session(sql):
    assert not writes(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE"])
def test_reading_a_page_cannot_change_data(method):
    with pytest.raises(WriteInGet, match="/page tried to write: INSERT"), transaction.atomic():
        ask(write, method)

    assert not User.objects.exists()


@pytest.mark.django_db
def test_post_writes():
    ask(write, "POST")

    assert User.objects.get().email == "noviy@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
def test_the_guard_does_not_depend_on_debug(settings, debug):
    settings.DEBUG = debug

    with pytest.raises(WriteInGet):
        ask(write)


@pytest.mark.django_db
def test_bulk_raw_and_transaction_are_seen_too():
    def bulk(request):
        User.objects.bulk_create([User(email="a@example.org"), User(email="b@example.org")])

    def raw(request):
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM accounts_user WHERE id = %s", [(1,), (2,)])

    def atomic(request):
        with transaction.atomic():
            User.objects.update(name="x")

    for view in (bulk, raw, atomic):
        with pytest.raises(WriteInGet):
            ask(view)


@pytest.mark.django_db
def test_the_session_table_is_exempt():
    def remember(request):
        Session.objects.create(session_key="s" * 32, session_data="", expire_date=timezone.now())
        return HttpResponse()

    ask(remember)

    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_reading_inside_a_transaction_is_allowed():
    def read(request):
        with transaction.atomic():
            return HttpResponse(str(User.objects.count()))

    assert ask(read).content == b"0"


@pytest.mark.django_db
def test_a_streamed_body_is_guarded_while_it_is_made():
    def stream(request):
        def body():
            yield b"one"
            write(request)
            yield b"two"

        return StreamingHttpResponse(body())

    chunks = ask(stream).streaming_content

    assert next(chunks) == b"one"
    with pytest.raises(WriteInGet), transaction.atomic():
        next(chunks)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_between_two_chunks_others_may_write():
    def stream(request):
        return StreamingHttpResponse(iter([b"one", b"two"]))

    chunks = ask(stream).streaming_content
    next(chunks)
    write(None)

    assert next(chunks) == b"two"
    assert next(chunks, None) is None


@pytest.mark.django_db
def test_after_the_page_the_connection_writes_again():
    with no_writes("/page"):
        pass

    write(None)

    assert connection.execute_wrappers == []
    assert User.objects.count() == 1

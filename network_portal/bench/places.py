"""Databases of the bench: new ones, never the portal's own, and gone when the bench ends."""

import copy
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from network_portal import statistics

ALIAS = "default"
#: Rows in one INSERT are bounded by its parameters: Django's bound for SQLite is 999, the
#: library's 250,000. The bench fills tables only, so this changes nothing that it measures.
PARAMETERS = 30_000


@dataclass(frozen=True)
class Place:
    """A database with a network of `size` schools, and the connection that leads to it."""

    size: int
    connection: BaseDatabaseWrapper

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Until the block ends the whole project talks to this database."""
        outside = connections[ALIAS]
        connections[ALIAS] = self.connection
        try:
            yield
        finally:
            connections[ALIAS] = outside


@contextmanager
def empty_place(size: int) -> Iterator[Place]:
    """A migrated database without rows: an SQLite file, or a schema of PostgreSQL."""
    make = _file if connections[ALIAS].vendor == "sqlite" else _schema
    with make(size) as place, place.entered():
        yield place


@contextmanager
def _file(size: int) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "bench.sqlite3"
        file.write_bytes(_migrated_file())
        place = Place(size, _connection({"NAME": file}))
        place.connection.features.max_query_params = PARAMETERS
        try:
            yield place
        finally:
            place.connection.close()


@cache
def _migrated_file() -> bytes:
    """An empty database; migrating takes longer than copying."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "bench.sqlite3"
        place = Place(0, _connection({"NAME": file}))
        _migrate(place)
        place.connection.close()
        return file.read_bytes()


def _migrate(place: Place) -> None:
    with place.entered():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _schema(size: int) -> Iterator[Place]:
    name = f"bench_{os.getpid()}_{size}"
    options = copy.copy(connections[ALIAS].settings_dict.get("OPTIONS", {}))
    options["options"] = f"{options.get('options', '')} -c search_path={name}".strip()
    connection = _connection({"OPTIONS": options})
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {name}")
        place = Place(size, connection)
        _migrate_or_repeat(place)
        yield place
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        connection.close()


#: What a migration said to the first schema of this process: text and parameters.
_SAID: list[tuple[str, Any]] = []


def _migrate_or_repeat(place: Place) -> None:
    """Migrating takes several times as long as saying the same statements again.

    An empty schema answers the same way every time, so questions are not repeated.
    """
    if _SAID:
        with place.connection.cursor() as cursor:
            for sql, params in _SAID:
                cursor.execute(sql, params)
        return
    heard: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith("SELECT"):
            heard.extend((sql, one) for one in (params if many else [params]))
        return execute(sql, params, many, context)

    with place.connection.execute_wrapper(listen):
        _migrate(place)
    _SAID.extend(heard)


def _connection(changes: dict[str, Any]) -> BaseDatabaseWrapper:
    """A second connection of the same kind as the portal's, to another place."""
    settings = copy.deepcopy(connections[ALIAS].settings_dict) | changes
    backend = load_backend(settings["ENGINE"])
    return backend.DatabaseWrapper(settings, ALIAS)


def settle(place: Place) -> None:
    """Statistics of the tables, as a running installation has them."""
    statistics.refresh(place.connection)
    if place.connection.vendor == "postgresql":
        with place.connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def engine(place: Place) -> str:
    """«SQLite 3.40», «PostgreSQL 15»."""
    version = place.connection.get_database_version()
    return f"{place.connection.display_name} {'.'.join(map(str, version[:2]))}"

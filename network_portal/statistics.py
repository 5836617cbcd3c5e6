"""What the planner of SQLite knows of the tables. PostgreSQL gathers it by itself."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

#: Rows of an index that are looked at: some milliseconds for a database of any size.
SAMPLE = 400


def refresh(connection: BaseDatabaseWrapper | None = None) -> None:
    """Tell SQLite how its tables are filled, or it takes the municipality, which all rows share,
    for a good way to find twenty-five schools: that page took eight times as long.
    """
    connection = connection or connections["default"]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")

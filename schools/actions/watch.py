"""A person's own list of schools: no fact of a school, so «История» says nothing of it."""

from accounts.models import User
from schools.models import School, Watch


def watch(*, school: School, by: User) -> None:
    """Put the school on the person's list; a second time changes nothing."""
    Watch.objects.bulk_create([Watch(user=by, school=school)], ignore_conflicts=True)


def unwatch(*, school: School, by: User) -> None:
    Watch.objects.filter(user=by, school=school).delete()


def choose_columns(*, table: str, names: list[str] | None, by: User) -> None:
    """Remember the columns of a table for the person; None brings the usual ones back."""
    chosen = {key: value for key, value in by.list_columns.items() if key != table}
    by.list_columns = chosen if names is None else chosen | {table: names}
    by.save(update_fields=["list_columns"])

"""What is written into «История» of a school's card (adr/0006)."""

from collections.abc import Iterable

from accounts.models import User
from common.changes import Change
from schools.enums import ChangeArea
from schools.models import School, SchoolChange


def record(
    *,
    school: School,
    changes: Iterable[Change],
    area: ChangeArea,
    by: User | None,
    origin: str = "",
) -> None:
    """Write the changes of one school down, one statement for all. `origin`: what they came
    from, where that is not a form («школы.xlsx», «предложение школы»)."""
    record_many([(school, change) for change in changes], area=area, by=by, origin=origin)


def record_many(
    rows: Iterable[tuple[School, Change]],
    *,
    area: ChangeArea,
    by: User | None,
    origin: str = "",
) -> None:
    """As `record`, for changes of many schools at once."""
    SchoolChange.objects.bulk_create(
        [
            SchoolChange.of(change, school=school, area=area, by=by, origin=origin)
            for school, change in rows
        ],
        batch_size=1000,
    )

"""Verbs over the infrastructure check of a school and year."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Self

from django.db import transaction

from accounts.models import User
from common.academic_year import AcademicYear
from common.changes import Change, differences
from common.versions import Stale
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import InfrastructureCheck, School


@dataclass(frozen=True)
class CheckDraft:
    """What a form says of a check: three facts and a manual decision with its basis."""

    no_internet: bool | None = None
    no_computers: bool | None = None
    no_staff: bool | None = None
    decided: bool | None = None
    decision_basis: str = ""

    @classmethod
    def of(cls, check: InfrastructureCheck | None) -> Self:
        """Of no check: nothing is known."""
        if check is None:
            return cls()
        return cls(**{name: getattr(check, name) for name in cls.__dataclass_fields__})

    @property
    def mark(self) -> str:
        """Tells one state from another: a form carries the mark of what it showed."""
        return sha256(repr(self).encode()).hexdigest()[:16]


@transaction.atomic
def save(
    *, school: School, year: AcademicYear, draft: CheckDraft, expected_mark: str, by: User
) -> bool:
    """Write the check; False when nothing differs. A check that knows nothing is removed.

    Stale when the check is not as the form showed it: then nothing is written.
    """
    # One at a time: a check that is not there yet cannot be locked.
    School.objects.filter(pk=school.pk).hold()
    check = InfrastructureCheck.objects.filter(school=school, year=year).first()
    before = CheckDraft.of(check)
    if before == draft:
        return False
    if before.mark != expected_mark:
        raise Stale(check)
    if draft == CheckDraft():
        InfrastructureCheck.objects.filter(school=school, year=year).delete()
    else:
        InfrastructureCheck.objects.update_or_create(
            school=school, year=year, defaults=asdict(draft)
        )
    _tell(school, year, before, draft, by)
    return True


def _tell(
    school: School, year: AcademicYear, before: CheckDraft, after: CheckDraft, by: User
) -> None:
    changed = differences(InfrastructureCheck, asdict(before), asdict(after))
    named = [Change(f"Инфраструктура {year}: {one.what}", one.old, one.new) for one in changed]
    record(school=school, changes=named, area=ChangeArea.INFRASTRUCTURE, by=by)

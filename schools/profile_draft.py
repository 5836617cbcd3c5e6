"""What a form or a copy says of a whole risk profile, and the same in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Self

from common.russian import numeric_date
from schools.enums import ProfileSource, Significance
from schools.risk_changes import Named, successor

if TYPE_CHECKING:
    from schools.models import RiskProfile, RiskProfileItem, School

#: Columns of `RiskProfileItem` that a draft fills.
FIELDS = ("significance", "note", "overcome", "overcome_on", "overcome_with", "overcome_note")


@dataclass(frozen=True)
class ItemDraft:
    """One factor of a profile (R063, R068)."""

    significance: str = Significance.UNSET
    note: str = ""
    overcome: bool = False
    overcome_on: date | None = None
    overcome_with: School | None = None
    overcome_note: str = ""

    @classmethod
    def of(cls, item: RiskProfileItem) -> Self:
        return cls(**{name: getattr(item, name) for name in FIELDS})

    def named(self, factor: int) -> Named:
        return Named(factor, self.significance, self.note, self.overcome)

    @property
    def words(self) -> str:
        """«средняя; 20 % дети-инофоны; преодолён 01.06.2026, с СОШ №3»."""
        parts = [Significance(self.significance).label, self.note]
        parts += [", ".join(self._how_overcome())] if self.overcome else []
        return "; ".join(part for part in parts if part)

    def _how_overcome(self) -> list[str]:
        when = f" {numeric_date(self.overcome_on)}" if self.overcome_on else ""
        whom = f"с {self.overcome_with.short_name}" if self.overcome_with else ""
        return [part for part in (f"преодолён{when}", whom, self.overcome_note) if part]


@dataclass(frozen=True)
class ProfileDraft:
    """A whole profile; `items` by factor id."""

    source: str = ProfileSource.UNSET
    source_note: str = ""
    items: Mapping[int, ItemDraft] = field(default_factory=dict)

    @classmethod
    def of(cls, profile: RiskProfile) -> Self:
        """Its items must be fetched with `overcome_with`."""
        items = {item.factor_id: ItemDraft.of(item) for item in profile.items.all()}
        return cls(profile.source, profile.source_note, items)

    @property
    def source_words(self) -> str:
        label = ProfileSource(self.source).label
        return f"{label}, {self.source_note}" if self.source_note else label


@dataclass(frozen=True)
class Carried:
    """What of an earlier profile goes into a new year and what does not; factor ids."""

    items: dict[int, ItemDraft]
    overcome: list[int]
    #: Old factor → the one that stands for it now.
    replaced: dict[int, int]
    dropped: list[int]


def carry_over(
    items: Iterable[tuple[int, ItemDraft]],
    valid: Collection[int],
    replaced_by: Mapping[int, int | None],
) -> Carried:
    """Leave out what was overcome; put a successor for what left the list, or drop it.

    Where the earlier profile names the successor too, what it says of the successor stays.
    """
    carried = Carried({}, [], {}, [])
    weighing = []
    for factor, item in items:
        if item.overcome:
            carried.overcome.append(factor)
        else:
            weighing.append((factor, item))
    for factor, item in weighing:
        if factor in valid:
            carried.items[factor] = item
    for factor, item in weighing:
        if factor in valid:
            continue
        heir = successor(factor, valid, replaced_by)
        if heir is None:
            carried.dropped.append(factor)
        else:
            carried.replaced[factor] = heir
            carried.items.setdefault(heir, item)
    return carried

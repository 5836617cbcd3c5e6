"""What changed between the risk profiles of two years. Pure; sentences are Russian."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schools.enums import Significance

#: «Не указана» has no place in the order: nothing can be said of more or less.
_ORDER = {Significance.NONE: 0, Significance.LOW: 1, Significance.MID: 2, Significance.HIGH: 3}


class ChangeKind(StrEnum):
    """What became of one factor. The value is a code, the words are in `WORDS`."""

    APPEARED = "appeared"
    RETURNED = "returned"
    GONE = "gone"
    NOT_FOUND = "not_found"
    OVERCOME = "overcome"
    UP = "up"
    DOWN = "down"
    STATED = "stated"
    UNSTATED = "unstated"
    NOTED = "noted"
    SAME = "same"


#: Kind → words, icon, tone of the badge.
WORDS = {
    ChangeKind.APPEARED: ("появился", "plus", "warn"),
    ChangeKind.RETURNED: ("снова назван", "undo", "warn"),
    ChangeKind.GONE: ("больше не назван", "minus", ""),
    ChangeKind.NOT_FOUND: ("больше не выявлен", "check", "ok"),
    ChangeKind.OVERCOME: ("преодолён", "check", "ok"),
    ChangeKind.UP: ("значимость выросла", "up", "bad"),
    ChangeKind.DOWN: ("значимость снизилась", "down", "ok"),
    ChangeKind.STATED: ("значимость указана", "pen", "info"),
    ChangeKind.UNSTATED: ("значимость больше не указана", "dash", ""),
    ChangeKind.NOTED: ("примечание изменилось", "pen", "info"),
    ChangeKind.SAME: ("не изменилось", "minus", ""),
}


@dataclass(frozen=True)
class Named:
    """A factor as one profile names it."""

    factor: int
    significance: str = Significance.UNSET
    note: str = ""
    overcome: bool = False


@dataclass(frozen=True)
class FactorChange:
    """One factor in both years; None where the profile does not name it. `reworded`: the
    later list has another factor in place of the earlier one."""

    before: Named | None
    after: Named | None
    kind: ChangeKind
    reworded: bool = False
    noted: bool = False

    @property
    def words(self) -> str:
        """«значимость выросла, примечание изменилось»."""
        first = WORDS[self.kind][0]
        more = self.noted and self.kind not in {ChangeKind.NOTED, ChangeKind.SAME}
        return f"{first}, {WORDS[ChangeKind.NOTED][0]}" if more else first

    @property
    def icon(self) -> str:
        return WORDS[self.kind][1]

    @property
    def tone(self) -> str:
        return WORDS[self.kind][2]


def compare(
    before: Iterable[Named], after: Iterable[Named], replaced_by: Mapping[int, int | None]
) -> list[FactorChange]:
    """Pair the factors of two years, the later year's order first, then those no longer named.

    A factor that left the list is the same one as its successor, unless the earlier profile
    names the successor too. `replaced_by`: factor → its successor or None.
    """
    earlier = {one.factor: one for one in before}
    later = {one.factor: one for one in after}
    old_wording: dict[int, Named] = {}
    for one in earlier.values():
        heir = successor(one.factor, later, replaced_by)
        if one.factor not in later and heir is not None and heir not in earlier:
            old_wording.setdefault(heir, one)
    changes = [
        _change(old_wording.get(one.factor) or earlier.get(one.factor), one)
        for one in later.values()
    ]
    paired = {one.factor for one in old_wording.values()} | set(later)
    return changes + [_change(one, None) for one in earlier.values() if one.factor not in paired]


def successor(
    factor: int, known: Iterable[int], replaced_by: Mapping[int, int | None]
) -> int | None:
    """The first successor that is among `known`; a circle of replacements ends the search."""
    seen = {factor}
    heir = replaced_by.get(factor)
    while heir is not None and heir not in seen:
        if heir in known:
            return heir
        seen.add(heir)
        heir = replaced_by.get(heir)
    return None


def _change(before: Named | None, after: Named | None) -> FactorChange:
    both = before is not None and after is not None
    return FactorChange(
        before,
        after,
        _kind(before, after),
        reworded=both and before.factor != after.factor,  # type: ignore[union-attr]
        noted=both and before.note != after.note,  # type: ignore[union-attr]
    )


def _kind(before: Named | None, after: Named | None) -> ChangeKind:
    if after is None:
        return ChangeKind.GONE
    if after.overcome:
        is_old_news = before is not None and before.overcome
        return _noted(before, after) if is_old_news else ChangeKind.OVERCOME
    if before is None:
        found = after.significance != Significance.NONE
        return ChangeKind.APPEARED if found else ChangeKind.NOT_FOUND
    if before.overcome:
        return ChangeKind.RETURNED
    return _weighed(before, after)


def _weighed(before: Named, after: Named) -> ChangeKind:
    """Named in both years and overcome in neither."""
    old, new = (_ORDER.get(Significance(one.significance)) for one in (before, after))
    if old == new:
        return _noted(before, after)
    if new == 0:
        return ChangeKind.NOT_FOUND
    if old == 0:
        return ChangeKind.APPEARED
    if new is None:
        return ChangeKind.UNSTATED
    if old is None:
        return ChangeKind.STATED
    return ChangeKind.UP if new > old else ChangeKind.DOWN


def _noted(before: Named | None, after: Named) -> ChangeKind:
    same = before is not None and before.note == after.note
    return ChangeKind.SAME if same else ChangeKind.NOTED

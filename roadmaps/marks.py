"""Words with an icon and a tone, and the column «Отметка» that is made of them. Pure."""

from dataclasses import dataclass

from common.badges import BADGES


@dataclass(frozen=True)
class Mark:
    """Words with an icon and a tone: a badge, or a line of a list of checks."""

    text: str
    icon: str
    tone: str = ""


def mark(code: str, extra: str = "") -> Mark:
    """A badge of the common catalogue."""
    badge = BADGES[code]
    return Mark(f"{badge.word} {extra}".strip(), badge.icon, badge.tone)


@dataclass(frozen=True)
class Counts:
    """Occurrences of one row: all that are not cancelled, held, late, reports to check."""

    times: int = 0
    held: int = 0
    late: int = 0
    has_waiting: bool = False


def marks_of(
    counts: Counts, *, is_cancelled: bool, is_due: bool, is_unapproved: bool, is_unplanned: bool
) -> list[Mark]:
    """Badges of a row, the state first. `is_due`: the roadmap is running, so dates oblige."""
    marks = [_state(counts, is_cancelled=is_cancelled)]
    if counts.has_waiting:
        marks.append(mark("reported"))
    if is_due and counts.late and not is_cancelled:
        late = mark("overdue", str(counts.late) if counts.times > 1 else "")
        marks = [late] if counts.times == 1 else [*marks, late]
    if is_unplanned:
        marks.append(Mark("Вне плана", "plus"))
    if is_unapproved:
        marks.append(mark("unapproved"))
    return marks


def _state(counts: Counts, *, is_cancelled: bool) -> Mark:
    if is_cancelled:
        return mark("cancelled", f"(проведено {counts.held})" if counts.held else "")
    if counts.times > 1:
        share = f"{counts.held} из {counts.times}"
        if counts.held == counts.times:
            return mark("held", share)
        return (
            Mark(f"Проведено {share}", "check", "info") if counts.held else mark("planned", share)
        )
    return mark("held" if counts.held else "planned")

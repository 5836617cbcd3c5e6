"""The cluster «в зоне риска по показателям»: a rule with its reason (R054–R058). Pure."""

from dataclasses import dataclass

#: «не менее двух факторов» (R058).
NEEDED = 2

NO_INTERNET = "отсутствие устойчивого доступа в Интернет"
NO_COMPUTERS = "отсутствие достаточного количества компьютерной техники"
NO_STAFF = "дефицит педагогических кадров"


@dataclass(frozen=True)
class InfrastructureVerdict:
    """`at_risk` None means that the facts do not tell. `reason` is a Russian sentence."""

    at_risk: bool | None
    reason: str
    factors: tuple[str, ...] = ()
    by_hand: bool = False


def judge_infrastructure(
    *,
    no_internet: bool | None,
    no_computers: bool | None,
    no_staff: bool | None,
    decided: bool | None = None,
    basis: str = "",
) -> InfrastructureVerdict:
    """Apply «не менее двух факторов»; a manual decision counts only where facts do not tell."""
    facts = {NO_INTERNET: no_internet, NO_COMPUTERS: no_computers, NO_STAFF: no_staff}
    present = tuple(name for name, value in facts.items() if value)
    unknown = sum(value is None for value in facts.values())
    if len(present) >= NEEDED:
        return InfrastructureVerdict(
            True, f"Факторов {len(present)} из трёх: {', '.join(present)}", present
        )
    if len(present) + unknown < NEEDED:
        return InfrastructureVerdict(False, "Меньше двух факторов из трёх", present)
    if decided is not None:
        source = f" ({basis})" if basis else ""
        return InfrastructureVerdict(
            decided, f"Решение принято вручную{source}; факторы не указаны", present, by_hand=True
        )
    return InfrastructureVerdict(
        None, f"Не указано факторов: {unknown}, вывод сделать нельзя", present
    )

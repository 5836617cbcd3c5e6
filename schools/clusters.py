"""The cluster «в зоне риска по показателям»: a rule with its reason (R054–R058). Pure."""

from dataclasses import dataclass

#: «не менее двух факторов» (R058).
NEEDED = 2

NO_INTERNET = "отсутствие устойчивого доступа в Интернет"
NO_COMPUTERS = "отсутствие достаточного количества компьютерной техники"
NO_STAFF = "дефицит педагогических кадров"

#: Said where facts tell and an older decision stands beside them.
IGNORED = "; прежнее решение вручную не учитывается: показатели известны"


@dataclass(frozen=True)
class InfrastructureVerdict:
    """`at_risk` None means that the facts do not tell. `reason` is a Russian sentence."""

    at_risk: bool | None
    reason: str
    factors: tuple[str, ...] = ()
    by_hand: bool = False


def facts_tell(*facts: bool | None) -> bool:
    """Whether the three facts are enough for a verdict; otherwise people may decide."""
    present, unknown = sum(map(bool, facts)), sum(fact is None for fact in facts)
    return present >= NEEDED or present + unknown < NEEDED


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
    ignored = "" if decided is None else IGNORED
    if len(present) >= NEEDED:
        reason = f"Факторов {len(present)} из трёх: {', '.join(present)}{ignored}"
        return InfrastructureVerdict(True, reason, present)
    if len(present) + unknown < NEEDED:
        return InfrastructureVerdict(False, f"Меньше двух факторов из трёх{ignored}", present)
    if decided is not None:
        source = f" ({basis})" if basis else ""
        return InfrastructureVerdict(
            decided, f"Решение принято вручную{source}; факторы не указаны", present, by_hand=True
        )
    return InfrastructureVerdict(
        None, f"Не указано факторов: {unknown}, вывод сделать нельзя", present
    )

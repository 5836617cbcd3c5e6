"""Answers of rules: allowed, or denied with the reason that the interface shows."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """What a rule says; true when allowed. `reason` is a Russian sentence, empty if allowed."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class Allowed(Verdict):
    """The rule has nothing against it."""

    def __post_init__(self) -> None:
        if self.reason:
            raise ValueError("An allowed thing needs no reason.")


@dataclass(frozen=True)
class Denied(Verdict):
    """The rule forbids it; the reason is never empty."""

    def __post_init__(self) -> None:
        if not self.reason:
            raise ValueError("A denial needs a reason.")


def require(verdict: Verdict) -> None:
    """Raise `PermissionDenied` with the reason (page 403 shows it) unless allowed."""
    if not verdict:
        raise PermissionDenied(verdict.reason)

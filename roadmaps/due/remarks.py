"""Warnings about a due date that was understood: they stop nobody."""

from datetime import date

from roadmaps.due.outcome import Due
from roadmaps.due.span import Period, Span
from roadmaps.due.wording import day_text, span_text


def warnings(due: Due, period: Period, today: date, stage: Span | None = None) -> list[str]:
    """Russian sentences without a full stop: the date has passed, the date is outside the period
    of the roadmap or outside the days of its stage."""
    texts = (_passed(due, today), _outside(due, period), _beside(due, stage))
    return [text for text in texts if text]


def _passed(due: Due, today: date) -> str:
    passed = [span for span in due.spans if span.end and span.end < today]
    if not passed:
        return ""
    if len(passed) < len(due.spans):
        return f"часть сроков уже прошла: {len(passed)} из {len(due.spans)}"
    return f"срок уже прошёл: {day_text(max(span.ends for span in passed))}"


def _outside(due: Due, period: Period) -> str:
    if all(span.within(period) for span in due.spans):
        return ""
    return f"срок выходит за период дорожной карты: {span_text(period)}"


def _beside(due: Due, stage: Span | None) -> str:
    """A wide date may go beyond its stage; one that has no day in it is out of place."""
    if stage is None or any(span.clip(stage) for span in due.spans):
        return ""
    return f"срок вне дат своего этапа: {span_text(stage)}"

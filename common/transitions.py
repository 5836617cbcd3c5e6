"""Moves of a workflow: a table of verbs on the model, one guarded step, a row that remembers it.

class Report(models.Model):
    TRANSITIONS = {"submit": ({"draft", "returned"}, "sent"), "confirm": ("sent", "confirmed")}
    VERB_LABELS = {"submit": "Отправить", "confirm": "Подтвердить"}
    STATE_FIELD = "state"  # the default

class ReportTransition(TransitionLog):
    instance = models.ForeignKey(Report, models.CASCADE, related_name="transitions")
"""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from common.verdicts import Allowed, Denied, Verdict


class TransitionLog(models.Model):
    """One move: who, when, from, to and why. A concrete log adds the key `instance`."""

    verb = models.CharField("действие", max_length=40)
    from_state = models.CharField("из состояния", max_length=40)
    to_state = models.CharField("в состояние", max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто",
        help_text="Пусто, если переход сделал сам портал.",
    )
    at = models.DateTimeField("когда", default=timezone.now)
    comment = models.TextField("пояснение", blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        verbose_name = "переход"
        verbose_name_plural = "переходы"

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} → {self.to_state}"


class WrongState(Exception):
    """The verb does not start from the present state; the text is a Russian sentence."""

    def __init__(self, reason: str, *, verb: str, state: str | None) -> None:
        super().__init__(reason)
        self.verb = verb
        self.state = state


def can_move(instance: models.Model, verb: str) -> Verdict:
    """Tell whether the verb starts from the state the instance has in memory."""
    state = getattr(instance, _state_field(instance))
    return Allowed() if state in _starts(instance, verb) else Denied(_refusal(instance, verb))


@transaction.atomic
def move(instance: Any, verb: str, *, by: Any, comment: str = "", **facts: Any) -> TransitionLog:
    """Take the step in the database and in memory, log it, and return the log row.

    `facts`: columns that the concrete log has besides, as a reason chosen from a list.

    The row is locked where the database can, and its state is read again, so of two submits at
    once one gets `WrongState`. Only the state field is written. KeyError for an unknown verb.
    """
    field = _state_field(instance)
    target = str(instance.TRANSITIONS[verb][1])
    rows = type(instance)._base_manager.filter(pk=instance.pk)
    state = rows.select_for_update().values_list(field, flat=True).first()
    if state is None:
        raise WrongState("Запись уже удалена.", verb=verb, state=None)
    setattr(instance, field, state)
    # The condition in the update guards databases without row locks.
    if state not in _starts(instance, verb) or not rows.filter(**{field: state}).update(
        **{field: target}
    ):
        raise WrongState(_refusal(instance, verb), verb=verb, state=state)
    setattr(instance, field, target)
    return instance.transitions.create(
        verb=verb, from_state=state, to_state=target, by=by, comment=comment, **facts
    )


def _state_field(instance: Any) -> str:
    return getattr(instance, "STATE_FIELD", "state")


def _starts(instance: Any, verb: str) -> set[str]:
    """States the verb starts from; the table may name a single one bare."""
    starts = instance.TRANSITIONS[verb][0]
    return {starts} if isinstance(starts, str) else set(starts)


def _refusal(instance: Any, verb: str) -> str:
    field = instance._meta.get_field(_state_field(instance))
    state = getattr(instance, field.name)
    label = dict(field.flatchoices).get(state, state)
    action = getattr(instance, "VERB_LABELS", {}).get(verb, verb)
    return f"Действие «{action}» невозможно: сейчас состояние «{label}»."

"""Named sets of the partnerships app."""

from django.db import models


class MemberRole(models.TextChoices):
    """«Лидер» and «целевая» are roles in a partnership, never properties of a school (R071)."""

    LEAD = "lead", "школа-лидер"
    TARGET = "target", "целевая школа"
    PARTICIPANT = "participant", "участник"


class Scenario(models.TextChoices):
    """R079, R082."""

    LEAD_TO_LOW = "lead_to_low", "школа-лидер – школа с низкими образовательными результатами"
    PEER_CONTEXT = "peer_context", "две школы в сложном социальном контексте"
    UNSET = "unset", "не указан"


class PartnershipState(models.TextChoices):
    PROPOSED = "proposed", "предложено"
    AGREED = "agreed", "согласовано"
    ACTIVE = "active", "действует"
    PAUSED = "paused", "приостановлено"
    FINISHED = "finished", "завершено"
    DECLINED = "declined", "отклонено"


#: Nothing may be changed in these states.
CLOSED = frozenset({PartnershipState.FINISHED, PartnershipState.DECLINED})
#: States in which the pair counts as having a partner (R069).
LIVING = frozenset({PartnershipState.AGREED, PartnershipState.ACTIVE, PartnershipState.PAUSED})

TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "agree": (frozenset({PartnershipState.PROPOSED}), PartnershipState.AGREED),
    "start": (frozenset({PartnershipState.AGREED}), PartnershipState.ACTIVE),
    "pause": (frozenset({PartnershipState.ACTIVE}), PartnershipState.PAUSED),
    "resume": (frozenset({PartnershipState.PAUSED}), PartnershipState.ACTIVE),
    "finish": (
        frozenset({PartnershipState.ACTIVE, PartnershipState.PAUSED}),
        PartnershipState.FINISHED,
    ),
    "decline": (
        frozenset({PartnershipState.PROPOSED, PartnershipState.AGREED}),
        PartnershipState.DECLINED,
    ),
}
#: Moves that need a reason in words.
NEEDS_COMMENT = frozenset({"pause", "finish", "decline"})
VERB_LABELS = {
    "propose": "предложить",
    "agree": "согласовать",
    "start": "начать",
    "pause": "приостановить",
    "resume": "возобновить",
    "finish": "завершить",
    "decline": "отклонить",
}


class NetworkForm(models.TextChoices):
    """R156–R158; what they leave open is `UNDETERMINED` (quirk 23)."""

    HORIZONTAL = "horizontal", "горизонтальная"
    VERTICAL = "vertical", "вертикальная"
    MIXED = "mixed", "смешанная"
    UNDETERMINED = "undetermined", "не определена"


class ObligationSide(models.TextChoices):
    LEAD = "lead", "школа-лидер"
    TARGET = "target", "целевая школа"


class StatementKind(models.TextChoices):
    """Sections of the page «О сети», in its order."""

    DEFINITION = "definition", "Определения"
    CHARACTERISTIC = "characteristic", "Ключевые характеристики сетевого взаимодействия"
    LEVEL = "level", "Уровни взаимодействия"

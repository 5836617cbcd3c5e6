"""Named sets of the partnerships app."""

from django.db import models


class PartnershipKind(models.TextChoices):
    """What schools join for: help of a lead, or one of the groups of R137 and R141."""

    SUPPORT = "support", "помощь школы-лидера"
    TEAM_STANDING = "team_standing", "кросс-функциональная команда, постоянная"
    TEAM_TEMPORARY = "team_temporary", "кросс-функциональная команда, временная"
    SEMINAR = "seminar", "постоянно действующий семинар"


#: Groups of people: their members have functions (R139), and nobody in them is a target.
TEAMS = frozenset({PartnershipKind.TEAM_STANDING, PartnershipKind.TEAM_TEMPORARY})
#: Kinds with a name of their own, whose schools are a hub and participants.
GROUPS = TEAMS | {PartnershipKind.SEMINAR}


class Composition(models.TextChoices):
    """Whether the same people come to every meeting of a group (R142)."""

    PERMANENT = "permanent", "постоянный"
    CHANGING = "changing", "сменный"


class PeriodKind(models.TextChoices):
    """By which year a partnership plans and counts."""

    ACADEMIC = "academic", "учебный год"
    CALENDAR = "calendar", "календарный год"


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
    REPLACED = "replaced", "смена партнёра"


#: Nothing may be changed in these states.
CLOSED = frozenset(
    {PartnershipState.FINISHED, PartnershipState.DECLINED, PartnershipState.REPLACED}
)
#: Nothing new is written in these states: what is closed stays as it was, a pause is for reading.
FROZEN = CLOSED | {PartnershipState.PAUSED}
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
    "replace": (
        frozenset({PartnershipState.AGREED, PartnershipState.ACTIVE, PartnershipState.PAUSED}),
        PartnershipState.REPLACED,
    ),
}
#: Moves that need a reason: one of the list, and words.
NEEDS_COMMENT = frozenset({"pause", "finish", "decline", "replace"})
VERB_LABELS = {
    "propose": "предложить",
    "agree": "согласовать",
    "start": "начать",
    "pause": "приостановить",
    "resume": "возобновить",
    "finish": "завершить",
    "decline": "отклонить",
    "replace": "сменить партнёра",
}


class ReasonVerb(models.TextChoices):
    """Moves whose reasons are kept in a list."""

    PAUSE = "pause", "приостановить"
    FINISH = "finish", "завершить"
    DECLINE = "decline", "отклонить"
    REPLACE = "replace", "сменить партнёра"


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
    AIM = "aim", "Цели сетевого взаимодействия"
    TASK = "task", "Задачи"
    PRINCIPLE = "principle", "Принципы"
    STRATEGY = "strategy", "Стратегии взаимодействия"
    ENSURES = "ensures", "Что обеспечивает сетевое взаимодействие"
    UPBRINGING = "upbringing", "Характеристики в воспитании"
    SUPPORT = "support", "Особенности сопровождения"
    RESOURCE = "resource", "Ресурсы сети"


class StepSide(models.TextChoices):
    """Whose the next step is that a visit agreed upon."""

    LEAD = "lead", "школа-лидер"
    TARGET = "target", "целевая школа"
    CURATOR = "curator", "куратор"
    COMMITTEE = "committee", "комитет"


class ConcernKind(models.TextChoices):
    """Why somebody worries about a partnership."""

    SILENT = "silent", "школа не отвечает"
    NO_EVENTS = "no_events", "мероприятия не проводятся"
    NO_REPORTS = "no_reports", "отчёты не сдаются или возвращаются"
    REFUSES = "refuses", "школа уклоняется от участия"
    OTHER = "other", "другое"


class ConcernState(models.TextChoices):
    OPEN = "open", "открыт"
    ESCALATED = "escalated", "передан председателю"
    RESOLVED = "resolved", "решён"


CONCERN_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "escalate": (frozenset({ConcernState.OPEN}), ConcernState.ESCALATED),
    "resolve": (frozenset({ConcernState.OPEN, ConcernState.ESCALATED}), ConcernState.RESOLVED),
    "reopen": (frozenset({ConcernState.RESOLVED}), ConcernState.OPEN),
}
CONCERN_VERBS = {
    "open": "открыть",
    "escalate": "передать председателю",
    "resolve": "отметить решённым",
    "reopen": "открыть снова",
}


class PairRuleKind(models.TextChoices):
    """What people decided about two schools before any matching."""

    PIN = "pin", "закрепить"
    BAN = "ban", "не предлагать"


class MatchDecision(models.TextChoices):
    PENDING = "pending", "не решено"
    ACCEPTED = "accepted", "принято"
    DECLINED = "declined", "не принято"

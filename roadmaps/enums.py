"""Named sets of the roadmaps app and its workflows as tables."""

from django.db import models


class Stage(models.IntegerChoices):
    """Exactly three ordered stages of a roadmap (R018–R022)."""

    ACQUAINTANCE = 1, "Знакомство"
    JOINT_ACTIVITY = 2, "Совместная деятельность по реализации Дорожной карты"
    REFLECTION = 3, "Рефлексивно-обобщающий"

    @property
    def short(self) -> str:
        return "Совместная деятельность" if self == Stage.JOINT_ACTIVITY else str(self.label)


class RoadmapState(models.TextChoices):
    DRAFT = "draft", "черновик"
    RUNNING = "running", "утверждена, выполняется"
    FINISHED = "finished", "завершена"


ROADMAP_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "approve": (frozenset({RoadmapState.DRAFT}), RoadmapState.RUNNING),
    "finish": (frozenset({RoadmapState.RUNNING}), RoadmapState.FINISHED),
    "reopen": (frozenset({RoadmapState.FINISHED}), RoadmapState.RUNNING),
}
ROADMAP_VERBS = {"approve": "утвердить", "finish": "завершить", "reopen": "возобновить"}


class EventState(models.TextChoices):
    PLANNED = "planned", "запланировано"
    CANCELLED = "cancelled", "отменено"


class OccurrenceState(models.TextChoices):
    """One holding of an event. `HELD` means that the methodist has confirmed it."""

    PLANNED = "planned", "запланировано"
    HELD = "held", "проведено"
    CANCELLED = "cancelled", "отменено"


class ReportState(models.TextChoices):
    DRAFT = "draft", "черновик"
    SUBMITTED = "submitted", "на проверке"
    RETURNED = "returned", "возвращён с замечанием"
    CONFIRMED = "confirmed", "подтверждён"
    SET_ASIDE = "set_aside", "учтён отчёт другой школы"


#: The school may still write in these.
EDITABLE_REPORTS = frozenset({ReportState.DRAFT, ReportState.RETURNED})

REPORT_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "submit": (EDITABLE_REPORTS, ReportState.SUBMITTED),
    "recall": (frozenset({ReportState.SUBMITTED}), ReportState.DRAFT),
    "return": (frozenset({ReportState.SUBMITTED}), ReportState.RETURNED),
    "confirm": (frozenset({ReportState.SUBMITTED}), ReportState.CONFIRMED),
    "set_aside": (frozenset({ReportState.SUBMITTED}), ReportState.SET_ASIDE),
    "reopen": (
        frozenset({ReportState.CONFIRMED, ReportState.SET_ASIDE}),
        ReportState.SUBMITTED,
    ),
}
REPORT_VERBS = {
    "submit": "отправить",
    "recall": "отозвать",
    "return": "вернуть",
    "confirm": "подтвердить",
    "set_aside": "учесть другой отчёт",
    "reopen": "открыть заново",
}


class Collective(models.TextChoices):
    """The three collectives that get acquainted at stage 1 (R019)."""

    PUPILS = "pupils", "учащиеся"
    TEACHERS = "teachers", "педагоги"
    HEADS = "heads", "административные команды"


class NetworkStep(models.IntegerChoices):
    """«Ступень» of an event kind: in person or through the Internet (R154, R155)."""

    OFFLINE = 1, "1 ступень (очно)"
    ONLINE = 2, "2 ступень (через Интернет)"

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
    """«Утверждена» and «в работе» differ by the calendar alone: one state (adr/0009)."""

    DRAFT = "draft", "черновик"
    AGREEING = "agreeing", "на согласовании"
    RUNNING = "running", "утверждена, выполняется"
    PAUSED = "paused", "приостановлена"
    FINISHED = "finished", "завершена"


#: The plan is not in force yet: it owes nothing and counts in no figure.
PLANNING = frozenset({RoadmapState.DRAFT, RoadmapState.AGREEING})
#: The plan was approved: it counts, whatever became of it afterwards.
APPROVED = frozenset(RoadmapState) - PLANNING

ROADMAP_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({RoadmapState.DRAFT}), RoadmapState.AGREEING),
    "recall": (frozenset({RoadmapState.AGREEING}), RoadmapState.DRAFT),
    "approve": (PLANNING, RoadmapState.RUNNING),
    "pause": (frozenset({RoadmapState.RUNNING}), RoadmapState.PAUSED),
    "resume": (frozenset({RoadmapState.PAUSED}), RoadmapState.RUNNING),
    "finish": (frozenset({RoadmapState.RUNNING}), RoadmapState.FINISHED),
    "reopen": (frozenset({RoadmapState.FINISHED}), RoadmapState.RUNNING),
}
ROADMAP_VERBS = {
    "send": "отправить на согласование",
    "recall": "вернуть в черновик",
    "approve": "утвердить",
    "pause": "приостановить",
    "resume": "продолжить",
    "finish": "завершить",
    "reopen": "возобновить",
}


class AmendmentState(models.TextChoices):
    """A numbered change of an approved plan (decision 10)."""

    AGREEING = "agreeing", "на согласовании"
    APPROVED = "approved", "утверждено"
    WITHDRAWN = "withdrawn", "отозвано"


AMENDMENT_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "approve": (frozenset({AmendmentState.AGREEING}), AmendmentState.APPROVED),
    "withdraw": (frozenset({AmendmentState.AGREEING}), AmendmentState.WITHDRAWN),
}
AMENDMENT_VERBS = {"approve": "утвердить", "withdraw": "отозвать"}


class SchoolWord(models.TextChoices):
    """What a school says of a plan sent to it."""

    AGREED = "agreed", "согласовано"
    REMARKS = "remarks", "есть замечания"


class EditVerb(models.TextChoices):
    """One step of an editor, as «Отменить» and «История» name it."""

    ADD = "add", "добавление"
    EDIT = "edit", "правка"
    MOVE = "move", "перестановка"
    CANCEL = "cancel", "отмена мероприятия"
    RESTORE = "restore", "возвращение в план"
    DELETE = "delete", "удаление"
    BULK = "bulk", "правка нескольких строк"


class BulkDeed(models.TextChoices):
    """What may be done to several rows at once."""

    STAGE = "stage", "Перенести в этап"
    DUE = "due", "Задать срок"
    RESPONSIBLE = "responsible", "Задать ответственных"
    KIND = "kind", "Задать вид мероприятия"
    REPEAT = "repeat", "Повторить строки"
    CANCEL = "cancel", "Отменить мероприятия с причиной"
    DELETE = "delete", "Удалить строки"


class CalendarKind(models.TextChoices):
    """Days on which plans of schools are better left alone."""

    HOLIDAYS = "holidays", "каникулы"
    VPR = "vpr", "ВПР"
    OGE = "oge", "ОГЭ"
    EGE = "ege", "ЕГЭ"
    OTHER = "other", "другое"


class DraftOrigin(models.TextChoices):
    """Where rows that wait to be accepted came from."""

    PASTE = "paste", "вставка таблицы"
    DOCX = "docx", "документ Word"
    XLSX = "xlsx", "книга Excel"
    TEMPLATE = "template", "типовой план"
    ROADMAP = "roadmap", "другая дорожная карта"
    PRACTICE = "practice", "банк практик"


class AlgorithmStep(models.IntegerChoices):
    """The algorithm of networking, step by step (R126–R136)."""

    EXPERIENCE = 1, "Анализ опыта работы школ, определение тематики"
    TEAM = 2, "Создание творческой группы из педагогов и администрации"
    DUTIES = 3, "Распределение функциональных обязанностей"
    TASKS = 4, "Постановка задач"
    MODE = 5, "Выработка режима работы"
    DATES = 6, "Определение сроков"
    ENVIRONMENT = 7, "Создание единой образовательной среды"
    SUPPORT = 8, "Научно-методическое сопровождение"
    MEASURES = 9, "Принятие мер для функционирования и гибкого реагирования"
    ANALYSIS = 10, "Анализ результатов, сравнительная характеристика участников"
    BASE = 11, "Пополнение районной базы по эффективному сетевому взаимодействию и базы наставников"


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

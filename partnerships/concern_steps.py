"""What usually helps when a partnership does not work, by the kind of the signal. Pure."""

from common.russian import uncapital
from partnerships.enums import ConcernKind, ConcernState

STEPS: dict[str, str] = {
    ConcernKind.SILENT: "Позвонить директору школы и назначить день встречи.",
    ConcernKind.NO_EVENTS: "Назначить дату ближайшего мероприятия дорожной карты.",
    ConcernKind.NO_REPORTS: "Узнать, что мешает сдать отчёты, и помочь с первым из них.",
    ConcernKind.REFUSES: "Встретиться с директорами школ; если не договорятся – сменить партнёра.",
    ConcernKind.OTHER: "Выяснить, что случилось, и записать решение.",
}


def step_of(kind: str, state: str) -> str:
    """The step that ends a signal; empty where it is resolved already."""
    if state == ConcernState.RESOLVED:
        return ""
    by_chair = state == ConcernState.ESCALATED
    return f"Решение председателя: {uncapital(STEPS[kind])}" if by_chair else STEPS[kind]

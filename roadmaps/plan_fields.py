"""What a row of a roadmap says, field by field: one list for remarks, changes and history."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanField:
    """`is_text`: a slip of the pen may be corrected in it without changing the plan."""

    name: str
    label: str
    is_text: bool = False


FIELDS: tuple[PlanField, ...] = (
    PlanField("stage", "Этап"),
    PlanField("section", "Раздел", is_text=True),
    PlanField("number", "№", is_text=True),
    PlanField("title", "Мероприятие", is_text=True),
    PlanField("steps", "Что делается", is_text=True),
    PlanField("kind", "Вид мероприятия"),
    PlanField("due_text", "Срок"),
    PlanField("responsible", "Ответственные", is_text=True),
    PlanField("host", "Где проходит"),
    PlanField("target_groups", "Для кого"),
    PlanField("participants", "Сколько участников"),
    PlanField("expected_result", "Ожидаемый результат", is_text=True),
    PlanField("evidence", "Чем подтверждается"),
    PlanField("factors", "Отвечает на риск"),
    PlanField("problems", "Отвечает на проблему"),
    PlanField("obligation", "Исполняет обязательство"),
    PlanField("direction", "Направление"),
    PlanField("note", "Примечание", is_text=True),
    PlanField("state", "Состояние"),
)
BY_NAME = {field.name: field for field in FIELDS}
#: A correction may touch these and nothing else.
TEXTS = frozenset(field.name for field in FIELDS if field.is_text)

"""The one catalogue of badges, for page and PDF: code → word, icon, tone.

Tones: "ok", "warn", "bad", "info" or "" (plain). Colour never speaks alone: there is always the
word and the icon. Codes are the values of enums, so one code has one meaning in all apps;
where the word must agree with another noun, the tag takes `word=`.
"""

from typing import NamedTuple


class Badge(NamedTuple):
    word: str
    icon: str
    tone: str


def _catalogue(**rows: tuple[str, str, str]) -> dict[str, Badge]:
    return {code: Badge(*row) for code, row in rows.items()}


# Papers on their way: reports, roadmaps, proposals.
_PAPERS = _catalogue(
    draft=("Черновик", "pen", ""),
    sent=("На проверке", "clock", "info"),
    submitted=("На проверке", "clock", "info"),
    checked=("Проверено", "check", "ok"),
    set_aside=("Учтён отчёт другой школы", "minus", ""),
    taken=("Взято в работу", "user", "info"),
    returned=("Возвращён", "undo", "warn"),
    confirmed=("Подтверждено", "check", "ok"),
    confirmed_by_author=("Подтверждено составителем", "check", "warn"),
    disputed=("Оспорено", "alert", "warn"),
    approved=("Утверждено", "check", "ok"),
    unapproved=("Не утверждено", "pen", "warn"),
    rejected=("Отклонено", "x", "bad"),
    withdrawn=("Отозвано", "undo", ""),
    archived=("В архиве", "lock", ""),
)

# Events and their due dates.
_EVENTS = _catalogue(
    planned=("Запланировано", "cal", ""),
    due_soon=("Срок близко", "clock", "warn"),
    overdue=("Просрочено", "alert", "bad"),
    held=("Проведено", "check", "ok"),
    done=("Проведено", "check", "ok"),
    reported=("Отчёт на проверке", "clock", "info"),
    moved=("Перенесено", "cal", "info"),
    cancelled=("Отменено", "x", ""),
    no_date=("Срок не указан", "dash", "warn"),
)

# Stages of a roadmap.
_STAGES = _catalogue(
    open=("Идёт", "right", "info"),
    passed=("Пройден", "check", "ok"),
    closed=("Закрыт", "lock", ""),
)

# Partnerships and their members.
_PARTNERSHIPS = _catalogue(
    proposed=("Предложено", "pen", "info"),
    agreed=("Согласовано", "check", "info"),
    active=("Действует", "check", "ok"),
    paused=("Приостановлено", "clock", "warn"),
    declined=("Отклонено", "x", "bad"),
    finished=("Завершено", "flag", ""),
    lead=("Лидер", "right", "info"),
    target=("Целевая", "left", ""),
    participant=("Участник", "people", ""),
    chain=("Цепочка", "right", "info"),
    no_partner=("Нет партнёра", "alert", "bad"),
    no_events=("Нет мероприятий", "alert", "bad"),
    quiet=("Давно нет контакта", "clock", "warn"),
    agreement=("Договор заключён", "doc", "ok"),
    no_agreement=("Договора нет", "dash", ""),
)

# Risk profiles and clusters of schools.
_RISKS = _catalogue(
    high=("Высокая", "up", "bad"),
    mid=("Средняя", "minus", "warn"),
    medium=("Средняя", "minus", "warn"),
    low=("Низкая", "down", "info"),
    none=("Не выявлен", "minus", ""),
    unset=("Не указана", "dash", ""),
    beaten=("Преодолён", "check", "ok"),
    at_risk=("Зона риска", "alert", "warn"),
    low_results=("ШНОР", "down", "warn"),
    adverse_context=("ШНСУ", "alert", "warn"),
    low_or_adverse=("ШНОР и ШНСУ", "alert", "warn"),
    resilient=("Эффективная школа", "check", "ok"),
    infrastructure=("Инфраструктурные риски", "school", "warn"),
    risk_without_event=("Риск без мероприятия", "alert", "warn"),
    not_planned=("Не поставлено в план", "alert", "bad"),
)

# Values of indicators: missing, not applicable and zero are three things.
_VALUES = _catalogue(
    reached=("Достигнут", "check", "ok"),
    below=("Ниже цели", "down", "warn"),
    missing=("Нет данных", "dash", ""),
    not_applicable=("Не применимо", "minus", ""),
    doubtful=("Требует проверки", "alert", "warn"),
)

# Background jobs; an approved roadmap is running too.
_JOBS = _catalogue(
    queued=("В очереди", "clock", ""),
    running=("Выполняется", "right", "info"),
    ready=("Готово", "check", "ok"),
    failed=("Не получилось", "alert", "bad"),
)

# People and their accounts.
_PEOPLE = _catalogue(
    invited=("Приглашён", "clock", "info"),
    enabled=("Доступ открыт", "check", "ok"),
    disabled=("Доступ закрыт", "lock", ""),
    locked=("Вход временно закрыт", "lock", "warn"),
    no_account=("Без учётной записи", "user", ""),
    expired=("Срок истёк", "alert", "warn"),
)

BADGES: dict[str, Badge] = {
    **_PAPERS,
    **_EVENTS,
    **_STAGES,
    **_PARTNERSHIPS,
    **_RISKS,
    **_VALUES,
    **_JOBS,
    **_PEOPLE,
}

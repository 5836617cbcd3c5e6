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


# Papers on their way: reports and roadmaps.
_PAPERS = _catalogue(
    draft=("Черновик", "pen", ""),
    agreeing=("На согласовании", "clock", "info"),
    submitted=("На проверке", "clock", "info"),
    set_aside=("Учтён отчёт другой школы", "minus", ""),
    taken=("Взято в работу", "user", "info"),
    returned=("Возвращён", "undo", "warn"),
    confirmed=("Подтверждено", "check", "ok"),
    confirmed_by_author=("Подтверждено составителем", "check", "warn"),
    unapproved=("Не утверждено", "pen", "warn"),
)

# Events and their due dates.
_EVENTS = _catalogue(
    planned=("Запланировано", "cal", ""),
    overdue=("Просрочено", "alert", "bad"),
    held=("Проведено", "check", "ok"),
    reported=("Отчёт на проверке", "clock", "info"),
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
    replaced=("Смена партнёра", "flag", ""),
    finished=("Завершено", "flag", ""),
    lead=("Лидер", "right", "info"),
    hub=("Опорная школа", "right", "info"),
    target=("Целевая", "left", ""),
    participant=("Участник", "people", ""),
    no_partner=("Нет партнёра", "alert", "bad"),
    agreement=("Договор заключён", "doc", "ok"),
    no_agreement=("Договора нет", "dash", ""),
    step_done=("Шаг сделан", "check", "ok"),
    cooled=("Пара остывает", "alert", "warn"),
    unanswered=("Мероприятия нет", "alert", "warn"),
)

# Signals about partnerships (`partnerships.enums.ConcernState`).
_CONCERNS = _catalogue(
    concern_open=("Открыт", "alert", "warn"),
    concern_escalated=("Передан председателю", "up", "bad"),
    concern_resolved=("Решён", "check", "ok"),
)

# Risk profiles and clusters of schools.
_RISKS = _catalogue(
    high=("Высокая", "up", "bad"),
    mid=("Средняя", "minus", "warn"),
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
    exceeded=("Больше обещанного на", "check", "ok"),
)

# Values of indicators against the target.
_VALUES = _catalogue(
    reached=("Достигнут", "check", "ok"),
    below=("Ниже цели", "down", "warn"),
    missing=("Нет данных", "dash", ""),
)

# What a school proposes to change in its card (`schools.enums.ProposalState`).
_PROPOSALS = _catalogue(
    sent=("На рассмотрении", "clock", "info"),
    accepted=("Принято", "check", "ok"),
    refused=("Отклонено", "x", "warn"),
    withdrawn=("Отозвано", "undo", ""),
)

# Background jobs; an approved roadmap is running too.
_JOBS = _catalogue(
    queued=("В очереди", "clock", ""),
    running=("Выполняется", "right", "info"),
    ready=("Готово", "check", "ok"),
    failed=("Не получилось", "alert", "bad"),
)

# Uploaded workbooks: how a comparison ended.
_IMPORTS = _catalogue(
    error=("Ошибка", "alert", "bad"),
    same=("Без изменений", "minus", ""),
)

# A person's way into the portal (`schools.enums.AccountState`).
_ACCOUNTS = _catalogue(
    account_none=("Нет входа", "minus", ""),
    account_invited=("Приглашён", "clock", "info"),
    account_expired=("Приглашение не действует", "alert", "warn"),
    account_active=("Входит", "check", "ok"),
    account_closed=("Вход закрыт", "lock", ""),
)

BADGES: dict[str, Badge] = {
    **_PAPERS,
    **_EVENTS,
    **_STAGES,
    **_PARTNERSHIPS,
    **_CONCERNS,
    **_RISKS,
    **_VALUES,
    **_PROPOSALS,
    **_JOBS,
    **_IMPORTS,
    **_ACCOUNTS,
}

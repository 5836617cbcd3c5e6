"""What pages say of uploaded workbooks: the wait, rows by outcome, facts, what comes next."""

from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from common import waiting
from common.jobs import JobStatus
from common.russian import grouped, long_date
from common.tabs import Tab
from schools.enums import ImportPhase, RowOutcome
from schools.models import WorkbookImport

#: Tabs of the preview, what matters most first.
OUTCOMES = (
    (RowOutcome.ERROR, "С ошибками"),
    (RowOutcome.NEW, "Новые"),
    (RowOutcome.CHANGED, "Изменятся"),
    (RowOutcome.SAME, "Без изменений"),
)


def heading_of(workbook: WorkbookImport) -> str:
    """What goes on, in two words."""
    writing = workbook.phase == ImportPhase.APPLY
    if workbook.status == JobStatus.RUNNING:
        return "Таблица записывается" if writing else "Таблица проверяется"
    return "Запись ждёт очереди" if writing else "Проверка ждёт очереди"


def stage_of(workbook: WorkbookImport) -> str:
    """What is being done, or how long the queue has been waiting and why."""
    return waiting.stage_of(workbook, "Работа продолжится")


def outcome_of(workbook: WorkbookImport) -> tuple[str, str]:
    """Code and word of the badge that tells how the upload ended or what it waits for."""
    if workbook.status != JobStatus.READY:
        return workbook.status, ""
    if workbook.is_applied:
        return "ready", "Записано"
    if workbook.counts.get(RowOutcome.ERROR):
        return "error", "Есть ошибки"
    return ("queued", "Ждёт решения") if workbook.awaits_decision else ("same", "Изменять нечего")


def counts_text(workbook: WorkbookImport) -> str:
    """«новых 12, изменятся 3»: without what there is none of."""
    words = dict(
        zip(RowOutcome, ("новых", "изменений", "без изменений", "с ошибками"), strict=True)
    )
    told = [(word, workbook.counts.get(code, 0)) for code, word in words.items()]
    return ", ".join(f"{word} {grouped(number)}" for word, number in told if number)


def shown_outcome(workbook: WorkbookImport, asked: str) -> str:
    """The tab that was asked for, or the first one that has rows."""
    having = [code for code, _ in OUTCOMES if workbook.counts.get(code)]
    if asked in having:
        return asked
    return having[0] if having else RowOutcome.SAME


def tabs_of(workbook: WorkbookImport, shown: str) -> list[Tab]:
    done = {RowOutcome.CHANGED: "Изменены"} if workbook.is_applied else {}
    tabs = []
    for code, label in OUTCOMES:
        if number := workbook.counts.get(code, 0):
            query = QueryDict(mutable=True)
            query["outcome"] = code
            words = f"{done.get(code, label)}: {grouped(number)}"
            tabs.append(Tab(words, f"?{query.urlencode()}", code == shown))
    return tabs


def confirm_text(workbook: WorkbookImport) -> str:
    """The button names what it does: «Записать: новых 12, изменений 3»."""
    new = workbook.counts.get(RowOutcome.NEW, 0)
    changed = workbook.counts.get(RowOutcome.CHANGED, 0)
    told = (("добавить", new), ("изменить", changed))
    return "Записать: " + ", ".join(f"{verb} {grouped(n)}" for verb, n in told if n)


def facts_of(workbook: WorkbookImport) -> list[dict[str, str]]:
    facts = [
        ("Файл", workbook.file.original_name),
        ("Что в файле", workbook.get_kind_display().capitalize()),
        *([("Учебный год", workbook.year.label)] if workbook.year else []),
        ("Кто загрузил", str(workbook.created_by)),
        ("Загружен", _moment(workbook.file.uploaded_at)),
        *([("Кто подтвердил", str(workbook.confirmed_by))] if workbook.confirmed_by else []),
        *([("Записан", _moment(workbook.finished_at))] if workbook.is_applied else []),
        *([("Приглашения", "новым людям с ролью и почтой")] if workbook.invites else []),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{long_date(local)}, {local:%H:%M}"

"""What pages say of documents: the wait, names of files, facts of one document."""

from datetime import datetime, timedelta
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from common import heartbeat
from common.jobs import JobStatus
from common.russian import counted, long_date, numeric_date
from reports.builders.blocks import Gap
from reports.models import Document

OPEN = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})
#: A wait that needs no explanation.
PATIENCE = timedelta(seconds=20)
_FORBIDDEN = str.maketrans('/\\:*?"<>|', "-" * 9)


def is_open(document: Document) -> bool:
    """Still being made: the page asks again."""
    return document.status in OPEN


def stage_of(document: Document) -> str:
    """What is being done, or how long the queue has been waiting and why."""
    if document.status == JobStatus.RUNNING:
        return document.stage or "Исполнитель начал работу"
    waited = timezone.now() - document.queued_at
    if waited < PATIENCE or heartbeat.is_alive():
        return "В очереди"
    minutes = max(1, int(waited.total_seconds() // 60))
    told = counted(minutes, "минуту", "минуты", "минут")
    return (
        f"В очереди {told}: исполнитель не отвечает. Справка будет сделана, когда он "
        "заработает; администратор видит это на своей странице."
    )


def file_name(document: Document) -> str:
    """Name under which the file is saved; characters that a disk refuses are replaced."""
    number = f" № {document.number}" if document.number else ""
    day = timezone.localdate(document.as_of) if document.as_of else timezone.localdate()
    name = f"Справка о сетевом взаимодействии {document.year}{number} от {numeric_date(day)}"
    return f"{name.translate(_FORBIDDEN)}.pdf"


def registration_of(document: Document) -> str:
    """«№ 14 от 17.06.2026», or that there is none."""
    if not document.number:
        return "не зарегистрирована"
    dated = f" от {numeric_date(document.registered_on)}" if document.registered_on else ""
    return f"№ {document.number}{dated}"


def facts_of(document: Document) -> list[dict[str, str]]:
    """Terms and values of the side box; the file's own only when there is a file."""
    signatory = ", ".join(filter(None, (document.signatory_post, document.signatory_name)))
    facts = [
        ("Номер и дата", registration_of(document)),
        *([("Состав", document.part)] if document.part else []),
        ("Подписант", signatory),
        ("Исполнитель", document.executor),
        ("Кто заказал", str(document.created_by)),
        ("Заказана", _moment(document.queued_at)),
    ]
    if document.status == JobStatus.READY:
        facts += [
            ("Данные на", f"{_moment(document.as_of)}; позже не меняются"),
            ("Страниц", str(document.pages)),
            ("Размер", filesizeformat(document.size or 0)),
            ("Контрольная сумма SHA-256", _in_fours(document.sha256)),
        ]
    return [{"term": term, "value": value} for term, value in facts]


def gaps_of(document: Document) -> list[dict[str, Any]]:
    """What a ready document lacked when it was made."""
    gaps = (document.context or {}).get("gaps", [])
    return [
        _link(gap["text"], gap["url_name"], gap["url_args"], gap.get("query", "")) for gap in gaps
    ]


def links_of(gaps: list[Gap]) -> list[dict[str, Any]]:
    return [_link(gap.text, gap.url_name, gap.url_args, gap.query) for gap in gaps]


def _link(text: str, url_name: str, url_args: Any, query: str = "") -> dict[str, Any]:
    try:
        url = reverse(url_name, args=url_args) if url_name else ""
    except NoReverseMatch:
        url = ""
    return {"text": text, "url": f"{url}?{query}" if url and query else url}


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{long_date(local)}, {local:%H:%M}"


def _in_fours(checksum: str) -> str:
    """Read out and compared in groups; spaces let a narrow column break it."""
    return " ".join(checksum[start : start + 8] for start in range(0, len(checksum), 8))

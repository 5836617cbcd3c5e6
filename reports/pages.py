"""What pages say of documents: the wait, names of files, facts of one document."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from common import waiting
from common.jobs import JobStatus
from common.russian import long_date, numeric_date
from common.sheets import Heading, Rows, Value
from reports.builders.blocks import Gap
from reports.models import Document

#: Of the archive as a file.
HEADINGS = (
    Heading("Справка", 60),
    Heading("Учебный год", 12),
    Heading("Состояние", 16),
    Heading("Номер", 12),
    Heading("Дата регистрации", 16),
    Heading("Заказана", 18),
    Heading("Кто заказал", 24),
    Heading("Страниц", 10),
)
OPEN = waiting.OPEN
_FORBIDDEN = str.maketrans('/\\:*?"<>|', "-" * 9)


def stage_of(document: Document) -> str:
    """What is being done, or how long the queue has been waiting and why."""
    return waiting.stage_of(document, "Справка будет сделана")


def file_name(document: Document) -> str:
    """Name under which the file is saved; characters that a disk refuses are replaced."""
    number = f" № {document.number}" if document.number else ""
    day = timezone.localdate(document.as_of) if document.as_of else timezone.localdate()
    if document.is_agreement:
        name = f"Проект договора, {document.subject}, {numeric_date(day)}"
        return f"{name.translate(_FORBIDDEN)}.pdf"
    name = f"Справка о сетевом взаимодействии {document.year}{number} от {numeric_date(day)}"
    return f"{name.translate(_FORBIDDEN)}.pdf"


def registration_of(document: Document) -> str:
    """«№ 14 от 17.06.2026», or that there is none."""
    if not document.number:
        return "не зарегистрирована"
    dated = f" от {numeric_date(document.registered_on)}" if document.registered_on else ""
    return f"№ {document.number}{dated}"


def lines_of(rows: Rows) -> Iterator[list[Value]]:
    """Lines of the archive's file under `HEADINGS`."""
    for documents in rows.chunks():
        for one in documents:
            kind = one.get_kind_display()
            what = [
                f"{kind}, {one.subject}" if one.subject else kind,
                str(one.year),
                one.get_status_display(),
                one.number,
            ]
            ordered = [one.registered_on, one.queued_at, one.created_by.list_name]
            yield [*what, *ordered, one.pages]


def facts_of(document: Document) -> list[dict[str, str]]:
    """Terms and values of the side box; the file's own only when there is a file."""
    signatory = ", ".join(filter(None, (document.signatory_post, document.signatory_name)))
    of_report = [
        ("Номер и дата", registration_of(document)),
        *([("Состав", document.part)] if document.part else []),
        ("Подписант", signatory),
        ("Исполнитель", document.executor),
    ]
    facts = [
        *([] if document.is_agreement else of_report),
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

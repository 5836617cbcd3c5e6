"""Ready справки: rows only, the files are not opened by any list."""

from collections.abc import Iterator
from datetime import date

from accounts.models import User
from common.jobs import JobStatus
from network_portal.bench.data.bulk import moment, store
from network_portal.bench.data.pairs import key_of
from network_portal.bench.data.schools import YEAR
from reports.enums import DocumentKind, NetworkSection
from reports.models import Document
from schools.models import Municipality

#: A frozen context of a real справка is about so long; lists should not read it.
CONTEXT = {"sections": [{"title": "Общие положения", "text": "Текст раздела. " * 300}]}
#: Only the first pages hold a whole context: 50,000 of them would be a disk test.
WITH_CONTEXT = 100


def documents(place: Municipality, chair: User, size: int, today: date) -> None:
    store(Document, _documents(place, chair, size, today))


def _documents(place: Municipality, chair: User, size: int, today: date) -> Iterator[Document]:
    for number in range(size):
        ordered = moment(today, -number)
        yield Document(
            pk=key_of(number, size),
            municipality=place,
            kind=DocumentKind.NETWORK,
            year=YEAR if number % 2 == 0 else YEAR.previous,
            sections=list(NetworkSection.values),
            status=JobStatus.READY,
            progress=100,
            attempts=1,
            queued_at=ordered,
            started_at=ordered,
            heartbeat=ordered,
            finished_at=ordered,
            as_of=ordered,
            context=CONTEXT if number < WITH_CONTEXT else {},
            file=f"documents/2026/11/{number}.pdf",
            sha256="0" * 64,
            pages=9,
            size=120_000,
            created_by=chair,
        )

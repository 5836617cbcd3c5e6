"""Every URL of ours with arguments that exist: for the access matrix and the sweeps.

`routes()` walks the resolver. `things_of(cast)` makes one object of each kind in «Здешний»,
`foreign_things(cast)` the same in «Чужой»; `route.address(things)` is the URL for them. A new
route with an argument that no table names fails `tests/test_urls_walk.py`, so what walks the
URLs grows with the tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Invitation, User, token_hash
from common.jobs import JobStatus
from partnerships.models import Partnership
from roadmaps.models import EvidencePhoto, Roadmap
from schools.models import Municipality, School
from tests.accounts.factories import NotificationFactory, UserFactory
from tests.cast import Cast
from tests.reports.factories import DocumentFactory
from tests.roadmaps.factories import ReportFactory, RowFactory
from tests.schools.factories import MembershipFactory

Things = dict[str, Any]

TOKEN = "klyuch-priglasheniya"
PDF = b"%PDF-1.7\n%%EOF\n"
#: One grey pixel.
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "10" * 64 + "ffc0000b080001000101011100"
    "ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000"
    "ffda0008010100003f0054bfffd9"
)

#: What `pk` means in an app, and where it means something else.
OF_APP = {
    "accounts": "notification",
    "schools": "school",
    "partnerships": "partnership",
    "roadmaps": "roadmap",
    "reports": "document",
}
OF_ROUTE = {
    "schools:person-end": {"pk": "membership"},
    "schools:invitation-resend": {"pk": "membership"},
    "partnerships:move": {"verb": "partnership_verb"},
    "roadmaps:move": {"verb": "roadmap_verb"},
    "roadmaps:event-edit": {"pk": "row"},
    "roadmaps:event-move": {"pk": "row"},
    "roadmaps:event-cancel": {"pk": "row"},
    "roadmaps:event-delete": {"pk": "row"},
    "roadmaps:report-edit": {"pk": "occurrence", "occurrence": "occurrence", "school": "school"},
    "roadmaps:review": {"pk": "occurrence"},
    "roadmaps:photo": {"pk": "photo"},
    "roadmaps:photo-delete": {"pk": "photo"},
    "roadmaps:report-detail": {"pk": "report"},
    "roadmaps:report-recall": {"pk": "report"},
    "roadmaps:report-confirm": {"pk": "report"},
    "roadmaps:report-return": {"pk": "report"},
    "roadmaps:report-take": {"pk": "report"},
    "roadmaps:report-reopen": {"pk": "report"},
}
#: Arguments that mean the same everywhere.
EVERYWHERE = {
    "stage": "stage",
    "token": "token",
    "name": "letter",
    "uidb64": "uid",
    "school": "school",
    "school_pk": "school",
    "report": "report",
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def app(self) -> str:
        return self.name.partition(":")[0] if ":" in self.name else ""

    def kinds(self) -> dict[str, str]:
        """Which thing each argument names. Raises LookupError where no table tells it."""
        special = OF_ROUTE.get(self.name, {})
        found = {}
        for parameter in self.parameters:
            kind = special.get(parameter) or EVERYWHERE.get(parameter)
            if kind is None and parameter == "pk":
                kind = OF_APP.get(self.app)
            if kind is None:
                raise LookupError(f"tests/urls_walk.py: what is {parameter!r} of {self.name}?")
            found[parameter] = kind
        return found

    def address(self, things: Things) -> str:
        values = {name: things[kind] for name, kind in self.kinds().items()}
        return reverse(self.name, kwargs={k: getattr(v, "pk", v) for k, v in values.items()})


def routes() -> list[Route]:
    """All our named URLs; Django's admin is its own house."""
    return list(_walk(get_resolver(), "", "", ()))


def _walk(
    resolver: URLResolver, prefix: str, space: str, outer: tuple[str, ...]
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        parameters = (*outer, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            if entry.app_name == "admin":
                continue
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, pattern, inner, parameters)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name}", pattern, entry.callback, parameters)


def things_of(cast: Cast) -> Things:
    """One object of each kind that belongs to the cast's own municipality."""
    return _things(cast.municipality, cast.partnership, cast.roadmap, cast.target, cast.coordinator)


def foreign_things(cast: Cast) -> Things:
    """The same of the other municipality: nobody here may learn that they exist."""
    return _things(
        cast.foreign,
        cast.foreign_partnership,
        cast.foreign_roadmap,
        cast.foreign_target,
        cast.stranger,
    )


def _things(
    municipality: Municipality,
    partnership: Partnership,
    roadmap: Roadmap,
    school: School,
    author: User,
) -> Things:
    row = RowFactory(roadmap=roadmap)
    occurrence = row.event.occurrences.get()
    report = ReportFactory(occurrence=occurrence, school=school, author=author, submitted=True)
    return {
        "municipality": municipality,
        "school": school,
        "membership": invited_to(municipality, author),
        "partnership": partnership,
        "partnership_verb": "pause",
        "roadmap": roadmap,
        "roadmap_verb": "finish",
        "stage": 2,
        "row": row,
        "occurrence": occurrence,
        "report": report,
        "photo": photo_of(report, author),
        "document": document_of(municipality, author),
        "notification": NotificationFactory(recipient=author),
        "token": f"{TOKEN}-{municipality.pk}",
        "letter": "20261124-090000-000000-00000000",
        "uid": "MQ",
    }


def invited_to(municipality: Municipality, by: User) -> Any:
    """A person with an open invitation, whose token is `TOKEN-<municipality>`."""
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    Invitation.objects.create(
        user=user,
        created_by=by,
        token_hash=token_hash(f"{TOKEN}-{municipality.pk}"),
        expires_at=timezone.now() + timedelta(days=3),
    )
    return MembershipFactory(user=user, municipality=municipality)


def photo_of(report: Any, by: User) -> EvidencePhoto:
    photo = EvidencePhoto.of_content(
        JPEG, original_name="урок.jpg", content_type="image/jpeg", by=by, report=report
    )
    photo.save()
    return photo


def document_of(municipality: Municipality, by: User) -> Any:
    now = timezone.now()
    return DocumentFactory(
        municipality=municipality,
        created_by=by,
        status=JobStatus.READY,
        started_at=now,
        finished_at=now,
        progress=100,
        context={},
        pages=1,
        size=len(PDF),
        as_of=now,
        file=ContentFile(PDF, name="spravka.pdf"),
    )

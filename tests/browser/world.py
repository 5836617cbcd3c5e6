"""Objects of the demonstration network for the arguments of URLs, and who sees a page best."""

from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import User
from accounts.outbox import names
from common.jobs import JobStatus
from network_portal.demo import example
from network_portal.mail import OutboxBackend
from partnerships.models import Partnership
from roadmaps.enums import EventState, OccurrenceState, ReportState, RoadmapState
from roadmaps.models import Event, EventReport, Occurrence, RoadmapRow
from schools.models import Membership, Municipality, School
from schools.standing import schools_of
from tests.accounts.factories import NotificationFactory, UserFactory
from tests.reports.factories import DocumentFactory
from tests.schools.factories import MembershipFactory
from tests.urls_walk import TOKEN, Things, document_of, invited_to, photo_of

#: Whoever gets a page first is taken to see most of it.
PEOPLE = ["methodist", "director", "chair", "admin", "curator", ""]


def demo_things() -> Things:
    """One telling object of each kind: the running roadmap, its overdue event, a sent report."""
    municipality = Municipality.objects.get(name=example.NAME)
    methodist = User.objects.get(email="methodist@portal.example")
    director = User.objects.get(email="director@portal.example")
    school = School.objects.get(pk=next(iter(schools_of(director))))
    report = EventReport.objects.filter(state=ReportState.SUBMITTED).earliest("pk")
    owed = Occurrence.objects.owed_by(school).filter(state=OccurrenceState.PLANNED)
    row = RoadmapRow.objects.filter(event__occurrences__in=owed).earliest("pk")
    partnership = Partnership.objects.get(pk=row.roadmap.partnership_id)
    return {
        "municipality": municipality,
        "school": school,
        "membership": Membership.objects.filter(municipality=municipality).latest("pk"),
        "partnership": partnership,
        "partnership_verb": "pause",
        "roadmap": row.roadmap,
        "roadmap_verb": "finish",
        "stage": 2,
        "row": row,
        "occurrence": owed.filter(event=row.event).earliest("pk"),
        "report": report,
        "photo": photo_of(report, report.author),
        "document": document_of(municipality, User.objects.get(email="chair@portal.example")),
        "notification": NotificationFactory(recipient=methodist),
        "token": "net-takogo",
        "letter": _letter(),
        "uid": "MQ",
    }


def _letter() -> str:
    OutboxBackend().send_messages([EmailMessage("Приглашение", "Текст", to=["a@b.example"])])
    return names()[0]


def other_pages(app: str, things: Things) -> list[tuple[str, str]]:
    """Who looks where, for pages that need another object or address than the walk takes."""
    return OTHER_PAGES.get(app, lambda things: [])(things)


def _homes(things: Things) -> list[tuple[str, str]]:
    UserFactory(email="nobody@portal.example")
    both = User.objects.get(email="methodist2@portal.example")
    tobolsk = Municipality.objects.exclude(pk=things["municipality"].pk).earliest("pk")
    MembershipFactory(user=both, municipality=tobolsk)
    logins = ["chair", "director", "curator", "admin", "nobody", "methodist2"]
    return [(login, "/") for login in logins]


def _accounts(things: Things) -> list[tuple[str, str]]:
    invited_to(things["municipality"], User.objects.get(email="methodist@portal.example"))
    return [("", f"/invitation/{TOKEN}-{things['municipality'].pk}/"), ("", "/invitation/no/")]


def _partnerships(things: Things) -> list[tuple[str, str]]:
    return [("methodist", "/partnerships/?show=unpaired"), ("director", "/partnerships/")]


def _roadmaps(things: Things) -> list[tuple[str, str]]:
    draft = RoadmapRow.objects.filter(roadmap__state=RoadmapState.DRAFT).earliest("pk")
    cancelled = things["roadmap"].rows.latest("pk")
    Event.objects.filter(pk=cancelled.event_id).update(
        state=EventState.CANCELLED, cancel_reason="Болезнь"
    )
    return [
        ("methodist", f"/roadmaps/{draft.roadmap_id}/"),
        ("methodist", f"/roadmaps/{draft.roadmap_id}/moves/approve/"),
        ("methodist", f"/roadmaps/rows/{draft.pk}/delete/"),
        ("methodist", f"/roadmaps/rows/{cancelled.pk}/cancel/"),
        ("methodist", f"/roadmaps/occurrences/{things['report'].occurrence_id}/review/"),
        ("director", f"/roadmaps/{things['roadmap'].pk}/"),
        ("director", "/roadmaps/mine/?state=overdue"),
        ("director", "/roadmaps/mine/?state=sent"),
    ]


def _reports(things: Things) -> list[tuple[str, str]]:
    chair = User.objects.get(email="chair@portal.example")
    order = {"municipality": things["municipality"], "created_by": chair}
    queued = DocumentFactory(**order)
    now = timezone.now()
    failed = DocumentFactory(
        **order, status=JobStatus.FAILED, error="Кончилось место", started_at=now, finished_at=now
    )
    return [("chair", f"/documents/{document.pk}/") for document in (queued, failed)]


OTHER_PAGES = {
    "": _homes,
    "accounts": _accounts,
    "partnerships": _partnerships,
    "roadmaps": _roadmaps,
    "reports": _reports,
}

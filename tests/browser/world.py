"""Objects of the demonstration network for the arguments of URLs, and who sees a page best."""

from accounts.models import User
from accounts.outbox import letters
from network_portal.demo import example
from partnerships.models import Partnership
from roadmaps.enums import OccurrenceState, ReportState
from roadmaps.models import EventReport, Occurrence, RoadmapRow
from schools.models import Membership, Municipality, School
from schools.standing import schools_of
from tests.accounts.factories import NotificationFactory
from tests.urls_walk import Things, document_of, photo_of

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
        "letter": next((letter.name for letter in letters()), "net-takogo"),
        "uid": "MQ",
    }

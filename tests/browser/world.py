"""Objects of the demonstration network for the arguments of URLs, and who sees a page best."""

from datetime import timedelta
from urllib.parse import urlencode

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.outbox import names
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from network_portal.demo import example
from network_portal.mail import OutboxBackend
from partnerships.models import Agreement, AgreementTemplate, MatchRun, Partnership
from partnerships.runs.job import run_match
from roadmaps.enums import EventState, OccurrenceState, ReportState, RoadmapState
from roadmaps.models import Event, EventReport, Occurrence, PlanDraft, RoadmapRow
from schools.models import (
    CardProposal,
    Membership,
    Municipality,
    RiskFactor,
    RiskProfileItem,
    School,
)
from schools.standing import schools_of
from tests.accounts.factories import NotificationFactory, UserFactory
from tests.partnerships.factories import (
    AgreementFactory,
    ConcernFactory,
    PairRuleFactory,
    TeamPersonFactory,
)
from tests.reports.factories import DocumentFactory
from tests.roadmaps.exchange_samples import waiting_draft
from tests.roadmaps.factories import (
    AmendmentFactory,
    PracticeFactory,
    RemarkFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.schools.exchange.uploads import with_errors
from tests.schools.factories import (
    ContactFactory,
    ExperienceFactory,
    MembershipFactory,
    MentorFactory,
    ResourceFactory,
    RiskFactorFactory,
    TeamRequestFactory,
)
from tests.urls_walk import (
    TOKEN,
    Things,
    agreement_of,
    assignment_of,
    calendar_span_of,
    document_of,
    held_by,
    invited_to,
    last_roadmap_of,
    material_of,
    paper_of,
    photo_of,
    plan_row_of,
    team_of,
    visit_of,
)

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
    held = held_by(school, methodist)
    return {
        "municipality": municipality,
        "school": school,
        "held": held,
        "basis": held.basis,
        "profile_year": AcademicYear.of(timezone.localdate()).start,
        "profile_factor": _named_factor(school),
        "membership": Membership.objects.filter(municipality=municipality).latest("pk"),
        "contact": ContactFactory(school=school),
        "appointed": ContactFactory(school=school, since=timezone.localdate() + timedelta(days=9)),
        "workbook": with_errors(municipality, methodist),
        "catalogue": "factors",
        "catalogue_row": RiskFactorFactory(municipality=municipality),
        "experience": ExperienceFactory(school=school, basis="проект 500+"),
        "resource": ResourceFactory(school=school),
        "material": material_of(municipality, methodist),
        "group": (group := team_of(school, partnership.leads[0].school)),
        "teammate": TeamPersonFactory(partnership=group, is_coordinator=True),
        "mentor": MentorFactory(person=ContactFactory(school=school)),
        "proposal": CardProposal.objects.waiting().get(school=school),
        "paper": paper_of(school, director),
        "request": TeamRequestFactory(school=school, author=director),
        "partnership": partnership,
        "partnership_verb": "pause",
        "concern": ConcernFactory(
            partnership=partnership, member=partnership.leads[0], author=director
        ),
        "concern_verb": "resolve",
        "lead_school": (lead_school := partnership.leads[0].school),
        "pair_rule": PairRuleFactory(lead=lead_school, target=school),
        "visit": visit_of(partnership, methodist),
        "agreement": with_supplement(agreement_of(partnership)),
        "template": AgreementTemplate.objects.filter(municipality=None).earliest("position"),
        "assignment": assignment_of(partnership),
        "roadmap": row.roadmap,
        "last_roadmap": last_roadmap_of(partnership),
        "plan_row": (plan_row := plan_row_of(municipality)),
        "plan_template": plan_row.template,
        "practice": PracticeFactory(municipality=municipality, created_by=methodist),
        "plan_draft": waiting_draft(row.roadmap, methodist),
        "calendar_span": calendar_span_of(municipality),
        "amendment": (amendment := AmendmentFactory(roadmap=row.roadmap, created_by=methodist)),
        "remark": RemarkFactory(answer__amendment=amendment, answer__school=school, row=row),
        "roadmap_verb": "finish",
        "stage": 2,
        "row": row,
        "occurrence": owed.filter(event=row.event).earliest("pk"),
        "report": report,
        "photo": photo_of(report, report.author),
        "document": document_of(municipality, User.objects.get(email="chair@portal.example")),
        "run": run_of(municipality, methodist),
        "notification": NotificationFactory(recipient=methodist),
        "token": "net-takogo",
        "letter": _letter(),
        "uid": "MQ",
    }


def with_supplement(agreement: Agreement) -> Agreement:
    """One that ends soon, with all that its page can show."""
    agreement.valid_until = timezone.localdate() + timedelta(days=9)
    agreement.save()
    lead = agreement.partnership.leads[0]
    agreement.signatories.create(member=lead, name="Осокина Дарья Павловна", post="Директор")
    AgreementFactory(
        partnership=agreement.partnership,
        parent=agreement,
        number="1",
        changes="Добавлены семинары",
    )
    return agreement


def _named_factor(school: School) -> RiskFactor:
    """A factor of this year's profile that is not overcome."""
    year = AcademicYear.of(timezone.localdate())
    named = RiskProfileItem.objects.present().filter(profile__school=school, profile__year=year)
    return named.latest("pk").factor


def _letter() -> str:
    OutboxBackend().send_messages([EmailMessage("Приглашение", "Текст", to=["a@b.example"])])
    return names()[0]


def run_of(municipality: Municipality, by: User) -> MatchRun:
    """A run of matching over the whole demonstration."""
    order = {"year": AcademicYear.of(timezone.localdate()), "variants": ["experience", "nearby"]}
    run = MatchRun.objects.create(municipality=municipality, ordered_by=by, **order)
    run_match(run.pk)
    return MatchRun.objects.get(pk=run.pk)


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


def _schools(things: Things) -> list[tuple[str, str]]:
    methodist = User.objects.get(email="methodist@portal.example")
    held = held_by(School.objects.exclude(pk=things["school"].pk).earliest("pk"), methodist)
    chosen = f"school={things['school'].pk}&school={held.school_id}"
    return [
        ("methodist", "/schools/clusters/?cluster=low"),
        ("methodist", "/schools/?show=mine"),
        ("director", "/schools/?kind=sosh&sort=-name"),
        ("methodist", f"/schools/categories/set/?{chosen}"),
        ("methodist", f"/schools/categories/end/?{chosen}"),
        (
            "methodist",
            f"/schools/categories/set/done/?{urlencode({'at': held.created_at.isoformat()})}",
        ),
        ("director", f"/schools/{held.school_id}/categories/"),
    ]


def _partnerships(things: Things) -> list[tuple[str, str]]:
    run = things["run"]
    order = {"municipality": run.municipality, "year": run.year, "variants": run.variants}
    now = timezone.now()
    queued = MatchRun.objects.create(**order)
    failed = MatchRun.objects.create(
        **order, status=JobStatus.FAILED, error="Кончилось место", finished_at=now
    )
    runs = [("methodist", f"/partnerships/runs/{one.pk}/") for one in (queued, failed)]
    return [
        *runs,
        ("methodist", "/partnerships/unpaired/?sort=-name"),
        ("chair", "/partnerships/network/?by=lead"),
        ("methodist", "/partnerships/create/?kind=group"),
        ("director", "/partnerships/"),
    ]


def _joint_with(row: RoadmapRow) -> RoadmapRow:
    """The same event in one draft more."""
    other = RoadmapFactory(
        partnership=row.roadmap.partnership, state=RoadmapState.DRAFT, approved_at=None
    )
    return RowFactory(roadmap=other, event=row.event, occurrence=False)


def _roadmaps(things: Things) -> list[tuple[str, str]]:
    draft = RoadmapRow.objects.filter(roadmap__state=RoadmapState.DRAFT).earliest("pk")
    cancelled = things["roadmap"].rows.latest("pk")
    Event.objects.filter(pk=cancelled.event_id).update(
        state=EventState.CANCELLED, cancel_reason="Болезнь"
    )
    running, row = things["roadmap"], things["row"]
    accepted = waiting_draft(running, things["plan_draft"].by)
    PlanDraft.objects.filter(pk=accepted.pk).update(accepted_at=timezone.now())
    joint = _joint_with(draft)
    return [
        ("methodist", f"/roadmaps/{running.pk}/bulk/?rows={row.pk}"),
        ("methodist", f"/roadmaps/{running.pk}/moves/pause/"),
        ("methodist", f"/roadmaps/calendar/?day={timezone.localdate().isoformat()}"),
        ("methodist", reverse("roadmaps:draft", args=[accepted.pk])),
        ("methodist", f"/roadmaps/rows/{joint.pk}/joint/remove/"),
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
    "schools": _schools,
    "partnerships": _partnerships,
    "roadmaps": _roadmaps,
    "reports": _reports,
}

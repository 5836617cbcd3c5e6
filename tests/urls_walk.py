"""Every URL of ours with arguments that exist: for the access matrix and the sweeps.

`routes()` walks the resolver. `things_of(cast)` makes one object of each kind in «Здешний»,
`foreign_things(cast)` the same in «Чужой»; `route.address(things)` is the URL for them. A new
route with an argument that no table names fails `tests/test_urls_walk.py`, so what walks the
URLs grows with the tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Invitation, User, token_hash
from accounts.roles import Role
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from partnerships.enums import MemberRole, PartnershipKind
from partnerships.models import Agreement, Material, Partnership, PartnershipFile
from roadmaps.enums import CalendarKind, RoadmapState
from roadmaps.models import CalendarSpan, EvidencePhoto, Roadmap
from schools.models import (
    BasisDocument,
    Membership,
    Municipality,
    School,
    SchoolCategory,
    SchoolDocument,
    SchoolFile,
)
from tests.accounts.factories import NotificationFactory, UserFactory
from tests.cast import Cast
from tests.partnerships.factories import (
    AgreementFactory,
    AgreementTemplateFactory,
    ConcernFactory,
    MaterialFactory,
    MemberFactory,
    PairRuleFactory,
    PartnershipFactory,
    TeamPersonFactory,
    VisitFactory,
)
from tests.partnerships.runs import ready_run
from tests.reports.factories import DocumentFactory
from tests.roadmaps.exchange_samples import waiting_draft
from tests.roadmaps.factories import (
    AmendmentFactory,
    PlanTemplateFactory,
    PracticeFactory,
    RemarkFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
    TemplateRowFactory,
)
from tests.schools.exchange.uploads import with_errors
from tests.schools.factories import (
    ContactFactory,
    DirectionFactory,
    DirectorFactory,
    ExperienceFactory,
    MembershipFactory,
    MentorFactory,
    ProposalFactory,
    ResourceFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolDocumentFactory,
    TeamRequestFactory,
)

Things = dict[str, Any]

TOKEN = "klyuch-priglasheniya"
#: Name of a letter in the outbox.
LETTER = "20261124-090000-000000-00000000"
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
    "schools:import": {"pk": "workbook"},
    "schools:import-marked": {"pk": "workbook"},
    "schools:import-confirm": {"pk": "workbook"},
    "schools:import-discard": {"pk": "workbook"},
    "schools:import-retry": {"pk": "workbook"},
    "schools:category-end": {"pk": "held"},
    "schools:category-delete": {"pk": "held"},
    "schools:basis-file": {"pk": "basis"},
    "schools:person-end": {"pk": "membership"},
    "schools:invitation-resend": {"pk": "membership"},
    "schools:person-edit": {"pk": "membership"},
    "schools:contact-edit": {"pk": "contact"},
    "schools:contact-end": {"pk": "contact"},
    "schools:team-edit": {"pk": "contact"},
    "schools:post-cancel": {"pk": "appointed"},
    "schools:proposal": {"pk": "proposal"},
    "schools:proposal-accept": {"pk": "proposal"},
    "schools:proposal-refuse": {"pk": "proposal"},
    "schools:proposal-withdraw": {"pk": "proposal"},
    "schools:paper-edit": {"pk": "paper"},
    "schools:paper-delete": {"pk": "paper"},
    "schools:paper-file": {"pk": "paper"},
    "schools:request-edit": {"pk": "request"},
    "schools:request-delete": {"pk": "request"},
    "schools:request-answer": {"pk": "request"},
    "schools:catalogue-edit": {"pk": "catalogue_row"},
    "schools:catalogue-retire": {"pk": "catalogue_row"},
    "schools:catalogue-restore": {"pk": "catalogue_row"},
    "schools:catalogue-delete": {"pk": "catalogue_row"},
    "schools:catalogue-move": {"pk": "catalogue_row"},
    **{
        f"schools:{kind}-{verb}": {"pk": kind}
        for kind in ("experience", "resource", "mentor")
        for verb in ("edit", "retire", "restore", "delete")
    },
    "partnerships:candidates": {"pk": "school"},
    "partnerships:candidates-export": {"pk": "school"},
    "partnerships:pair-decide": {"pk": "school", "lead": "lead_school"},
    "partnerships:pair-rule-remove": {"pk": "pair_rule"},
    "partnerships:move": {"verb": "partnership_verb"},
    **{
        f"partnerships:{name}": {"pk": "run"}
        for name in ("run", "run-export", "run-load", "run-load-export", "run-decide", "run-retry")
    },
    **{
        f"partnerships:team{verb}": {"pk": "group"}
        for verb in ("", "-add", "-export", "-composition")
    },
    **{f"partnerships:teammate-{verb}": {"pk": "teammate"} for verb in ("edit", "end", "delete")},
    **{
        f"partnerships:material-{verb}": {"pk": "material"}
        for verb in ("edit", "retire", "restore", "delete", "file")
    },
    "partnerships:lead-terms": {"pk": "school"},
    **{
        f"partnerships:agreement-{verb}": {"pk": "agreement"}
        for verb in ("edit", "delete", "supplement", "scan")
    },
    "partnerships:agreement-sample": {"pk": "template"},
    "partnerships:agreement-sample-copy": {"pk": "template"},
    "partnerships:concern-move": {"pk": "concern", "verb": "concern_verb"},
    "partnerships:curator-end": {"pk": "assignment"},
    **{f"partnerships:visit-{verb}": {"pk": "visit"} for verb in ("edit", "delete", "step-done")},
    "roadmaps:move": {"verb": "roadmap_verb"},
    **{f"roadmaps:school-calendar-{verb}": {"pk": "calendar_span"} for verb in ("edit", "delete")},
    **{f"roadmaps:draft{verb}": {"pk": "plan_draft"} for verb in ("", "-columns", "-discard")},
    "roadmaps:event-edit": {"pk": "row"},
    "roadmaps:event-move": {"pk": "row"},
    "roadmaps:autosave": {"pk": "row"},
    "roadmaps:event-cancel": {"pk": "row"},
    "roadmaps:event-delete": {"pk": "row"},
    "roadmaps:joint": {"pk": "row"},
    "roadmaps:joint-remove": {"pk": "row"},
    **{
        f"roadmaps:amendment{verb}": {"pk": "amendment"}
        for verb in ("", "-answer", "-approve", "-withdraw")
    },
    "roadmaps:remark-settle": {"pk": "remark"},
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
    **{
        f"roadmaps:template{verb}": {"pk": "plan_template"}
        for verb in ("", "-edit", "-copy", "-retire", "-restore", "-row-add")
    },
    **{f"roadmaps:template-row-{verb}": {"pk": "plan_row"} for verb in ("edit", "move", "remove")},
    **{
        f"roadmaps:practice{verb}": {"pk": "practice"}
        for verb in ("", "-edit", "-retire", "-restore", "-insert")
    },
    "roadmaps:practice-add": {"pk": "occurrence"},
    "roadmaps:from-template": {"template": "plan_template"},
    "roadmaps:from-roadmap": {"source": "last_roadmap"},
}
#: Arguments that mean the same everywhere.
EVERYWHERE = {
    "slug": "catalogue",
    "stage": "stage",
    "template": "template",
    "partnership": "partnership",
    "year": "profile_year",
    "factor": "profile_factor",
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
    held = held_by(school, author)
    named = RiskProfileItemFactory(profile__school=school)
    return {
        "municipality": municipality,
        "school": school,
        "profile_year": named.profile.year.start,
        "profile_factor": named.factor,
        "held": held,
        "basis": held.basis,
        "membership": invited_to(municipality, author),
        "contact": ContactFactory(school=school),
        "appointed": ContactFactory(school=school, since=timezone.localdate() + timedelta(days=9)),
        "workbook": with_errors(municipality, author),
        "catalogue": "directions",
        "catalogue_row": DirectionFactory(municipality=municipality),
        "experience": ExperienceFactory(school=school),
        "resource": ResourceFactory(school=school),
        "material": material_of(municipality, author),
        "group": (group := team_of(school, partnership.leads[0].school)),
        "teammate": TeamPersonFactory(partnership=group),
        "mentor": MentorFactory(person__school=school),
        "proposal": ProposalFactory(school=school, author=author),
        "paper": paper_of(school, author),
        "request": TeamRequestFactory(school=school, author=author),
        "partnership": partnership,
        "partnership_verb": "pause",
        "agreement": agreement_of(partnership),
        "template": AgreementTemplateFactory(municipality=municipality),
        "concern": ConcernFactory(
            partnership=partnership, member=partnership.leads[0], author=author
        ),
        "concern_verb": "resolve",
        "visit": visit_of(partnership, author),
        "assignment": assignment_of(partnership),
        "lead_school": partnership.leads[0].school,
        "pair_rule": PairRuleFactory(
            municipality=municipality, lead=partnership.leads[0].school, target=school
        ),
        "roadmap": roadmap,
        "last_roadmap": last_roadmap_of(partnership),
        "plan_row": (plan_row := plan_row_of(municipality)),
        "plan_template": plan_row.template,
        "practice": PracticeFactory(municipality=municipality, created_by=author),
        "roadmap_verb": "finish",
        "stage": 2,
        "amendment": (amendment := AmendmentFactory(roadmap=roadmap, created_by=author)),
        "remark": RemarkFactory(answer__amendment=amendment, answer__school=school, row=row),
        "row": row,
        "plan_draft": waiting_draft(roadmap, methodist_of(municipality)),
        "calendar_span": calendar_span_of(municipality),
        "occurrence": occurrence,
        "report": report,
        "photo": photo_of(report, author),
        "document": document_of(municipality, author),
        "run": ready_run(municipality, author, school),
        "notification": NotificationFactory(recipient=author),
        "token": f"{TOKEN}-{municipality.pk}",
        "letter": LETTER,
        "uid": "MQ",
    }


def last_roadmap_of(partnership: Partnership) -> Roadmap:
    """The finished one of the year before."""
    period = {"starts_on": date(2025, 9, 1), "ends_on": date(2026, 8, 31)}
    return RoadmapFactory(partnership=partnership, state=RoadmapState.FINISHED, **period)


def plan_row_of(municipality: Municipality) -> Any:
    """A row of the municipality's own ready plan."""
    return TemplateRowFactory(template=PlanTemplateFactory(municipality=municipality))


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


def calendar_span_of(municipality: Municipality) -> CalendarSpan:
    """Days of the school calendar that are the municipality's own."""
    return CalendarSpan.objects.create(
        municipality=municipality,
        kind=CalendarKind.HOLIDAYS,
        name="Осенние каникулы",
        starts_on=date(2026, 10, 26),
        ends_on=date(2026, 11, 3),
    )


def held_by(school: School, by: User) -> SchoolCategory:
    """A category of years ago with the order on which it rested, so that no list shows it now."""
    paper = SchoolFile.of_content(
        PDF,
        original_name="приказ.pdf",
        content_type="application/pdf",
        by=by,
        municipality=school.municipality,
    )
    paper.save()
    basis = BasisDocument.objects.create(municipality=school.municipality, file=paper)
    past = {"since": AcademicYear(2018), "until": AcademicYear(2019)}
    return SchoolCategoryFactory(school=school, basis=basis, author=by, **past)


def methodist_of(municipality: Municipality) -> User:
    """The first one, who is of the cast; the walk invites others."""
    posts = Membership.objects.filter(municipality=municipality, role=Role.METHODIST)
    return posts.order_by("pk").select_related("user")[0].user  # type: ignore[return-value]


def photo_of(report: Any, by: User) -> EvidencePhoto:
    photo = EvidencePhoto.of_content(
        JPEG, original_name="урок.jpg", content_type="image/jpeg", by=by, report=report
    )
    photo.save()
    return photo


def paper_of(school: School, by: User) -> SchoolDocument:
    """A programme with its file."""
    file = SchoolFile.of_content(
        PDF,
        original_name="Программа.pdf",
        content_type="application/pdf",
        by=by,
        municipality=school.municipality,
    )
    file.save()
    return SchoolDocumentFactory(school=school, author=by, file=file)


def agreement_of(partnership: Partnership) -> Agreement:
    """One with a scan in the store."""
    scan = PartnershipFile.of_content(
        PDF,
        original_name="договор.pdf",
        content_type="application/pdf",
        by=None,
        municipality=partnership.municipality,
    )
    scan.save()
    return AgreementFactory(partnership=partnership, number="7", scan=scan)


def assignment_of(partnership: Partnership) -> Any:
    """A curator of a lead school whose assignment is over."""
    post = DirectorFactory(school=partnership.leads[0].school, role=Role.CURATOR)
    return partnership.curators.create(member=post, until=timezone.localdate() - timedelta(days=9))


def visit_of(partnership: Partnership, by: User) -> Any:
    """A visit after which the target owes a step."""
    step = {"next_step": "Составить список детей", "next_step_side": "target"}
    return VisitFactory(partnership=partnership, author=by, **step)


def team_of(school: School, hub: School) -> Partnership:
    """A temporary team on the base of the hub."""
    group = PartnershipFactory(
        municipality=hub.municipality,
        kind=PartnershipKind.TEAM_TEMPORARY,
        name="Команда «Адаптация»",
    )
    MemberFactory(partnership=group, school=hub, role=MemberRole.LEAD)
    MemberFactory(partnership=group, school=school, role=MemberRole.PARTICIPANT)
    return group


def material_of(municipality: Municipality, by: User) -> Material:
    """An information resource of the whole network, with its file."""
    file = PartnershipFile.of_content(
        PDF,
        original_name="Рекомендации.pdf",
        content_type="application/pdf",
        by=by,
        municipality=municipality,
    )
    file.save()
    return MaterialFactory(municipality=municipality, author=by, file=file)


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

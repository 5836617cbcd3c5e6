"""Writes the invented roadmaps of `plan_rows.py` with due dates relative to `today` (R018–R022)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from common.academic_year import AcademicYear
from network_portal.catalogues import by_code
from network_portal.demo.example import Network
from network_portal.demo.plan_rows import PLANS, Plan, Report, Row
from network_portal.demo.practices import write as write_practices
from partnerships.models import Obligation, Partnership, Visit
from roadmaps.actions.plan.lifecycle import baseline_of
from roadmaps.due import Span, parse
from roadmaps.enums import (
    Collective,
    OccurrenceState,
    ReportState,
    RoadmapState,
    Stage,
)
from roadmaps.models import (
    Event,
    EventKind,
    EventReport,
    Occurrence,
    Problem,
    ReportParticipants,
    Roadmap,
    RoadmapRow,
    RoadmapStage,
    StageContact,
    TargetGroup,
)
from schools.models import RiskFactor

#: The demonstration needs this much past within the period of a roadmap.
PAST = timedelta(days=82)


def load(network: Network, today: date) -> None:
    """Create the roadmaps, their events, occurrences and reports."""
    writer = Writer(network, today)
    for plan in PLANS:
        writer.write(plan)
    writer.freeze()
    write_practices(network, writer.methodist)


@dataclass
class Writer:
    network: Network
    today: date

    def __post_init__(self) -> None:
        year = AcademicYear.of(self.today)
        self.starts_on = min(year.starts, self.today - PAST)
        # A period of more than a year would make «в течение года» ambiguous.
        self.ends_on = min(year.ends, self.starts_on + timedelta(days=364))
        self.kinds = by_code(EventKind)
        self.groups = by_code(TargetGroup)
        self.factors = by_code(RiskFactor)
        self.obligations = by_code(Obligation)
        self.joint: dict[str, Event] = {}
        people = User.objects.filter(memberships__municipality=self.network.municipality)
        methodists = people.filter(memberships__role=Role.METHODIST).order_by("pk")
        # Reports «за школу» are the colleague's: the methodist of the show may confirm them.
        self.methodist, self.colleague = methodists[:2]
        self.authors = {
            user.memberships.get().school_id: user
            for user in people.filter(memberships__school__isnull=False).order_by("-pk")
        }

    def write(self, plan: Plan) -> None:
        roadmap = self._roadmap(plan)
        for position, row in _numbered(plan.rows):
            event = self.joint.get(row.joint) or self._event(roadmap, row)
            if row.joint:
                self.joint[row.joint] = event
            RoadmapRow.objects.create(
                roadmap=roadmap, event=event, stage=row.stage, position=position
            )
        if plan.is_acquainted:
            self._acquaintance(roadmap, self.network.partnerships[plan.pair])

    def freeze(self) -> None:
        """Approved plans keep what was approved, when and by whom, as `approve` does."""
        counted = Roadmap.objects.of(self.network.municipality).counted()
        for roadmap in counted.order_by("pk"):
            roadmap.baseline = baseline_of(roadmap)
            roadmap.save(update_fields=["baseline"])
            roadmap.transitions.create(
                verb="approve",
                from_state=RoadmapState.DRAFT,
                to_state=RoadmapState.RUNNING,
                by=self.methodist,
                at=self._moment(-70),
            )

    def _roadmap(self, plan: Plan) -> Roadmap:
        approved = plan.state != RoadmapState.DRAFT
        roadmap = Roadmap.objects.create(
            municipality=self.network.municipality,
            partnership=self.network.partnerships[plan.pair],
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            state=plan.state,
            approved_at=self._moment(-70) if approved else None,
            approved_by=self.methodist if approved else None,
            created_by=self.methodist,
        )
        for stage in Stage:
            RoadmapStage.objects.create(roadmap=roadmap, stage=stage)
        return roadmap

    def _event(self, roadmap: Roadmap, row: Row) -> Event:
        text = row.due.text(self.today, self.ends_on)
        due = parse(text, roadmap.period)
        event = Event.objects.create(
            municipality=self.network.municipality,
            title=row.title,
            kind=self.kinds[row.kind],
            due_text=text,
            due_kind=due.kind,
            starts_on=due.start,
            ends_on=due.end,
            responsible=row.responsible,
            expected_result=row.result,
            host=self.network.schools.get(row.host),
            obligation=self.obligations.get(row.obligation),
            created_by=self.methodist,
            updated_by=self.methodist,
        )
        event.factors.set([self.factors[code] for code in row.factors])
        spans = due.spans
        for number, span in enumerate(spans, start=1):
            occurrence = Occurrence.objects.create(
                municipality=self.network.municipality,
                event=event,
                number=number,
                starts_on=span.start,
                ends_on=span.end,
            )
            for report in row.reports:
                held = self._day(report.held)
                if len(spans) == 1 or span.clip(Span(held, held)):
                    self._report(occurrence, report)
        return event

    def _report(self, occurrence: Occurrence, spec: Report) -> None:
        school = self.network.schools[spec.school]
        author = self.authors.get(school.pk) or self.colleague
        sent = spec.state not in {ReportState.DRAFT}
        decided = spec.state in {ReportState.CONFIRMED, ReportState.RETURNED}
        report = EventReport.objects.create(
            municipality=self.network.municipality,
            occurrence=occurrence,
            school=school,
            state=spec.state,
            held_on=self._day(spec.held),
            host=occurrence.event.host or school,
            outcome=spec.outcome,
            url=spec.url,
            author=author,
            for_school=author == self.colleague,
            updated_at=self._moment(spec.held + 1),
            submitted_by=author if sent else None,
            submitted_at=self._moment(spec.held + 1) if sent else None,
            remark=spec.remark,
            decided_by=self.methodist if decided else None,
            decided_at=self._moment(spec.held + 4) if decided else None,
        )
        for code, count in spec.people.items():
            ReportParticipants.objects.create(report=report, group=self.groups[code], count=count)
        self._log(report, author)
        if spec.state == ReportState.CONFIRMED:
            self._hold(occurrence, report)

    def _log(self, report: EventReport, author: User) -> None:
        """What the workflow would have written when the report was sent and decided."""
        if report.submitted_at:
            report.transitions.create(
                verb="submit",
                from_state=ReportState.DRAFT,
                to_state=ReportState.SUBMITTED,
                by=author,
                at=report.submitted_at,
            )
        if report.decided_at:
            report.transitions.create(
                verb="confirm" if report.state == ReportState.CONFIRMED else "return",
                from_state=ReportState.SUBMITTED,
                to_state=report.state,
                by=self.methodist,
                at=report.decided_at,
                comment=report.remark,
            )

    def _hold(self, occurrence: Occurrence, report: EventReport) -> None:
        occurrence.state = OccurrenceState.HELD
        occurrence.held_on = report.held_on
        occurrence.confirmed_by = report.decided_by
        occurrence.confirmed_at = report.decided_at
        occurrence.save()

    def _acquaintance(self, roadmap: Roadmap, partnership: Partnership) -> None:
        for days, collective in zip((-75, -73, -70), Collective, strict=True):
            StageContact.objects.create(
                roadmap=roadmap,
                collective=collective,
                happened_on=self._day(days),
                author=self.methodist,
            )
        Problem.objects.create(
            roadmap=roadmap,
            text="Нет тьютора для двоих детей с ОВЗ",
            factor=self.factors["ovz_share_high"],
            author=self.methodist,
        )
        Visit.objects.create(
            partnership=partnership,
            visited_on=self._day(-6),
            purpose="Посещение уроков в 6 классе",
            found="Разобраны два урока; не хватает тьютора для двоих детей",
            next_step="Запрос в комитет о ставке тьютора",
            next_step_by=self._day(7),
            author=self._curator(),
        )

    def _curator(self) -> User:
        school = self.network.schools["СОШ №9"]
        return User.objects.get(memberships__school=school, memberships__role=Role.CURATOR)

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def _moment(self, offset: int) -> datetime:
        """Ten in the morning of that day, but never later than now."""
        moment = datetime.combine(self._day(offset), time(10), timezone.get_current_timezone())
        return min(moment, timezone.now())


def _numbered(rows: list[Row]) -> list[tuple[int, Row]]:
    """Rows with their dense positions inside each stage."""
    counts = dict.fromkeys(Stage, 0)
    numbered = []
    for row in rows:
        counts[row.stage] += 1
        numbered.append((counts[row.stage], row))
    return numbered

"""Roadmaps, events and reports for tests."""

from datetime import UTC, date, datetime

import factory

from roadmaps.actions.plan.lifecycle import baseline_of
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState, SchoolWord, Stage
from roadmaps.models import (
    Amendment,
    Event,
    EventKind,
    EventReport,
    EvidenceKind,
    Occurrence,
    PlanAnswer,
    PlanRemark,
    PlanTemplate,
    PracticeCard,
    Problem,
    Roadmap,
    RoadmapRow,
    RoadmapStage,
    TargetGroup,
    TemplateRow,
)
from tests.accounts.factories import UserFactory
from tests.partnerships.factories import PartnershipFactory

NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)


class RoadmapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Roadmap
        skip_postgeneration_save = True

    partnership = factory.SubFactory(PartnershipFactory)
    municipality = factory.SelfAttribute("partnership.municipality")
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)
    state = RoadmapState.RUNNING
    approved_at = NOON

    @factory.post_generation
    def stages(roadmap, create, extracted, **kwargs):
        for stage in Stage:
            RoadmapStage.objects.create(roadmap=roadmap, stage=stage)


class ProblemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Problem

    roadmap = factory.SubFactory(RoadmapFactory)
    text = factory.Sequence(lambda n: f"Проблема {n}")
    author = factory.SubFactory(UserFactory)


class EventKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventKind

    code = factory.Sequence(lambda n: f"kind-{n}")
    name = factory.Sequence(lambda n: f"Вид мероприятия {n}")


class TargetGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TargetGroup

    code = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"Группа {n}")


class EvidenceKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvidenceKind

    code = factory.Sequence(lambda n: f"evidence-{n}")
    name = factory.Sequence(lambda n: f"Вид подтверждения {n}")


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    municipality = factory.SubFactory("tests.schools.factories.MunicipalityFactory")
    title = factory.Sequence(lambda n: f"Семинар {n}")
    due_text = "до 15.11.2026"
    due_kind = "until"
    ends_on = date(2026, 11, 15)


class RowFactory(factory.django.DjangoModelFactory):
    """A row with its event and one planned occurrence; `event__title=…` sets the event."""

    class Meta:
        model = RoadmapRow
        skip_postgeneration_save = True

    roadmap = factory.SubFactory(RoadmapFactory)
    event = factory.SubFactory(
        EventFactory, municipality=factory.SelfAttribute("..roadmap.municipality")
    )
    stage = Stage.JOINT_ACTIVITY
    position = factory.LazyAttribute(
        lambda row: RoadmapRow.objects.filter(roadmap=row.roadmap, stage=row.stage).count() + 1
    )

    @factory.post_generation
    def occurrence(row, create, extracted, **kwargs):
        if extracted is not False:
            OccurrenceFactory(event=row.event, **kwargs)


class OccurrenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Occurrence

    event = factory.SubFactory(EventFactory)
    municipality = factory.SelfAttribute("event.municipality")
    number = factory.LazyAttribute(lambda row: row.event.occurrences.count() + 1)
    starts_on = factory.SelfAttribute("event.starts_on")
    ends_on = factory.SelfAttribute("event.ends_on")

    class Params:
        held = factory.Trait(
            state=OccurrenceState.HELD,
            held_on=date(2026, 10, 20),
            confirmed_by=factory.SubFactory(UserFactory),
            confirmed_at=NOON,
        )


class ReportFactory(factory.django.DjangoModelFactory):
    """A draft; `submitted=True` makes one that waits for the methodist."""

    class Meta:
        model = EventReport

    occurrence = factory.SubFactory(OccurrenceFactory)
    municipality = factory.SelfAttribute("occurrence.municipality")
    school = factory.SubFactory("tests.schools.factories.SchoolFactory")
    author = factory.SubFactory(UserFactory)

    class Params:
        submitted = factory.Trait(
            state=ReportState.SUBMITTED,
            held_on=date(2026, 10, 20),
            is_remote=True,
            outcome="Договорились о совместных уроках.",
            submitted_by=factory.SelfAttribute("author"),
            submitted_at=NOON,
        )


class PlanTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanTemplate

    code = factory.Sequence(lambda n: f"plan-{n}")
    name = factory.Sequence(lambda n: f"Типовой план {n}")


class TemplateRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TemplateRow

    template = factory.SubFactory(PlanTemplateFactory)
    stage = Stage.JOINT_ACTIVITY
    position = factory.LazyAttribute(lambda row: row.template.rows.count() + 1)
    title = factory.Sequence(lambda n: f"Готовая строка {n}")
    due_text = "октябрь"


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeCard

    municipality = factory.SubFactory("tests.schools.factories.MunicipalityFactory")
    title = factory.Sequence(lambda n: f"Практика {n}")
    created_by = factory.SubFactory(UserFactory)


class AmendmentFactory(factory.django.DjangoModelFactory):
    """A change that waits for the schools; its plan is what stands in the roadmap."""

    class Meta:
        model = Amendment

    roadmap = factory.SubFactory(RoadmapFactory)
    number = factory.LazyAttribute(lambda one: one.roadmap.amendments.count() + 1)
    reason = "Перенос на другой месяц"
    plan = factory.LazyAttribute(lambda one: baseline_of(one.roadmap))
    created_by = factory.SubFactory(UserFactory)


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanAnswer

    roadmap = factory.LazyAttribute(lambda one: one.amendment.roadmap)
    amendment = factory.SubFactory(AmendmentFactory)
    round = factory.LazyAttribute(lambda one: 0 if one.amendment else one.roadmap.round)
    school = factory.SubFactory("tests.schools.factories.SchoolFactory")
    word = SchoolWord.REMARKS
    by = factory.SubFactory(UserFactory)


class RemarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanRemark

    answer = factory.SubFactory(AnswerFactory)
    label = factory.LazyAttribute(lambda one: one.row.label if one.row else "")
    field = "due_text"
    text = factory.Sequence(lambda n: f"Перенесите на май {n}")

"""Where rows come from besides the keyboard: drafts to be accepted, templates, practices."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.fields import DerivedField
from common.search import SearchQuerySet, fold
from roadmaps.enums import AlgorithmStep, DraftOrigin, Stage
from roadmaps.models.catalogue import EventKind
from roadmaps.models.event import Event
from roadmaps.models.roadmap import Roadmap
from schools.models import (
    CatalogueItem,
    CatalogueQuerySet,
    Direction,
    Municipality,
    RiskFactor,
    School,
)
from schools.standing import municipalities_seen_by


class PlanDraftQuerySet(models.QuerySet["PlanDraft"]):
    def visible_to(self, user: User) -> Self:
        """A draft is seen by who made it, in a roadmap that they still see."""
        return self.filter(by=user, roadmap__in=Roadmap.objects.visible_to(user))


class PlanDraft(models.Model):
    """Rows that were read from a table, a template or another roadmap and wait to be accepted.

    `rows` is a list of `roadmaps.drafts.DraftRow` as JSON, `remarks` sentences about the whole.
    """

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="drafts", verbose_name="дорожная карта"
    )
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кто")
    created_at = models.DateTimeField("когда", default=timezone.now)
    origin = models.CharField("откуда", max_length=20, choices=DraftOrigin)
    source_name = models.CharField("имя файла или плана", max_length=300, blank=True)
    rows = models.JSONField("строки", default=list)
    remarks = models.JSONField("замечания", default=list)
    #: Tables as they were read and how their columns are understood (`roadmaps.exchange.source`),
    #: so that they can be read again; emptied when the rows are accepted.
    source = models.JSONField("таблицы источника", default=dict, blank=True)
    accepted_at = models.DateTimeField("принято", null=True, blank=True)

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "строки на рассмотрении"
        verbose_name_plural = "строки на рассмотрении"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.source_name or self.get_origin_display()


class PlanTemplateQuerySet(CatalogueQuerySet):
    def with_row_counts(self) -> Self:
        return self.annotate(row_count=models.Count("rows"))


class PlanTemplate(CatalogueItem):
    """A ready plan, or a part of one, for a risk factor or a direction."""

    factor = models.ForeignKey(
        RiskFactor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="для фактора риска",
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="для направления",
    )
    description = models.TextField("о плане", max_length=2000, blank=True)

    # The plugin of mypy takes a manager that replaces the parent's for one of each row.
    objects = PlanTemplateQuerySet.as_manager()  # type: ignore[misc]

    class Meta(CatalogueItem.Meta):
        verbose_name = "типовой план"
        verbose_name_plural = "типовые планы"


class TemplateRow(models.Model):
    """A row of a ready plan; its due date is words («октябрь», «ежемесячно»), so it never ages."""

    template = models.ForeignKey(
        PlanTemplate, on_delete=models.CASCADE, related_name="rows", verbose_name="типовой план"
    )
    stage = models.PositiveSmallIntegerField("этап", choices=Stage)
    position = models.PositiveIntegerField("порядок в этапе")
    section = models.CharField("раздел внутри этапа", max_length=300, blank=True)
    title = models.CharField("мероприятие", max_length=500)
    steps = models.TextField("что делается", max_length=5000, blank=True)
    due_text = models.CharField("срок", max_length=500, blank=True)
    responsible = models.CharField("ответственные", max_length=2000, blank=True)
    expected_result = models.CharField("ожидаемый результат", max_length=2000, blank=True)
    kind = models.ForeignKey(
        EventKind,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="вид мероприятия",
    )
    factors = models.ManyToManyField(
        RiskFactor, blank=True, related_name="+", verbose_name="отвечает на риск"
    )

    class Meta:
        verbose_name = "строка типового плана"
        verbose_name_plural = "строки типовых планов"
        ordering = ["stage", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="templaterow_stage",
                violation_error_message="Такого этапа нет",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PracticeCardQuerySet(SearchQuerySet, models.QuerySet["PracticeCard"]):
    def visible_to(self, user: User) -> Self:
        """The bank is the municipality's: whoever sees its network reads it."""
        return self.filter(municipality__in=municipalities_seen_by(user))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def current(self) -> Self:
        return self.filter(is_retired=False)


class PracticeCard(models.Model):
    """A confirmed event that is worth repeating, by risk and direction (R136)."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        related_name="practices",
        verbose_name="муниципалитет",
    )
    title = models.CharField("название", max_length=500)
    summary = models.TextField("в чём практика", max_length=5000, blank=True)
    steps = models.TextField("что делается", max_length=5000, blank=True)
    outcome = models.TextField("что получилось", max_length=5000, blank=True)
    expected_result = models.CharField("ожидаемый результат", max_length=2000, blank=True)
    responsible = models.CharField("ответственные", max_length=2000, blank=True)
    kind = models.ForeignKey(
        EventKind,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="вид мероприятия",
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="направление",
    )
    factors = models.ManyToManyField(
        RiskFactor, blank=True, related_name="+", verbose_name="для каких рисков"
    )
    school = models.ForeignKey(
        School,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="чья практика",
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="по какому мероприятию",
    )
    held_on = models.DateField("когда проведено", null=True, blank=True)
    is_retired = models.BooleanField("в архиве", default=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто внёс"
    )
    created_at = models.DateTimeField("внесена", default=timezone.now)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=2000)

    objects = PracticeCardQuerySet.as_manager()

    class Meta:
        verbose_name = "практика"
        verbose_name_plural = "банк практик"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["municipality", "is_retired", "-created_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="practicecard_title",
                violation_error_message="Назовите практику",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def _search_key(self) -> str:
        return fold(f"{self.title} {self.summary} {self.steps} {self.outcome}")[:2000]

    @property
    def step_list(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]


class AlgorithmMark(models.Model):
    """A step of the algorithm of networking that the pair has done (R126–R136)."""

    roadmap = models.ForeignKey(
        Roadmap,
        on_delete=models.CASCADE,
        related_name="algorithm_marks",
        verbose_name="дорожная карта",
    )
    step = models.PositiveSmallIntegerField("шаг алгоритма", choices=AlgorithmStep)
    note = models.CharField("чем подтверждается", max_length=500, blank=True)
    by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто отметил"
    )
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "отметка по алгоритму"
        verbose_name_plural = "отметки по алгоритму"
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "step"], name="algorithmmark_once"),
            models.CheckConstraint(
                condition=Q(step__in=AlgorithmStep.values),
                name="algorithmmark_step",
                violation_error_message="Такого шага в алгоритме нет",
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()

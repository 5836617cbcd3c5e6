"""The partnership: 1..N leads, 1..N targets, a topic and a life cycle."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.fields import AcademicYearField, DerivedField
from common.in_force import in_force
from common.partial_date import PartialDate
from common.search import SearchQuerySet, fold, terms
from partnerships import enums
from partnerships.enums import (
    GROUPS,
    LIVING,
    Composition,
    MemberRole,
    NetworkForm,
    PartnershipKind,
    PartnershipState,
    PeriodKind,
    Scenario,
)
from partnerships.models.named import named
from partnerships.models.order import not_before, precise
from partnerships.network_form import FormVerdict, Party, form_of
from schools.models import AssessmentProcedure, Direction, Municipality, RiskFactor, School
from schools.standing import curator_rows_of, municipalities_with, schools_of


def _joined(user: User) -> Q:
    members = PartnershipMember.objects.filter(school__in=schools_of(user))
    posts = [row.pk for row in curator_rows_of(user)]
    today = timezone.localdate()
    assigned = Partnership.objects.filter(in_force(today, "curators__"), curators__member__in=posts)
    return Q(pk__in=members.values("partnership")) | Q(pk__in=assigned.values("pk"))


class PartnershipQuerySet(SearchQuerySet, models.QuerySet["Partnership"]):
    def visible_to(self, user: User) -> Self:
        """All of the municipality for methodist and chair; for a school's people their own."""
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        return self.filter(Q(municipality__in=seen) | _joined(user))

    def joined_by(self, user: User) -> Self:
        """Those in which the person's school takes part or which the person is curator of."""
        return self.filter(_joined(user))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def for_municipality_of(self, user: User, municipality: Municipality | None) -> Self:
        """What the person sees while working in this municipality.

        Another municipality's partnership is in it when a school of this one takes part.
        """
        here = PartnershipMember.objects.filter(school__municipality=municipality)
        return self.visible_to(user).filter(
            Q(municipality=municipality) | Q(pk__in=here.values("partnership"))
        )

    def living(self) -> Self:
        return self.filter(state__in=LIVING)

    def mentioning(self, query: str) -> Self:
        """Search in topics, reasons and names of members: every word must occur in one."""
        rows = self
        for word, schools in named(list(terms(query))).items():
            rows = rows.filter(Q(search_key__contains=word) | schools)
        return rows

    def with_members(self) -> Self:
        """Prefetch what the name and the list of members need: two queries."""
        members = PartnershipMember.objects.select_related(
            "school", "school__legal_form", "school__municipality"
        )
        return self.prefetch_related(models.Prefetch("members", members))


class Partnership(models.Model):
    """A pair or group of schools. The dates keep the precision with which they were given."""

    TRANSITIONS = enums.TRANSITIONS
    VERB_LABELS = enums.VERB_LABELS

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        related_name="partnerships",
        verbose_name="муниципалитет лидера",
    )
    kind = models.CharField(
        "вид", max_length=20, choices=PartnershipKind, default=PartnershipKind.SUPPORT
    )
    name = models.CharField("название", max_length=200, blank=True)
    topic = models.CharField("тема", max_length=500, blank=True)
    reason = models.CharField("основание выбора партнёра", max_length=500, blank=True)
    goal = models.TextField("общая цель", blank=True)
    product = models.CharField("итоговый продукт", max_length=300, blank=True)
    composition = models.CharField("состав", max_length=10, choices=Composition, blank=True)
    result = models.CharField("результат", max_length=500, blank=True)
    scenario = models.CharField("сценарий", max_length=20, choices=Scenario, default=Scenario.UNSET)
    scenario_basis = models.CharField("результаты школ", max_length=500, blank=True)
    lead_experience = models.CharField(
        "управленческий опыт школы-лидера", max_length=500, blank=True
    )
    procedure = models.ForeignKey(
        AssessmentProcedure,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="оценочная процедура",
    )
    procedure_year = AcademicYearField("учебный год процедуры", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="вместо него",
    )
    period_kind = models.CharField(
        "год планирования", max_length=10, choices=PeriodKind, default=PeriodKind.ACADEMIC
    )
    state = models.CharField(
        "состояние", max_length=20, choices=PartnershipState, default=PartnershipState.PROPOSED
    )
    start_year = models.PositiveSmallIntegerField("год начала", null=True, blank=True)
    start_month = models.PositiveSmallIntegerField("месяц начала", null=True, blank=True)
    start_day = models.PositiveSmallIntegerField("день начала", null=True, blank=True)
    start_text = models.CharField("начало, как записано", max_length=100, blank=True)
    end_year = models.PositiveSmallIntegerField("год окончания", null=True, blank=True)
    end_month = models.PositiveSmallIntegerField("месяц окончания", null=True, blank=True)
    end_day = models.PositiveSmallIntegerField("день окончания", null=True, blank=True)
    form_override = models.CharField(
        "форма взаимодействия, решено вручную", max_length=20, choices=NetworkForm, blank=True
    )
    form_reason = models.CharField("почему решено вручную", max_length=300, blank=True)
    factors = models.ManyToManyField(
        RiskFactor, blank=True, related_name="+", verbose_name="факторы риска"
    )
    directions = models.ManyToManyField(
        Direction, blank=True, related_name="+", verbose_name="направления"
    )
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    updated_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто изменил",
    )
    updated_at = models.DateTimeField("когда изменено", null=True, blank=True, editable=False)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=1300)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "партнёрство"
        verbose_name_plural = "партнёрства"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["municipality", "state", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_day=None) | Q(start_month__isnull=False),
                name="partnership_start_precision",
                violation_error_message="У даты начала есть день, но нет месяца",
            ),
            models.CheckConstraint(
                condition=Q(start_month=None) | Q(start_year__isnull=False),
                name="partnership_start_year",
                violation_error_message="У даты начала есть месяц, но нет года",
            ),
            models.CheckConstraint(
                condition=precise("end"),
                name="partnership_end_precision",
                violation_error_message="У даты окончания есть месяц, но нет года",
            ),
            models.CheckConstraint(
                condition=not_before("end", "start"),
                name="partnership_end_after_start",
                violation_error_message="Окончание раньше начала",
            ),
            models.CheckConstraint(
                condition=Q(procedure_year=None) | Q(procedure__isnull=False),
                name="partnership_year_of_procedure",
                violation_error_message="Указан год процедуры, но не сама процедура",
            ),
            models.CheckConstraint(
                condition=Q(form_override="") | ~Q(form_reason=""),
                name="partnership_form_has_reason",
                violation_error_message="Напишите, почему форма решена вручную",
            ),
            models.CheckConstraint(
                condition=~Q(successor=models.F("id")),
                name="partnership_not_own_successor",
                violation_error_message="Партнёрство не может сменить само себя",
            ),
            models.CheckConstraint(
                condition=Q(kind=PartnershipKind.SUPPORT) | ~Q(name=""),
                name="partnership_group_named",
                violation_error_message="Назовите команду или семинар",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def _search_key(self) -> str:
        return fold(f"{self.name} {self.topic} {self.reason}")[:1300]

    def members_with(self, role: MemberRole) -> list[PartnershipMember]:
        """Members in a role, in natural order of names; uses what was prefetched."""
        rows = [member for member in self.members.all() if member.role == role]
        return sorted(rows, key=lambda member: member.school.sort_key)

    @property
    def leads(self) -> list[PartnershipMember]:
        return self.members_with(MemberRole.LEAD)

    @property
    def targets(self) -> list[PartnershipMember]:
        return self.members_with(MemberRole.TARGET)

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def title(self) -> str:
        """«СОШ №4 – ООШ №1, О(С)ОШ №14»; the name of a team or seminar."""
        if self.name:
            return self.name
        sides = (self.leads, self.targets or self.members_with(MemberRole.PARTICIPANT))
        names = [", ".join(member.school.short_name for member in side) for side in sides]
        return " – ".join(name for name in names if name) or f"Партнёрство {self.pk}"

    @property
    def procedure_words(self) -> str:
        """«ОГЭ, 2025/26 учебный год»: by which results the lead was chosen (R080), or nothing."""
        if self.procedure is None:
            return ""
        year = f", {self.procedure_year} учебный год" if self.procedure_year else ""
        return f"{self.procedure}{year}"

    @property
    def start(self) -> PartialDate | None:
        if self.start_year is None:
            return None
        return PartialDate(self.start_year, self.start_month, self.start_day)

    @property
    def end(self) -> PartialDate | None:
        if self.end_year is None:
            return None
        return PartialDate(self.end_year, self.end_month, self.end_day)

    @property
    def form(self) -> FormVerdict:
        """Form of networking: computed from the members, or decided by hand with a reason."""
        if self.form_override:
            return FormVerdict(NetworkForm(self.form_override), self.form_reason)
        return form_of(
            Party(member.school.org_type, member.school.department) for member in self.members.all()
        )


class PartnershipMember(models.Model):
    """A school in a partnership: its role, its contribution, joined and left."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="members", verbose_name="партнёрство"
    )
    school = models.ForeignKey(
        School, on_delete=models.RESTRICT, related_name="partnerships", verbose_name="школа"
    )
    role = models.CharField("роль", max_length=20, choices=MemberRole)
    contribution = models.CharField("вклад", max_length=500, blank=True)
    joined_on = models.DateField("вступила", null=True, blank=True)
    left_on = models.DateField("вышла", null=True, blank=True)

    class Meta:
        verbose_name = "участник партнёрства"
        verbose_name_plural = "участники партнёрства"
        ordering = ["role", "pk"]
        indexes = [models.Index(fields=["school", "role"])]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "school"],
                name="partnershipmember_once",
                violation_error_message="Эта школа уже участвует в партнёрстве",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None)
                | Q(joined_on=None)
                | Q(left_on__gte=models.F("joined_on")),
                name="partnershipmember_dates",
                violation_error_message="Дата выхода раньше даты вступления",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} ({self.get_role_display()})"

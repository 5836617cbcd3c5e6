"""The roadmap: whose it is, its period, its state and who sees it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.search import terms
from common.transitions import TransitionLog
from partnerships.enums import FROZEN
from partnerships.models import Partnership, PartnershipMember
from roadmaps import enums
from roadmaps.due import Period
from roadmaps.enums import APPROVED, PLANNING, RoadmapState
from schools.models import Direction, Membership, Municipality
from schools.standing import municipalities_with


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    def visible_to(self, user: User) -> Self:
        """All of the municipality for who sees it, by direction too; otherwise of own pairs.

        A roadmap lies in the municipality of its partnership, so the column says it at once: a
        subquery of all visible partnerships would grow with every one of them.
        """
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        return self.filter(
            Q(municipality__in=seen) | Q(partnership__in=Partnership.objects.joined_by(user))
        )

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def for_municipality_of(self, user: User, municipality: Municipality | None) -> Self:
        """What the person sees while working in this municipality; a joint one is in both."""
        here = PartnershipMember.objects.filter(school__municipality=municipality)
        return self.visible_to(user).filter(
            Q(municipality=municipality) | Q(partnership__in=here.values("partnership"))
        )

    def running(self) -> Self:
        return self.filter(state=RoadmapState.RUNNING)

    def in_year(self, year: AcademicYear) -> Self:
        """Roadmaps whose period touches the academic year."""
        return self.filter(starts_on__lte=year.ends, ends_on__gte=year.starts)

    def earliest_start(self) -> date | None:
        """First day of the oldest one; the list offers years from there."""
        return self.order_by("starts_on", "pk").values_list("starts_on", flat=True).first()

    def counted(self) -> Self:
        """Roadmaps whose events count in figures: approved ones."""
        return self.filter(state__in=APPROVED)

    def editable_by(self, user: User) -> Self:
        """Whose rows the person may edit, as far as the database can tell; `rules.can_edit`
        has the last word."""
        edits = municipalities_with(user, Permission.EDIT_ROADMAPS)
        own = Partnership.objects.joined_by(user)
        offered = Q(municipality__in=edits) | Q(partnership__in=own, state=RoadmapState.DRAFT)
        resting = Q(partnership__state__in=FROZEN)
        return self.filter(offered).exclude(Q(state=RoadmapState.FINISHED) | resting)

    def of_school_named(self, words: str) -> Self:
        """Roadmaps of pairs whose members' names hold every word: «№9 №5» finds the pair."""
        rows = self
        for word in terms(words):
            named = PartnershipMember.objects.filter(school__search_key__contains=word)
            rows = rows.filter(partnership__in=named.values("partnership"))
        return rows

    def with_partnership(self) -> Self:
        """With names of whose roadmap it is; the frozen plan, which is long, stays behind."""
        members = PartnershipMember.objects.select_related("school")
        return (
            self.defer("baseline")
            .select_related("partnership", "direction")
            .prefetch_related(models.Prefetch("partnership__members", members))
        )

    def for_rules(self) -> Self:
        """With all that rules look at, so that they ask nothing: three queries."""
        rows = self.with_partnership().select_related("municipality")
        return rows.prefetch_related("partnership__curators")


class Roadmap(models.Model):
    """A roadmap of a partnership, or of a direction across partnerships (quirk 13)."""

    TRANSITIONS = enums.ROADMAP_TRANSITIONS
    VERB_LABELS = enums.ROADMAP_VERBS

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        related_name="roadmaps",
        verbose_name="муниципалитет",
    )
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="roadmaps",
        verbose_name="партнёрство",
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="roadmaps",
        verbose_name="направление",
    )
    starts_on = models.DateField("начало периода")
    ends_on = models.DateField("конец периода")
    state = models.CharField(
        "состояние", max_length=20, choices=RoadmapState, default=RoadmapState.DRAFT
    )
    approved_at = models.DateTimeField("утверждена", null=True, blank=True)
    approved_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто утвердил",
    )
    approver = models.ForeignKey(
        Membership,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="чьей подписью утверждена",
    )
    order_number = models.CharField("номер приказа", max_length=50, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    #: Grows with every sending to the schools; answers of earlier rounds are history.
    round = models.PositiveSmallIntegerField("который раз на согласовании", default=0)
    baseline = models.JSONField("план на день утверждения", null=True, blank=True, editable=False)
    no_problems = models.BooleanField("проблемы не выявлены", default=False)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто создал"
    )
    created_at = models.DateTimeField("создана", auto_now_add=True)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["municipality", "-starts_on", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="roadmap_period",
                violation_error_message="Конец периода раньше начала",
            ),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) | Q(direction__isnull=False),
                name="roadmap_of_something",
                violation_error_message="Укажите партнёрство или направление",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(PLANNING)) | Q(approved_at__isnull=False),
                name="roadmap_approved_when",
                violation_error_message="У утверждённой карты должна быть дата утверждения",
            ),
        ]

    def __str__(self) -> str:
        return f"Дорожная карта на {self.period_label}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def period_label(self) -> str:
        """«2026/27 учебный год», «2026/27 – 2028/29 учебные годы», «2027 год», or both dates."""
        year, last_year = AcademicYear.of(self.starts_on), AcademicYear.of(self.ends_on)
        if (self.starts_on, self.ends_on) == (year.starts, last_year.ends):
            same = year == last_year
            return f"{year} учебный год" if same else f"{year} – {last_year} учебные годы"
        first, last = (
            (self.starts_on.month, self.starts_on.day),
            (self.ends_on.month, self.ends_on.day),
        )
        if first == (1, 1) and last == (12, 31):
            years = sorted({self.starts_on.year, self.ends_on.year})
            return f"{'–'.join(map(str, years))} {'год' if len(years) == 1 else 'годы'}"
        return f"{self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"

    @property
    def owner_title(self) -> str:
        """Whose roadmap it is; uses prefetched members."""
        return self.partnership.title if self.partnership else str(self.direction)

    @property
    def is_ahead(self) -> bool:
        """Approved, and its first day has not come."""
        return self.state == RoadmapState.RUNNING and self.starts_on > timezone.localdate()

    @property
    def state_label(self) -> str:
        """The state in words; whether an approved plan has begun is told by the calendar."""
        if self.is_ahead:
            return f"утверждена, начнётся {self.starts_on:%d.%m.%Y}"
        return str(RoadmapState(self.state).label)

    @property
    def is_draft(self) -> bool:
        return self.state == RoadmapState.DRAFT

    @property
    def is_approved(self) -> bool:
        """Whether the plan was ever put in force; then it counts and has a baseline."""
        return self.state in APPROVED

    @property
    def is_owing(self) -> bool:
        """Whether its dates oblige: approved, and the partnership goes on."""
        rests = self.partnership is not None and self.partnership.state in FROZEN
        return self.state == RoadmapState.RUNNING and not rests

    @property
    def is_by_direction(self) -> bool:
        return self.partnership_id is None


class RoadmapTransition(TransitionLog):
    instance = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="transitions", verbose_name="дорожная карта"
    )

    class Meta(TransitionLog.Meta):
        verbose_name = "переход дорожной карты"
        verbose_name_plural = "переходы дорожных карт"

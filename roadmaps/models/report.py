"""Reports of schools about held events, participants and evidence."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.files import StoredFile
from common.transitions import TransitionLog
from partnerships.models import Partnership
from roadmaps import enums
from roadmaps.enums import EDITABLE_REPORTS, ReportState
from roadmaps.models.catalogue import TargetGroup
from roadmaps.models.occurrence import Occurrence
from roadmaps.models.row import RoadmapRow
from schools.models import Municipality, School
from schools.standing import curator_rows_of, municipalities_with, schools_of


class EventReportQuerySet(models.QuerySet["EventReport"]):
    def visible_to(self, user: User) -> Self:
        """Reports about visible events: own, the partner's, the municipality's.

        A draft is seen only by those who may write it: the school and who files for schools.
        """
        schools = schools_of(user) | {row.school_id for row in curator_rows_of(user)}
        files_for = municipalities_with(user, Permission.REPORT_FOR_SCHOOLS)
        rows = RoadmapRow.objects.visible_to(user)
        return self.filter(
            ~Q(state=ReportState.DRAFT) | Q(school__in=schools) | Q(municipality__in=files_for),
            models.Exists(rows.filter(event=models.OuterRef("occurrence__event"))),
        )

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def for_schools(self, schools: set[int]) -> Self:
        return self.filter(school__in=schools)

    def with_pairs(self, user: User) -> Self:
        """What names a report in a list: school, event, visible rows and pairs."""
        rows = RoadmapRow.objects.visible_to(user).with_pairs()
        return self.select_related("school", "occurrence__event").prefetch_related(
            models.Prefetch("occurrence__event__rows", rows)
        )

    def waiting(self) -> Self:
        """The methodists' queue, the longest wait first."""
        return self.filter(state=ReportState.SUBMITTED).order_by("submitted_at", "pk")

    def confirmed(self) -> Self:
        return self.filter(state=ReportState.CONFIRMED)


class EventReport(models.Model):
    """A school's report about one occurrence; one per school (quirk 22).

    `municipality` is that of the event: its methodists confirm.
    """

    TRANSITIONS = enums.REPORT_TRANSITIONS
    VERB_LABELS = enums.REPORT_VERBS

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.RESTRICT, related_name="reports", verbose_name="мероприятие"
    )
    school = models.ForeignKey(
        School, on_delete=models.RESTRICT, related_name="event_reports", verbose_name="школа"
    )
    state = models.CharField(
        "состояние", max_length=20, choices=ReportState, default=ReportState.DRAFT
    )
    held_on = models.DateField("когда прошло", null=True, blank=True)
    host = models.ForeignKey(
        School,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="где прошло",
    )
    is_remote = models.BooleanField("дистанционно", default=False)
    outcome = models.TextField("что получилось", max_length=5000, blank=True)
    url = models.URLField("страница о мероприятии на сайте школы", max_length=500, blank=True)
    for_school = models.BooleanField("составлен за школу", default=False, editable=False)
    author = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто составил"
    )
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    updated_at = models.DateTimeField("изменён", default=timezone.now)
    updated_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто изменил",
    )
    # One open page does not argue with its own autosave.
    saved_from = models.CharField(
        "с какой страницы сохранён", max_length=32, blank=True, editable=False
    )
    submitted_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто отправил",
    )
    submitted_at = models.DateTimeField("отправлен", null=True, blank=True)
    taken_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто взял в работу",
    )
    remark = models.TextField("замечание методиста", max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто решил",
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)

    objects = EventReportQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт о мероприятии"
        verbose_name_plural = "отчёты о мероприятиях"
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "state", "submitted_at", "id"]),
            models.Index(fields=["school", "state", "-updated_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "school"],
                name="eventreport_once",
                violation_error_message="Отчёт школы об этом мероприятии уже есть",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(EDITABLE_REPORTS))
                | Q(
                    held_on__isnull=False,
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                ),
                name="eventreport_submitted",
                violation_error_message="У отправленного отчёта должны быть дата и отправитель",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(remark=""),
                name="eventreport_returned_why",
                violation_error_message="Напишите, что исправить",
            ),
        ]

    def __str__(self) -> str:
        return f"Отчёт: {self.occurrence.event}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_REPORTS

    @property
    def place(self) -> str:
        if self.is_remote:
            return "дистанционно"
        return self.host.short_name if self.host else "не указано"

    def missing_to_submit(self) -> list[tuple[str, str]]:
        """Field and Russian sentence for everything that keeps the report from being sent.

        Expects `participants` (prefetched or not); a group with 0 is told, without a row is not.
        """
        gaps = []
        today = timezone.localdate()
        if self.held_on is None:
            gaps.append(("held_on", "Укажите, когда прошло мероприятие"))
        elif self.held_on > today:
            gaps.append(("held_on", "Дата ещё не наступила: отчёт подают после мероприятия"))
        if not self.host_id and not self.is_remote:
            gaps.append(("place", "Укажите, где прошло мероприятие"))
        if not list(self.participants.all()):
            gaps.append(("participants", "Укажите число участников хотя бы одной группы или 0"))
        if not self.outcome.strip():
            gaps.append(("outcome", "Напишите, что получилось"))
        return gaps


class ReportParticipants(models.Model):
    """How many of one target group of the reporting school took part; 0 is a fact."""

    report = models.ForeignKey(
        EventReport, on_delete=models.CASCADE, related_name="participants", verbose_name="отчёт"
    )
    group = models.ForeignKey(
        TargetGroup, on_delete=models.RESTRICT, related_name="+", verbose_name="группа"
    )
    count = models.PositiveIntegerField("участников")

    class Meta:
        verbose_name = "участники"
        verbose_name_plural = "участники"
        ordering = ["group__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "group"], name="participants_once")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.count}"


class EvidencePhotoQuerySet(models.QuerySet["EvidencePhoto"]):
    def visible_to(self, user: User) -> Self:
        """Private: the member schools and the methodists only, not the chair (decision 12)."""
        own = Partnership.objects.joined_by(user)
        confirms = municipalities_with(user, Permission.CONFIRM_REPORTS)
        rows = RoadmapRow.objects.filter(roadmap__partnership__in=own)
        is_member = models.Exists(rows.filter(event=models.OuterRef("occurrence__event")))
        seen = EventReport.objects.visible_to(user).filter(
            Q(municipality__in=confirms) | is_member, pk=models.OuterRef("report")
        )
        return self.filter(models.Exists(seen))


class EvidencePhoto(StoredFile):
    """A photo of the event: private evidence, re-encoded without EXIF, never in documents."""

    report = models.ForeignKey(
        EventReport, on_delete=models.CASCADE, related_name="photos", verbose_name="отчёт"
    )

    objects = EvidencePhotoQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = "фотография"
        verbose_name_plural = "фотографии"


class ReportTransition(TransitionLog):
    instance = models.ForeignKey(
        EventReport, on_delete=models.CASCADE, related_name="transitions", verbose_name="отчёт"
    )

    class Meta(TransitionLog.Meta):
        verbose_name = "переход отчёта"
        verbose_name_plural = "переходы отчётов"

"""Concrete models over the abstract ones of `common`, in a registry of their own.

The main registry does not know them, so no migration and no project-wide guard sees them.
"""

from django.db import models
from django.test.utils import isolate_apps

from common.fields import AcademicYearField, DerivedField
from common.jobs import JobQuerySet, JobRecord, job_constraints
from common.search import SearchQuerySet, fold, name_key, sort_key
from common.transitions import TransitionLog

with isolate_apps("common"):

    class Named(models.Model):
        name = models.TextField()
        year = AcademicYearField("учебный год", null=True, blank=True)
        search_key = DerivedField(compute="folded", max_length=30)
        key = DerivedField(compute="unique", max_length=200)
        sorting = DerivedField(compute="natural", max_length=200)

        objects = SearchQuerySet.as_manager()

        class Meta:
            app_label = "common"
            constraints = [
                models.CheckConstraint(
                    condition=models.Q(year__isnull=True) | models.Q(year__gte=2000),
                    name="common_named_year",
                )
            ]

        def __str__(self) -> str:
            return self.name

        def folded(self) -> str:
            return fold(self.name)

        def unique(self) -> str:
            return name_key(self.name)

        def natural(self) -> str:
            return sort_key(self.name)

    class Paper(models.Model):
        TRANSITIONS = {
            "submit": ({"draft", "returned"}, "sent"),
            "return": ("sent", "returned"),
            "confirm": ("sent", "confirmed"),
        }
        VERB_LABELS = {"submit": "Отправить"}

        state = models.CharField(
            max_length=20,
            default="draft",
            choices={
                "draft": "Черновик",
                "sent": "На проверке",
                "returned": "Возвращён",
                "confirmed": "Подтверждён",
            },
        )
        title = models.CharField(max_length=50, default="Отчёт")

        class Meta:
            app_label = "common"

        def __str__(self) -> str:
            return self.title

    class PaperTransition(TransitionLog):
        by = models.IntegerField(null=True)  # no users in this registry
        instance = models.ForeignKey(Paper, models.CASCADE, related_name="transitions")

        class Meta(TransitionLog.Meta):
            app_label = "common"

    class Job(JobRecord):
        result = models.CharField(max_length=50, blank=True)

        objects = JobQuerySet.as_manager()

        class Meta:
            app_label = "common"
            constraints = job_constraints("common_job")

        def __str__(self) -> str:
            return self.status


TABLES = [Named, Paper, PaperTransition, Job]

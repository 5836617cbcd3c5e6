"""Catalogues of roadmaps: kinds of events, groups, evidence, effects, difficulties."""

from django.db import models

from roadmaps.enums import NetworkStep
from schools.models import CatalogueItem


class EventKind(CatalogueItem):
    """Семинар, мастер-класс, вебинар … with the «ступень» of R154–R155."""

    step = models.PositiveSmallIntegerField(
        "ступень", choices=NetworkStep, default=NetworkStep.OFFLINE
    )

    class Meta(CatalogueItem.Meta):
        verbose_name = "вид мероприятия"
        verbose_name_plural = "виды мероприятий"


class TargetGroup(CatalogueItem):
    """Whom an event is for; participants are counted by these groups (R103)."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "целевая группа"
        verbose_name_plural = "целевые группы"


class EvidenceKind(CatalogueItem):
    """What proves that an event was held: приказ, протокол, справка, методический продукт."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "вид подтверждения"
        verbose_name_plural = "виды подтверждений"


class Effect(CatalogueItem):
    """What networking has given: продуктивность and effects of R100–R102, R104–R108."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "эффект взаимодействия"
        verbose_name_plural = "эффекты взаимодействия"


class Difficulty(CatalogueItem):
    """A problem of networking as such (R161–R167); a pair's own problems are `Problem`."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "трудность взаимодействия"
        verbose_name_plural = "трудности взаимодействия"

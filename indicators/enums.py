"""Named sets of the indicators app."""

from django.db import models


class Unit(models.TextChoices):
    PERCENT = "percent", "%"
    PEOPLE = "people", "чел."
    PARTICIPATIONS = "participations", "участий"
    POINTS = "points", "баллов"
    RATIO = "ratio", "безразмерная величина"


class Better(models.TextChoices):
    """Which way is better."""

    UP = "up", "больше – лучше"
    DOWN = "down", "меньше – лучше"


class ValueState(models.TextChoices):
    DRAFT = "draft", "черновик"
    SUBMITTED = "submitted", "на проверке"
    CHECKED = "checked", "проверено"

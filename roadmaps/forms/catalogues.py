"""Catalogues of this app that are kept on the pages of a floor below."""

from collections.abc import Iterator

from roadmaps.models import Difficulty, Effect, EventKind, EvidenceKind, TargetGroup
from schools.catalogues import Catalogue
from schools.forms.catalogues import CatalogueForm


class EventKindForm(CatalogueForm):
    class Meta:
        model = EventKind
        fields = ["name", "step"]


class TargetGroupForm(CatalogueForm):
    class Meta:
        model = TargetGroup
        fields = ["name"]


class EvidenceKindForm(CatalogueForm):
    class Meta:
        model = EvidenceKind
        fields = ["name"]


class EffectForm(CatalogueForm):
    class Meta:
        model = Effect
        fields = ["name"]


class DifficultyForm(CatalogueForm):
    class Meta:
        model = Difficulty
        fields = ["name"]


def _step(row: EventKind) -> Iterator[str]:
    yield row.get_step_display()


CATALOGUES = (
    Catalogue(
        "event-kinds",
        EventKind,
        EventKindForm,
        "Виды мероприятий",
        "Что бывает в дорожной карте: семинар, стажировка, вебинар.",
        order=130,
        facts=_step,
    ),
    Catalogue(
        "target-groups",
        TargetGroup,
        TargetGroupForm,
        "Целевые группы",
        "По ним считают участников мероприятия.",
        order=140,
    ),
    Catalogue(
        "evidence-kinds",
        EvidenceKind,
        EvidenceKindForm,
        "Виды подтверждений",
        "Чем подтверждается проведение: приказ, протокол, справка, методический продукт.",
        order=150,
    ),
    Catalogue(
        "effects",
        Effect,
        EffectForm,
        "Эффекты взаимодействия",
        "Что дало взаимодействие: выбирается в рефлексии дорожной карты.",
        order=160,
    ),
    Catalogue(
        "difficulties",
        Difficulty,
        DifficultyForm,
        "Трудности взаимодействия",
        "Что мешало взаимодействию: выбирается в рефлексии дорожной карты.",
        order=170,
    ),
)

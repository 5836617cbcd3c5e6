"""The catalogues that are kept in the portal itself; upper apps add theirs when they are ready."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from common.search import fold, terms
from schools.forms.catalogues import (
    CatalogueForm,
    CategoryForm,
    DirectionForm,
    FactorForm,
    FeatureForm,
    FunctionForm,
    LegalFormForm,
    ProcedureForm,
)
from schools.models import (
    AssessmentProcedure,
    CatalogueItem,
    Category,
    Direction,
    LegalForm,
    RiskFactor,
    SchoolFeature,
    TeamFunction,
)


def _nothing(row: Any) -> Iterator[str]:
    return iter(())


@dataclass(frozen=True)
class Catalogue:
    """A catalogue and how it is shown: `facts(row)` gives lines under the name of a row, from
    the row and what `related` names, never from the database."""

    slug: str
    model: type[CatalogueItem]
    form: type[CatalogueForm]
    title: str
    about: str
    order: int = 100
    facts: Callable[[Any], Iterator[str]] = _nothing
    related: tuple[str, ...] = ()

    @property
    def rows(self) -> Any:
        found: Any = self.model._default_manager
        return found.select_related("municipality", *self.related)


_known: dict[str, Catalogue] = {}


def register(*catalogues: Catalogue) -> None:
    """Add catalogues; a smaller `order` stands first. Adding a slug again replaces it."""
    _known.update({one.slug: one for one in catalogues})


def all_catalogues() -> list[Catalogue]:
    return sorted(_known.values(), key=lambda one: one.order)


def catalogue_of(slug: str) -> Catalogue | None:
    return _known.get(slug)


def found(rows: Any, query: str) -> Any:
    """Rows whose name has every word of the query. A catalogue is short, so Python looks:
    databases disagree about the case of Russian letters."""
    words = terms(query)
    if not words:
        return rows
    named = ((pk, fold(name)) for pk, name in rows.values_list("pk", "name"))
    fit = [pk for pk, name in named if all(word in name for word in words)]
    return rows.filter(pk__in=fit[:1000])


def _factor_facts(factor: RiskFactor) -> Iterator[str]:
    if factor.definition:
        yield factor.definition
    parts = [f"Группа: {factor.get_group_display()}"]
    parts += [f"дефицит: {factor.get_deficit_display()}"] if factor.deficit else []
    parts += [f"в списке с {factor.valid_from} года"] if factor.valid_from else []
    parts += [f"в списке по {factor.valid_to} год"] if factor.valid_to else []
    parts += [f"заменён на «{factor.replaced_by.label}»"] if factor.replaced_by else []
    yield "; ".join(parts)


def _legal_form_facts(form: LegalForm) -> Iterator[str]:
    if form.full_name:
        yield form.full_name


register(
    Catalogue(
        "legal-forms",
        LegalForm,
        LegalFormForm,
        "Организационно-правовые формы",
        "Стоят перед названием школы: МОБУ «СОШ №3».",
        order=10,
        facts=_legal_form_facts,
    ),
    Catalogue(
        "factors",
        RiskFactor,
        FactorForm,
        "Факторы риска",
        "Из них состоит рисковый профиль школы. У фактора есть пояснение, годы действия и "
        "направления, которые он подсказывает.",
        order=20,
        facts=_factor_facts,
        related=("replaced_by",),
    ),
    Catalogue(
        "features",
        SchoolFeature,
        FeatureForm,
        "Особенности школ",
        "Особенности отмечают в карточке школы; каждая подсказывает направления взаимодействия.",
        order=30,
    ),
    Catalogue(
        "directions",
        Direction,
        DirectionForm,
        "Направления взаимодействия",
        "Темы партнёрств и дорожных карт, опыта и наставничества.",
        order=40,
    ),
    Catalogue(
        "categories",
        Category,
        CategoryForm,
        "Категории школ",
        "Категорию школе присваивают люди, на срок и с основанием.",
        order=50,
    ),
    Catalogue(
        "functions",
        TeamFunction,
        FunctionForm,
        "Функции в команде",
        "Кто что делает в управленческой или кросс-функциональной команде.",
        order=60,
    ),
    Catalogue(
        "procedures",
        AssessmentProcedure,
        ProcedureForm,
        "Оценочные процедуры",
        "По их результатам выбирают школу-лидера и составляют пары и группы школ.",
        order=70,
    ),
)

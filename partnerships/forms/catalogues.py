"""Catalogues of this app that are kept on the pages of the floor below."""

from collections.abc import Iterator
from typing import Any

from django import forms

from common.search import fold
from partnerships.forms.agreement_samples import AgreementTemplateForm
from partnerships.models import AgreementTemplate, MoveReason, Obligation, Statement
from schools.catalogues import Catalogue
from schools.forms.catalogues import CatalogueForm


class ObligationForm(CatalogueForm):
    class Meta:
        model = Obligation
        fields = ["name", "short_name"]
        labels = {"name": "Обязательство"}
        help_texts = {"short_name": "Для таблиц: два-три слова"}


class StatementForm(CatalogueForm):
    class Meta:
        model = Statement
        fields = ["kind", "name", "text", "source"]
        widgets = {"text": forms.Textarea({"rows": 4})}
        help_texts = {"source": "Если документов несколько – через точку с запятой"}


class ReasonForm(CatalogueForm):
    """The same words may be a reason of several moves («Другое»), but once of each."""

    class Meta:
        model = MoveReason
        fields = ["verb", "name"]
        labels = {"verb": "Для какого действия", "name": "Причина"}

    def offer(self) -> None:
        # A reason that was given stays one of the same move.
        self.fields["verb"].disabled = self.instance.pk is not None

    @property
    def known(self) -> dict[str, Any]:
        rows = MoveReason.objects.for_municipality(self.municipality)
        same = rows.filter(verb=self.cleaned_data.get("verb", "")).exclude(pk=self.instance.pk)
        return {fold(row.name): row for row in same}


def _obligation_facts(row: Obligation) -> Iterator[str]:
    if row.short_name:
        yield row.short_name


def _statement_facts(row: Statement) -> Iterator[str]:
    yield row.get_kind_display()
    if row.text:
        yield row.text
    if row.source:
        yield f"Документы: {row.source}"


def _reason_facts(row: MoveReason) -> Iterator[str]:
    yield f"Для действия «{row.get_verb_display()}»"


CATALOGUES = (
    Catalogue(
        "obligations",
        Obligation,
        ObligationForm,
        "Обязательства школы-партнёра",
        "Из них составляют договорённости партнёрства.",
        order=110,
        facts=_obligation_facts,
    ),
    Catalogue(
        "statements",
        Statement,
        StatementForm,
        "Положения о сети",
        "Определения, характеристики, цели, задачи и принципы для страницы «О сети».",
        order=120,
        facts=_statement_facts,
    ),
    Catalogue(
        "move-reasons",
        MoveReason,
        ReasonForm,
        "Причины изменения состояния партнёрства",
        "Из них выбирают, почему партнёрство приостановлено, завершено, отклонено или сменено.",
        order=130,
        facts=_reason_facts,
    ),
    Catalogue(
        "agreement-templates",
        AgreementTemplate,
        AgreementTemplateForm,
        "Образцы договоров",
        "Из них портал составляет проект договора партнёрства.",
        order=140,
    ),
)

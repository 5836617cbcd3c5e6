"""Forms of catalogue rows. A name, an alias or a short name means one row only."""

from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import Q

from common.fields import OneRow, SeveralRows
from common.search import fold
from schools.enums import CategoryCode
from schools.models import (
    AssessmentProcedure,
    CatalogueItem,
    Category,
    Direction,
    LegalForm,
    Municipality,
    RiskFactor,
    SchoolFeature,
    TeamFunction,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_ALIASES = 50
TONES = [
    ("", "обычный"),
    ("info", "сведение"),
    ("ok", "хорошая новость"),
    ("warn", "требует внимания"),
    ("bad", "тревога"),
]


class CatalogueFilter(forms.Form):
    """Search in a catalogue; lives in the address."""

    q = forms.CharField(label="Название", required=False, max_length=200)
    show = forms.ChoiceField(
        label="Какие строки",
        required=False,
        choices=[("", "предлагаются"), ("all", "и убранные из выбора")],
    )


class CatalogueForm(forms.ModelForm):
    """What all rows have: a name that nobody else has. `municipality`: whose row it is."""

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = self.instance.municipality = municipality
        self.fields["name"].widget = forms.Textarea({"rows": 2})
        self.fields["name"].error_messages["required"] = "Напишите название."
        self.offer()
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.lines(), ButtonHolder(Submit("save", "Сохранить")))

    def offer(self) -> None:
        """Narrow the choices of the fields to what may be chosen here."""

    def lines(self) -> list[Any]:
        """Fields in their order, those that belong together in one row."""
        return list(self.fields)

    @property
    def links(self) -> dict[str, Any]:
        """Chosen rows of other catalogues, for the action."""
        several = (field.name for field in self.instance._meta.many_to_many)
        return {name: self.cleaned_data[name] for name in several if name in self.fields}

    def spellings(self, row: Any) -> Iterable[str]:
        """Everything by which a row is known."""
        return [row.name]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalnum() for letter in name):
            raise ValidationError("В названии нужны буквы или цифры.")
        if row := self.known.get(fold(name)):
            hint = " Она убрана из выбора – верните её." if row.is_retired else ""
            raise ValidationError(f"Такая строка уже есть: «{row}».{hint}")
        return name

    @property
    def known(self) -> dict[str, CatalogueItem]:
        """Other rows that are seen together with this one, by every spelling, folded."""
        if not hasattr(self, "_known"):
            rows = self._meta.model._default_manager.for_municipality(self.municipality)
            others = rows.exclude(pk=self.instance.pk)
            self._known = {fold(text): row for row in others for text in self.spellings(row)}
        return self._known

    def choosable(self, rows: Any, *chosen: Any) -> Any:
        """Rows in use here and, besides, those that this row holds already."""
        here = rows.for_municipality(self.municipality)
        return here.filter(Q(is_retired=False) | Q(pk__in=[pk for pk in chosen if pk]))


class LegalFormForm(CatalogueForm):
    class Meta:
        model = LegalForm
        fields = ["name", "full_name"]
        labels = {"name": "Сокращение"}
        help_texts = {"name": "Как пишут перед названием школы: МОБУ"}


class DirectionForm(CatalogueForm):
    class Meta:
        model = Direction
        fields = ["name"]


class FunctionForm(CatalogueForm):
    class Meta:
        model = TeamFunction
        fields = ["name"]


class ProcedureForm(CatalogueForm):
    class Meta:
        model = AssessmentProcedure
        fields = ["name"]
        help_texts = {"name": "Например: Всероссийские проверочные работы (ВПР), 5 класс"}


class CategoryForm(CatalogueForm):
    badge_tone = forms.ChoiceField(label="Оттенок значка", choices=TONES, required=False)

    class Meta:
        model = Category
        fields = ["name", "badge_tone"]

    def offer(self) -> None:
        """The look of the categories that rules refer to is the portal's own."""
        if self.instance.code in CategoryCode.values:
            del self.fields["badge_tone"]
            badge = self.instance.badge.word
            self.fields["name"].help_text = f"На значке в списках останется «{badge}»"


class _WithDirections(CatalogueForm):
    """A row that proposes directions."""

    def offer(self) -> None:
        chosen = [row.pk for row in self.initial.get("directions", [])]
        rows = self.choosable(Direction.objects.all(), *chosen)
        self.fields["directions"].queryset = rows  # type: ignore[attr-defined]


def _directions() -> SeveralRows:
    return SeveralRows(
        Direction.objects.none(),
        label="Какие направления предлагает",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FeatureForm(_WithDirections):
    directions = _directions()

    class Meta:
        model = SchoolFeature
        fields = ["name", "directions"]


class SpellingsField(forms.CharField):
    """Texts one per line; gives a list without empty lines and repetitions."""

    default_validators = [ProhibitNullCharactersValidator()]
    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or []) != (data or "")

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in str(super().clean(value)).splitlines())
        texts = list({fold(line): line for line in lines if fold(line)}.values())
        if len(texts) > MOST_ALIASES:
            raise ValidationError(f"Не больше {MOST_ALIASES} строк.")
        for text in texts:
            MaxLengthValidator(500, "Строка длиннее 500 знаков: разделите её.")(text)
        return texts


class FactorForm(_WithDirections):
    """A factor with its years, its replacement and the spellings that an import knows."""

    definition = forms.CharField(
        label="Пояснение",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Простыми словами: что это значит для школы",
    )
    valid_from = forms.IntegerField(
        label="В списке с года",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="2022 – с 2022/23 учебного года. Пусто – без ограничения",
    )
    valid_to = forms.IntegerField(
        label="В списке по год",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="2021 – по 2021/22 учебный год. Пусто – без ограничения",
    )
    replaced_by = OneRow(
        RiskFactor.objects.none(), label="Заменён на", required=False, empty_label="не заменён"
    )
    aliases = SpellingsField(
        label="Другие написания",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="По одному в строке. По ним фактор узнаётся при загрузке таблиц",
    )
    directions = _directions()

    class Meta:
        model = RiskFactor
        fields = [
            "name",
            "short_name",
            "group",
            "deficit",
            "definition",
            "valid_from",
            "valid_to",
            "replaced_by",
            "aliases",
            "directions",
        ]
        help_texts = {"short_name": "Для таблиц и значков"}

    def offer(self) -> None:
        super().offer()
        year = f"Напишите год числом, от {FIRST_YEAR} до {LAST_YEAR}."
        for name in ("valid_from", "valid_to"):
            self.fields[name].error_messages |= dict.fromkeys(("invalid", "min_value"), year)
            self.fields[name].error_messages["max_value"] = year
        for name, empty in (("group", "выберите группу"), ("deficit", "не указан")):
            choice: Any = self.fields[name]
            choice.choices = [("", empty), *(one for one in choice.choices if one[0])]
        rows = self.choosable(RiskFactor.objects.all(), self.instance.replaced_by_id)
        replacing: Any = self.fields["replaced_by"]
        replacing.queryset = rows.exclude(pk=self.instance.pk)

    def lines(self) -> list[Any]:
        years, about = Row("valid_from", "valid_to"), Row("group", "deficit")
        rest = ["replaced_by", "aliases", "directions"]
        return ["name", "short_name", about, "definition", years, *rest]

    def spellings(self, row: RiskFactor) -> Iterable[str]:
        return [row.name, *([row.short_name] if row.short_name else []), *row.aliases]

    def clean_short_name(self) -> str:
        name = " ".join(self.cleaned_data["short_name"].split())
        if row := self.known.get(fold(name)):
            raise ValidationError(f"Так уже называется фактор «{row}».")
        return name

    def clean_aliases(self) -> list[str]:
        texts: list[str] = self.cleaned_data["aliases"]
        clashes = [f"«{text}» – это уже фактор «{row}»." for text, row in self._taken(texts)]
        if clashes:
            raise ValidationError(clashes)
        return texts

    def _taken(self, texts: Iterable[str]) -> Iterator[tuple[str, CatalogueItem]]:
        for text in texts:
            if row := self.known.get(fold(text)):
                yield text, row

    def clean_replaced_by(self) -> RiskFactor | None:
        """No chain of replacements may come back to where it began."""
        chosen: RiskFactor | None = self.cleaned_data["replaced_by"]
        if chosen is None or self.instance.pk is None:
            return chosen
        successors = dict(RiskFactor.objects.values_list("pk", "replaced_by"))
        place: int | None = chosen.pk
        seen: set[int] = set()
        while place is not None and place not in seen:
            if place == self.instance.pk:
                raise ValidationError(f"«{chosen}» сам заменён на этот фактор: получился бы круг.")
            seen.add(place)
            place = successors.get(place)
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", f"Последний год раньше первого: {first}–{last}.")
        return data

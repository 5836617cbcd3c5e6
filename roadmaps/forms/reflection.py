"""The third stage in one form: conclusion, effects, difficulties, lessons, next steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from roadmaps.forms.choices import or_any_chosen
from roadmaps.forms.fields import Limits
from roadmaps.models import (
    Difficulty,
    Effect,
    Reflection,
    ReflectionDifficulty,
    ReflectionEffect,
    Roadmap,
)
from roadmaps.reflections import ReflectionDraft
from schools.models import CatalogueItem

TEXTS = ("conclusion", "lessons", "next_steps")
#: Beginning of the names of fields → field of the draft, catalogue, words beside the tick.
LISTS: dict[str, tuple[str, type[CatalogueItem], str]] = {
    "effect": ("effects", Effect, "В чём это видно"),
    "difficulty": ("difficulties", Difficulty, "Как проявилась"),
}
_LENGTH: dict[str, int] = {
    "effect": ReflectionEffect._meta.get_field("comment").max_length or 0,
    "difficulty": ReflectionDifficulty._meta.get_field("comment").max_length or 0,
}


@dataclass(frozen=True)
class Choice:
    """One row of a catalogue: a tick and the pair's own words."""

    tick: forms.BoundField
    comment: forms.BoundField


class ReflectionForm(Limits, forms.Form):
    """Everything may be empty but the roadmap cannot be finished without the conclusion (R022).

    `version` is 0 where nobody has written a reflection yet. Words beside a row that is not ticked
    choose it: nothing typed is lost.
    """

    conclusion = forms.CharField(
        label="Вывод: анализ достигнутых результатов",
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Без вывода карта не завершается",
    )
    lessons = forms.CharField(
        label="Чему научились",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_steps = forms.CharField(
        label="Что дальше",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Будет показано при составлении карты этой пары на следующий год",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: Any,
        roadmap: Roadmap,
        reflection: Reflection | None,
        draft: ReflectionDraft,
        **kwargs: Any,
    ) -> None:
        own: dict[str, Any] = {name: getattr(draft, name) for name in TEXTS}
        own["version"] = reflection.version if reflection else 0
        self.rows: dict[str, Sequence[CatalogueItem]] = {}
        for prefix, (name, model, _) in LISTS.items():
            chosen = getattr(draft, name)
            offered: Any = model._default_manager
            known = offered.for_municipality(roadmap.municipality).current()
            self.rows[prefix] = list(or_any_chosen(known, chosen))
            for pk, comment in chosen.items():
                own |= {f"{prefix}_{pk}": True, f"{prefix}_{pk}_comment": comment}
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields |= dict(self._ticks())
        self.set_limits()

    def _ticks(self) -> Iterator[tuple[str, forms.Field]]:
        for prefix, rows in self.rows.items():
            words = LISTS[prefix][2]
            for row in rows:
                yield f"{prefix}_{row.pk}", forms.BooleanField(label=row.name, required=False)
                yield (
                    f"{prefix}_{row.pk}_comment",
                    forms.CharField(
                        label=words,
                        required=False,
                        max_length=_LENGTH[prefix],
                        widget=forms.Textarea(attrs={"rows": 2, "aria-label": f"{words}: {row}"}),
                    ),
                )

    @property
    def effects(self) -> list[Choice]:
        return self._choices("effect")

    @property
    def difficulties(self) -> list[Choice]:
        return self._choices("difficulty")

    def _choices(self, prefix: str) -> list[Choice]:
        return [
            Choice(self[f"{prefix}_{row.pk}"], self[f"{prefix}_{row.pk}_comment"])
            for row in self.rows[prefix]
        ]

    @property
    def draft(self) -> ReflectionDraft:
        """Cleaned values; line breaks as the database keeps them, so that texts compare."""
        data = {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        lists = {
            LISTS[prefix][0]: {
                row.pk: data[f"{prefix}_{row.pk}_comment"]
                for row in rows
                if data[f"{prefix}_{row.pk}"] or data[f"{prefix}_{row.pk}_comment"]
            }
            for prefix, rows in self.rows.items()
        }
        return ReflectionDraft(
            conclusion=data["conclusion"],
            lessons=data["lessons"],
            next_steps=data["next_steps"],
            effects=lists["effects"],
            difficulties=lists["difficulties"],
        )

    def shown(self, name: str) -> str:
        """The value of a field as people read it."""
        value = self[name].value()
        if isinstance(self.fields[name], forms.BooleanField):
            return "отмечено" if value else "не отмечено"
        return str(value or "").replace("\r\n", "\n")

    def told(self, name: str) -> str:
        """The name of a field where it stands alone: a comment says of what."""
        if name.endswith("_comment"):
            return f"{self.fields[name].label}: {self.fields[name.removesuffix('_comment')].label}"
        return str(self.fields[name].label)

"""Why an approved plan is changed: asked by every form that changes one (decision 10)."""

from typing import Any

from django import forms

from roadmaps.actions.plan.journal import Why
from roadmaps.models import Roadmap

_LONGEST = 500
#: Names of the fields: they tell of the change, not of the plan.
NAMES = ("why_reason", "is_correction")


class WhyFields(forms.BaseForm):
    """A mixin: call `ask_why` at the end of `__init__`, pass `form.why` to the action.

    In a plan that was not approved nothing is asked and `why` is None. Show the fields with
    `roadmaps/why_fields.html`.
    """

    def ask_why(self, *roadmaps: Roadmap, may_correct: bool = False) -> None:
        """Add «Почему меняете» if one of the roadmaps is approved (a joint event has several);
        with `may_correct` also the tick of a slip of the pen.

        Whoever lets correct overrides `beyond_correction` and `is_same`.
        """
        if not any(roadmap.is_approved for roadmap in roadmaps):
            return
        reason = forms.CharField(
            label="Почему меняете",
            max_length=_LONGEST,
            required=False,  # see `_check_reason`
            help_text="Карта утверждена: причина останется в истории изменений",
            error_messages={
                "max_length": f"Слишком длинно: помещается {_LONGEST} знаков. Сократите текст",
            },
        )
        # Too long a text is answered by a sentence; the browser must not cut what is pasted.
        reason.widget.attrs.pop("maxlength", None)
        self.fields["why_reason"] = reason
        if may_correct:
            self.fields["is_correction"] = forms.BooleanField(
                label="Это исправление описки",
                required=False,
                help_text="Смысл плана не меняется: причина не нужна, правится только текст",
            )

    def is_same(self) -> bool:
        """Whether nothing is changed after all: then there is nothing to explain."""
        return False

    def beyond_correction(self) -> list[str]:
        """Labels of what was changed and is no slip of the pen."""
        return []

    def clean(self) -> Any:
        data = super().clean()
        if self.cleaned_data.get("is_correction"):
            self._check_correction()
        elif "why_reason" in self.fields:
            self._check_reason()
        return data

    def _check_correction(self) -> None:
        if changed := self.beyond_correction():
            told = ", ".join(f"«{label}»" for label in changed)
            sentence = f"Это уже не описка: изменено {told}. Снимите отметку и напишите причину"
            self.add_error("is_correction", sentence)

    def _check_reason(self) -> None:
        told = self.cleaned_data.get("why_reason") or "why_reason" in self.errors
        if not told and not self.is_same():
            or_else = ", или отметьте исправление описки"
            way_out = or_else if "is_correction" in self.fields else " план"
            self.add_error("why_reason", f"Карта утверждена: напишите, почему меняете{way_out}")

    @property
    def why_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in NAMES if name in self.fields]

    @property
    def why(self) -> Why | None:
        """For the action; None where the plan is not approved."""
        if "why_reason" not in self.fields:
            return None
        is_correction = bool(self.cleaned_data.get("is_correction"))
        return Why(reason=self.cleaned_data.get("why_reason", ""), is_correction=is_correction)

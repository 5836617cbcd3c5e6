"""Steps of the life cycle: the reason from the list, words, who comes instead."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.utils.html import format_html

from common.fields import OneRow
from partnerships.actions.moves import possible_successors
from partnerships.enums import NEEDS_COMMENT, VERB_LABELS
from partnerships.models import MoveReason, Partnership

_BACK = '<a class="btn plain wide" href="{}">Не сейчас</a>'
#: More partnerships of the same school are no choice any more.
_OFFERED = 50


class MoveForm(forms.Form):
    """What stops or ends the work needs a reason of the list; «Другое» needs words.

    `has_warnings`: the checks before an agreement warn, so the methodist says why all the same.
    """

    reason = OneRow(MoveReason.objects.none(), label="Причина", empty_label="выберите причину")
    comment = forms.CharField(
        label="Пояснение, если нужно",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Пояснение увидят участники партнёрства",
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        verb: str,
        back_url: str,
        has_warnings: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Выберите причину из списка."
        comment = self.fields["comment"]
        if not self._offer_reasons(partnership, verb):
            # Without a list, or where it is empty, only the words can tell why.
            del self.fields["reason"]
            comment.required = verb in NEEDS_COMMENT or has_warnings
        if comment.required:
            comment.label = "Почему всё же согласовано" if has_warnings else "Почему"
            comment.error_messages["required"] = (
                "Проверка нашла, на что обратить внимание: напишите, почему всё же согласовано."
                if has_warnings
                else "Напишите почему."
            )
        look = "bad wide" if verb in {"decline", "finish", "replace"} else "main wide"
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.fields,
            ButtonHolder(
                Submit("move", VERB_LABELS[verb].capitalize(), css_class=look),
                HTML(format_html(_BACK, back_url)),
            ),
        )

    def _offer_reasons(self, partnership: Partnership, verb: str) -> bool:
        if verb not in NEEDS_COMMENT:
            return False
        rows = MoveReason.objects.for_municipality(partnership.municipality).current()
        field: Any = self.fields["reason"]
        field.queryset = rows.filter(verb=verb)
        return field.queryset.exists()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        reason = data.get("reason")
        if reason and reason.says_nothing and not data.get("comment"):
            self.add_error("comment", "Для причины «Другое» напишите, что случилось.")
        return data


class ReplaceForm(MoveForm):
    """A change of the partner: who comes instead may be said at once."""

    PROPOSE, EXISTING, LATER = "propose", "existing", "later"
    NEXT = {
        PROPOSE: "предложить новое партнёрство сейчас",
        EXISTING: "новое партнёрство уже есть, укажу его",
        LATER: "пока не решено",
    }

    instead = forms.ChoiceField(
        label="Что будет вместо него", choices=list(NEXT.items()), widget=forms.RadioSelect
    )
    successor = OneRow(
        Partnership.objects.none(),
        label="Новое партнёрство",
        required=False,
        empty_label="выберите партнёрство",
        help_text="Партнёрства тех же целевых школ. Нужно, если новое уже есть",
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["instead"].initial = self.PROPOSE
        found = possible_successors(partnership).order_by("-pk").values_list("pk", flat=True)
        offered = list(found[:_OFFERED])
        if offered:
            rows = Partnership.objects.filter(pk__in=offered).with_members()
            fields["successor"].queryset = rows
            return
        del fields["successor"]
        fields["instead"].choices = [
            (value, label) for value, label in self.NEXT.items() if value != self.EXISTING
        ]
        layout: Any = self.helper.layout
        layout.fields.remove("successor")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("instead") == self.EXISTING:
            if not data.get("successor") and "successor" not in self.errors:
                self.add_error("successor", "Выберите партнёрство, которое будет вместо этого.")
        else:
            data["successor"] = None
        return data

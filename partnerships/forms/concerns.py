"""Forms of signals: a new one, a step, the filter of the list."""

from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.utils.html import format_html

from common.fields import OneRow
from partnerships.enums import CONCERN_VERBS, ConcernKind, ConcernState
from partnerships.models import Concern, Partnership, PartnershipMember

_BACK = '<a class="btn plain wide" href="{}">Не сейчас</a>'


class MemberRow(OneRow):
    """A member by the name of its school."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.school} ({obj.get_role_display()})"


class ConcernForm(forms.ModelForm):
    """`own`: schools of the person, of which nothing is said here; `must_name`: a school speaks
    of its partner, not of the pair as a whole."""

    class Meta:
        model = Concern
        fields = ["kind", "member", "text"]
        field_classes = {"member": MemberRow}
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea({"rows": 4})}
        labels = {"member": "О какой школе речь", "text": "Что именно и с какого времени"}

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        own: Collection[int],
        must_name: bool,
        back_url: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.partnership = partnership
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = ConcernKind.choices
        fields["kind"].error_messages["required"] = "Отметьте, что случилось."
        others = PartnershipMember.objects.filter(partnership=partnership, left_on=None)
        fields["member"].queryset = others.exclude(school__in=own).select_related("school")
        fields["member"].required = must_name
        fields["member"].empty_label = "выберите школу" if must_name else "о партнёрстве в целом"
        fields["member"].error_messages["required"] = "Выберите школу."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.fields,
            ButtonHolder(
                Submit("save", "Сообщить", css_class="main wide"),
                HTML(format_html(_BACK, back_url)),
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == ConcernKind.OTHER and not data.get("text"):
            self.add_error("text", "Для вида «другое» напишите, что случилось.")
        return data


class ConcernMoveForm(forms.Form):
    """A step with its words: how it was resolved, what the chair is asked, why it is back."""

    LABELS = {
        "escalate": "Что уже сделано и о чём просите председателя",
        "resolve": "Что решено",
        "reopen": "Почему сигнал открыт снова",
    }
    comment = forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, verb: str, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = self.LABELS[verb]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "comment",
            ButtonHolder(
                Submit("move", CONCERN_VERBS[verb].capitalize(), css_class="main wide"),
                HTML(format_html(_BACK, back_url)),
            ),
        )


class ConcernFilter(forms.Form):
    """Search and choice of the list; lives in the address. Resolved ones are shown on demand."""

    q = forms.CharField(label="Школа или тема партнёрства", required=False, max_length=200)
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "не решены"), *ConcernState.choices, ("all", "все")],
    )
    kind = forms.ChoiceField(
        label="Что случилось", required=False, choices=[("", "любое"), *ConcernKind.choices]
    )

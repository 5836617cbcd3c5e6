"""Forms of the leaders' page: filter, terms of a school, settings of the network."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.utils.html import format_html

from partnerships.lead_list import FREE, OVER, UNASKED
from partnerships.models import LeadTerms, NetworkSettings
from schools.forms.by_name import SchoolByName
from schools.models import Municipality, School

SHOW = {
    "": "все",
    OVER: "перегружены",
    FREE: "есть места",
    UNASKED: "ведут, но о готовности не спрошены",
}
MOST_TARGETS, MOST_DAYS = 50, 365
_BACK = '<a class="btn plain" href="{}">Не сейчас</a>'


class LeadFilter(forms.Form):
    """Search and choice of the list; lives in the address."""

    q = forms.CharField(label="Школа", required=False, max_length=200)
    show = forms.ChoiceField(label="Какие", required=False, choices=list(SHOW.items()))


class LeadTermsForm(forms.ModelForm):
    """What a school says about leading others. `most`: how many it may ask for itself."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = LeadTerms
        fields = ["is_willing", "limit", "note"]
        labels = {
            "is_willing": "Готова ли школа быть лидером",
            "limit": "Сколько целевых школ готова вести",
        }
        help_texts = {"note": "Например: «с января», «только по математике»"}
        widgets = {
            "is_willing": forms.RadioSelect(
                choices=[("", "не спрашивали"), ("True", "готова"), ("False", "не готова")]
            )
        }

    def __init__(self, *args: Any, usual: int, most: int, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        limit = self.fields["limit"]
        limit.help_text = f"Пусто – как у всех, не больше {usual}"
        limit.widget.attrs.update({"class": "short", "min": 1, "max": MOST_TARGETS})
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.fields,
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(_BACK, back_url))),
        )

    def clean_limit(self) -> int | None:
        limit = self.cleaned_data["limit"]
        if limit is None or limit == self.initial.get("limit"):
            return limit
        if limit < 1:
            raise forms.ValidationError(
                "Напишите число от 1. Если школа не может вести никого, отметьте «не готова»."
            )
        if limit > self.most:
            raise forms.ValidationError(
                f"Не больше {self.most}: больше школе разрешает методист."
                if self.most < MOST_TARGETS
                else f"Не больше {MOST_TARGETS}."
            )
        return limit


class NewLeadForm(LeadTermsForm):
    """The same of a school that is typed by its name."""

    school = SchoolByName(of=School(), label="Школа", only_open=True)
    field_order = ["school"]

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name: Any = self.fields["school"]
        by_name.of = School(municipality=municipality)
        by_name.required = True
        by_name.help_text = "Начните писать название: «СОШ №3»"


class SettingsForm(forms.ModelForm):
    """What the committee decides for the whole network."""

    class Meta:
        model = NetworkSettings
        fields = ["lead_limit", "quiet_days", "renewal_days"]
        labels = {
            "lead_limit": "Сколько целевых школ ведёт один лидер, не больше",
            "quiet_days": "Через сколько дней без контакта пара считается остывшей",
            "renewal_days": "За сколько дней напоминать о конце договора",
        }

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            most = MOST_TARGETS if name == "lead_limit" else MOST_DAYS
            sentence = f"Напишите целое число от 1 до {most}."
            field.widget.attrs.update({"class": "short", "min": 1, "max": most})
            field.error_messages = dict.fromkeys(("required", "invalid", "min_value"), sentence)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.fields,
            ButtonHolder(Submit("save", "Сохранить"), HTML(format_html(_BACK, back_url))),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, value in list(data.items()):
            most = MOST_TARGETS if name == "lead_limit" else MOST_DAYS
            if not 1 <= value <= most:
                self.add_error(name, f"Напишите целое число от 1 до {most}.")
        return data

"""Gallery of components in all their states, for the administrator and for developers."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.roles import Permission
from common.badges import BADGES
from common.icons import ICONS
from common.paging import page_of
from common.verdicts import Allowed, Denied, require


class SampleForm(forms.Form):
    """Every kind of field that the portal uses."""

    title = forms.CharField(label="Мероприятие", max_length=60)
    due = forms.CharField(
        label="Срок", help_text="Как в плане: «до 20.10.2026», «октябрь – ноябрь»"
    )
    kind = forms.ChoiceField(
        label="Вид мероприятия",
        choices=[("seminar", "Семинар"), ("visit", "Взаимопосещение уроков")],
    )
    people = forms.IntegerField(label="Педагоги", help_text="Если педагогов не было, поставьте 0")
    place = forms.ChoiceField(
        label="Где",
        widget=forms.RadioSelect,
        choices=[
            ("lead", "В школе-лидере"),
            ("target", "В целевой школе"),
            ("far", "Дистанционно"),
        ],
    )
    risks = forms.MultipleChoiceField(
        label="Отвечает на риски",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("needs", "Обучающиеся с ОВЗ"), ("fail", "Учебная неуспешность")],
        help_text="Можно отметить несколько",
    )
    story = forms.CharField(
        label="Что получилось", required=False, widget=forms.Textarea({"rows": 3})
    )
    photo = forms.FileField(label="Фото", required=False, help_text="Один снимок до 20 МБ")
    agreed = forms.BooleanField(label="Согласовано с обеими школами", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = "Не сохранено: исправьте отмеченное"
        self.helper.layout = Layout(
            Row("title", "due", "kind"),
            Fieldset("Сколько участников", "people"),
            "place",
            "risks",
            "story",
            "photo",
            "agreed",
            ButtonHolder(
                Submit("save", "Сохранить"),
                Submit("later", "Закончить позже", css_class="plain wide"),
            ),
        )


@dataclass(frozen=True)
class Link:
    """A step, a tab, a figure or a fact: what the small components take."""

    label: str = ""
    url: str = "#gallery"
    done: bool = False
    current: bool = False
    value: str = ""
    bad: bool = False

    @property
    def text(self) -> str:
        return self.label

    @property
    def term(self) -> str:
        return self.label


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the page; 403 for everybody but the administrator."""
    allowed = Permission.MANAGE_SYSTEM in request.permissions  # type: ignore[attr-defined]
    require(Allowed() if allowed else Denied("Каталог элементов открыт администратору."))
    return render(request, "gallery.html", sample(request))


def sample(request: HttpRequest) -> dict[str, Any]:
    """Context with every state; the form is bound to wrong input on purpose."""
    wrong = {"wrong-title": "Семинар", "wrong-people": "много", "wrong-place": "moon"}
    return {
        "sample_form": SampleForm(wrong, prefix="wrong"),
        "clean_form": SampleForm(prefix="clean", initial={"place": "lead", "risks": ["needs"]}),
        "single_field": SampleForm(prefix="single")["due"],
        "badges": list(BADGES),
        "icons": sorted(ICONS),
        "page": page_of(range(60), request),
        "denied": Denied("У строки 2.4 нет ответственного."),
        "steps": [
            Link("Черновик", done=True),
            Link("Согласована школами", done=True),
            Link("Выполняется", current=True),
            Link("Завершена"),
        ],
        "tabs": [Link("Обзор", current=True), Link("Риски"), Link("Мероприятия"), Link("История")],
        "figs": [
            Link("ждут моего решения, дольше всех – 5 дней", value="6"),
            Link("мероприятия просрочены в трёх школах", value="4", bad=True),
            Link("мероприятий на этой неделе", value="5"),
        ],
        "facts": [
            Link("Полное имя", "", value="Муниципальное бюджетное учреждение «СОШ №3»"),
            Link("Учащихся", "", value="612"),
            Link("Сайт", "#gallery", value="Страница школы"),
            Link("Педагогов", ""),
        ],
    }

"""Forms of the people pages."""

from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.roles import SCHOOL_ROLES, Role
from common.search import fold
from common.widgets import date_input
from schools.enums import AccountState, OrgType
from schools.models import Membership, Municipality, School

SOMEBODY_ELSE = (
    "С этой почтой в портале уже записан человек с другой фамилией. Проверьте почту и фамилию."
)
WHEN = {"now": "работают сейчас", "past": "уже не работают", "all": "все"}
NOT_CHOSEN = "Не выбрано"


class PeopleFilter(forms.Form):
    """Search and choice of the list; lives in the address."""

    q = forms.CharField(label="Имя, должность или почта", required=False, max_length=200)
    role = forms.ChoiceField(label="Роль", required=False)
    account = forms.ChoiceField(label="Вход", required=False)
    when = forms.ChoiceField(label="Когда", required=False, choices=list(WHEN.items()))
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label="Муниципалитет", required=False, empty_label="Все"
    )

    def __init__(self, *args: Any, everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [("", "Все"), *Role.choices]
        fields["account"].choices = [("", "Любой"), *AccountState.choices]
        if not everywhere:
            del self.fields["municipality"]


class PersonForm(forms.ModelForm):
    """Whom to invite and to which post. `allowed`: roles that the inviter may give;
    `municipality`: where; None lets choose any (administrator)."""

    class Meta:
        model = Membership
        fields = ["name", "email", "role", "municipality", "school", "post", "since"]
        widgets = {
            "since": date_input(),
            "name": forms.TextInput({"autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
        }
        help_texts = {
            "name": "Полностью, как в документах",
            "email": "На неё придёт приглашение, с ней человек будет входить",
            "since": "Можно не указывать",
        }

    def __init__(
        self, *args: Any, allowed: list[Role], municipality: Municipality | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        fields: dict[str, Any] = self.fields
        fields["email"].required = True
        fields["email"].label = "Электронная почта"
        fields["role"].required = True
        fields["role"].choices = [
            ("", "Выберите роль"),
            *((r.value, r.label) for r in allowed),
        ]
        self._offer_places(fields)
        self.helper = FormHelper()
        self.helper.form_error_title = "Не отправлено: исправьте отмеченное"
        place = Row("municipality", "school") if municipality is None else "school"
        self.helper.layout = Layout(
            "name",
            "email",
            "role",
            place,
            Row("post", "since"),
            ButtonHolder(Submit("invite", "Пригласить")),
        )

    def _offer_places(self, fields: dict[str, Any]) -> None:
        schools = School.objects.open().filter(org_type=OrgType.GENERAL)
        if self.municipality is not None:
            del fields["municipality"]
            fields["school"].queryset = schools.of(self.municipality)
            fields["school"].empty_label = NOT_CHOSEN
            return
        fields["municipality"].help_text = "Для председателя и методиста"
        fields["municipality"].empty_label = NOT_CHOSEN
        fields["school"].help_text = "Для директора, координатора и куратора"
        rows = schools.select_related("municipality").order_by("municipality__name", "sort_key")
        fields["school"].queryset = rows
        fields["school"].choices = [("", NOT_CHOSEN), *_by_municipality(rows)]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        self.known = account_with(email)
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role, school = data.get("role"), data.get("school")
        if role in SCHOOL_ROLES and not school:
            self.add_error("school", "Для этой роли выберите школу.")
        data["municipality"] = self._place(role, school, data.get("municipality"))
        if role not in SCHOOL_ROLES:
            data["school"] = None
        if not self.errors and is_somebody_else(self.known, data["name"]):
            self.add_error("email", SOMEBODY_ELSE)
        if not self.errors and self._held_already(data):
            self.add_error("email", "У человека с этой почтой уже есть эта роль здесь.")
        self.instance.municipality = data["municipality"]
        return data

    def _place(
        self, role: str | None, school: School | None, chosen: Municipality | None
    ) -> Municipality | None:
        """The school decides; without one the chosen municipality; an administrator has none."""
        if role == Role.ADMINISTRATOR:
            return None
        if role in SCHOOL_ROLES:
            return school.municipality if school else None
        if role and not (self.municipality or chosen):
            self.add_error("municipality", "Для этой роли выберите муниципалитет.")
        return self.municipality or chosen

    def _held_already(self, data: dict[str, Any]) -> bool:
        held = Membership.objects.filter(
            user=self.known,
            municipality=data["municipality"],
            school=data.get("school"),
            role=data["role"],
            until=None,
        )
        return self.known is not None and held.exclude(pk=self.instance.pk).exists()


class EndForm(forms.Form):
    """The last day of work at a post."""

    until = forms.DateField(
        label="Последний день работы",
        help_text="В этот день вход ещё открыт, на следующий – нет",
        widget=date_input(),
    )

    def __init__(self, *args: Any, row: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["until"].initial = timezone.localdate()
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if self.row.since and until < self.row.since:
            raise forms.ValidationError("Это раньше первого дня работы.")
        return until


def account_with(email: str) -> User | None:
    """The account with this address; ValidationError where it is closed."""
    user = User.objects.filter(email=email).first()
    if user and not user.is_active:
        raise forms.ValidationError("Вход с этой почтой закрыт. Обратитесь к администратору.")
    return user


def is_somebody_else(known: User | None, name: str) -> bool:
    """A mistyped address must not give the post to whoever owns it."""
    family = fold(known.name).split()[:1] if known else []
    return bool(family) and family != fold(name).split()[:1]


def _by_municipality(rows: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices of schools with the municipality as the heading of a group."""
    return [
        (place.name, [(school.pk, school.short_name) for school in group])
        for place, group in groupby(rows, key=lambda school: school.municipality)
    ]

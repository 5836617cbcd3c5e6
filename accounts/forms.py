"""Forms of signing in, of passwords and of the view of pages."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError

from accounts import rules
from accounts.models import User
from common.russian import nbsp
from common.view import CHOICES, View

NEW_HINT = (
    "Не меньше 10 знаков, не только цифры, не из списка частых паролей, не похож на имя и почту"
)


def bare_helper() -> FormHelper:
    """The template writes the form's tag and its buttons itself."""
    helper = FormHelper()
    helper.form_tag = False
    return helper


class SignInForm(auth_forms.AuthenticationForm):
    """E-mail and password. The answer to a wrong pair does not tell which of them is wrong."""

    username = auth_forms.UsernameField(
        label="Электронная почта",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    remember = forms.BooleanField(
        label=nbsp("Не выходить на этом устройстве 14 дней"), required=False
    )
    error_messages = {
        "invalid_login": (
            "Почта или пароль не подошли. Проверьте раскладку и заглавные буквы: "
            f"после {settings.AXES_FAILURE_LIMIT} неудачных попыток вход закроется на время."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.helper = bare_helper()
        self.helper.form_error_title = "Войти не получилось"

    def confirm_login_allowed(self, user: User) -> None:
        verdict = rules.may_sign_in(user)
        if not verdict:
            raise ValidationError(verdict.reason, code="closed")


class PasswordResetForm(auth_forms.PasswordResetForm):
    email = forms.EmailField(
        label="Электронная почта",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def get_users(self, email: str) -> list[User]:
        """A closed account gets no letter; a person without a password needs an invitation."""
        return [user for user in super().get_users(email.strip()) if rules.may_sign_in(user)]


class NewPasswordForm(auth_forms.SetPasswordForm):
    """The first password (invitation) and one set by a link from a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_new_password(self.fields)
        self.helper = bare_helper()

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = False
        return super().save(commit)


class PasswordChangeForm(auth_forms.PasswordChangeForm):
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Нынешний пароль"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        _describe_new_password(self.fields)
        self.helper = bare_helper()

    def clean_new_password1(self) -> str:
        """A demanded change is a change."""
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError("Это нынешний пароль, нужен другой.", code="same")
        return str(password)


def _describe_new_password(fields: dict[str, forms.Field]) -> None:
    fields["new_password1"].label = "Новый пароль"
    fields["new_password1"].help_text = NEW_HINT
    fields["new_password2"].label = "Новый пароль ещё раз"
    fields["new_password2"].help_text = ""


class ViewForm(forms.Form):
    """«Версия для слабовидящих»: one choice per setting of `common.view`."""

    LABELS = {
        "scheme": "Цвета",
        "size": "Размер текста",
        "spacing": "Расстояние между буквами и строками",
        "images": "Изображения",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=list(CHOICES[name].items()), widget=forms.RadioSelect
            )
        self.helper = bare_helper()

    def view(self) -> View:
        return View.of(self.cleaned_data)

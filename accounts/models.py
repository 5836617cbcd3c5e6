"""People who sign in, how they are invited and what they are told."""

import hashlib
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.names import list_name, signature_name

INVITATION_LIFETIME = timedelta(days=14)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person who signs in by `email`; without a password sign-in is impossible."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What the person may do is said by memberships (schools)."""

    email = models.EmailField("электронная почта", unique=True)
    name = models.CharField("фамилия, имя, отчество", max_length=200, blank=True)
    is_active = models.BooleanField("может входить", default=True)
    is_staff = models.BooleanField("входит в служебный раздел", default=False)
    is_demo = models.BooleanField("демонстрационная запись", default=False, editable=False)
    must_change_password = models.BooleanField("должен сменить пароль", default=False)
    view_settings = models.JSONField("вид страниц", default=dict, blank=True)
    list_columns = models.JSONField("столбцы списков", default=dict, blank=True)
    joined_at = models.DateTimeField("создана", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_lower",
                violation_error_message="Адрес почты хранится строчными буквами",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    @property
    def list_name(self) -> str:
        """«Демина О. П.», or the address where the name is not known."""
        return list_name(self.name) or self.email

    @property
    def signature_name(self) -> str:
        """«О. П. Демина», or the address where the name is not known."""
        return signature_name(self.name) or self.email


def token_hash(token: str) -> str:
    """SHA-256 of an invitation token: the database never holds what opens the door."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def for_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=token_hash(token)).select_related("user")


class Invitation(models.Model):
    """A link that lets a person set the first password once, within fourteen days."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="invitations", verbose_name="кому"
    )
    token_hash = models.CharField("отпечаток ключа", max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", null=True, verbose_name="кто пригласил"
    )
    created_at = models.DateTimeField("создано", default=timezone.now)
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("использовано", null=True, blank=True)
    revoked_at = models.DateTimeField("отозвано", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"Приглашение: {self.user}"

    @property
    def is_open(self) -> bool:
        return not self.used_at and not self.revoked_at and self.expires_at > timezone.now()


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> "NotificationQuerySet":
        return self.filter(recipient=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """A line for one person. It stores a URL name; access is judged when it is opened."""

    recipient = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="notifications", verbose_name="кому"
    )
    text = models.CharField("текст", max_length=500)
    url_name = models.CharField("страница", max_length=100, blank=True)
    url_args = models.JSONField("параметры страницы", default=list, blank=True)
    created_at = models.DateTimeField("когда", default=timezone.now)
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"]),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at=None), name="notification_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def url(self) -> str:
        """Address of the thing told of; empty when the page no longer exists."""
        try:
            return reverse(self.url_name, args=self.url_args) if self.url_name else ""
        except NoReverseMatch:
            return ""

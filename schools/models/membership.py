"""Who works where: the one person record of the portal."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from accounts.models import Invitation, User
from accounts.names import list_name, signature_name
from accounts.roles import SCHOOL_ROLES, Permission, Role
from common.constraints import unique_with_nulls
from common.fields import DerivedField
from common.in_force import in_force
from common.search import SearchQuerySet, fold
from schools.enums import AccountState
from schools.heads import HEAD_POSTS
from schools.models.catalogue import CatalogueItem
from schools.models.municipality import Municipality
from schools.models.school import School
from schools.standing import is_administrator, municipalities_seen_by, municipalities_with

_HEAD_WITHOUT_ROLE = Q(role="") & reduce(or_, (Q(post__startswith=post) for post in HEAD_POSTS))


class TeamFunction(CatalogueItem):
    """What a person does in a team of the school or of several schools (R139)."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "функция в команде"
        verbose_name_plural = "функции в команде"


class MembershipQuerySet(SearchQuerySet, models.QuerySet["Membership"]):
    def active(self, on: date) -> Self:
        return self.filter(in_force(on))

    def heads(self) -> Self:
        """Directors of schools, with an account or without."""
        return self.filter(Q(role=Role.DIRECTOR) | _HEAD_WITHOUT_ROLE)

    def heads_of(self, school: School) -> Self:
        return self.heads().filter(school=school)

    def administrators(self) -> Self:
        """Rows that keep the installation in hands: without an end and able to sign in."""
        return self.filter(role=Role.ADMINISTRATOR, until=None, user__is_active=True).exclude(
            user__password__startswith=UNUSABLE_PASSWORD_PREFIX
        )

    def with_account(self) -> Self:
        """Annotate `account` with the state of the person's way into the portal."""
        invited = Invitation.objects.open().filter(user=OuterRef("user"))
        unusable = Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.annotate(
            account=Case(
                When(Q(user=None) | Q(role=""), then=Value(AccountState.NONE)),
                When(user__is_active=False, then=Value(AccountState.CLOSED)),
                When(~unusable, then=Value(AccountState.ACTIVE)),
                When(Exists(invited), then=Value(AccountState.INVITED)),
                default=Value(AccountState.EXPIRED),
                output_field=models.CharField(),
            )
        )

    def on_cards_seen_by(self, user: User) -> Self:
        """People of the schools whose cards the person sees."""
        return self.filter(school__municipality__in=municipalities_seen_by(user))

    def visible_to(self, user: User) -> Self:
        """People of the municipalities where `user` manages people; all for the administrator."""
        if is_administrator(user):
            return self
        return self.filter(municipality__in=municipalities_with(user, Permission.MANAGE_PEOPLE))


class Membership(models.Model):
    """A person at a post, from – until, with or without an account.

    `role` empty: a head, signatory, mentor or responsible person who does not sign in.
    The administrator's row has no municipality: it is held in the installation.
    """

    user = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="учётная запись",
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="муниципалитет",
    )
    school = models.ForeignKey(
        School,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="школа",
    )
    role = models.CharField("роль в портале", max_length=20, choices=Role, blank=True)
    name = models.CharField("фамилия, имя, отчество", max_length=200)
    post = models.CharField("должность", max_length=200, blank=True)
    email = models.EmailField("рабочая почта", blank=True)
    phone = models.CharField("рабочий телефон", max_length=50, blank=True)
    in_team = models.BooleanField("в управленческой команде", default=False)
    function = models.ForeignKey(
        TeamFunction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="функция в команде",
    )
    since = models.DateField("с какого числа", null=True, blank=True)
    until = models.DateField("по какое число", null=True, blank=True)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=500)

    #: A value of `AccountState`; there only on rows of `with_account()`.
    account: str

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "работа в организации"
        verbose_name_plural = "кто где работает"
        ordering = ["municipality", "school", "name", "pk"]
        indexes = [
            models.Index(fields=["municipality", "role"]),
            models.Index(fields=["municipality", "search_key", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="membership_since_until",
                violation_error_message="Дата окончания раньше даты начала",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.ADMINISTRATOR, municipality=None, school=None)
                | (~Q(role=Role.ADMINISTRATOR) & Q(municipality__isnull=False)),
                name="membership_has_place",
                violation_error_message="Укажите муниципалитет; у администратора его нет",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(SCHOOL_ROLES)) | Q(school__isnull=False),
                name="membership_school_role",
                violation_error_message="Для этой роли укажите школу",
            ),
            *unique_with_nulls(
                "user",
                "municipality",
                "school",
                "role",
                nullable=("municipality", "school"),
                condition=Q(until=None, user__isnull=False),
                name="membership_once",
                message="Такая роль у человека уже есть",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}" if self.post else self.name

    def _search_key(self) -> str:
        return fold(f"{self.name} {self.post} {self.email}")[:500]

    def is_over(self, on: date) -> bool:
        return self.until is not None and self.until < on

    def has_begun(self, on: date) -> bool:
        return self.since is None or self.since <= on

    @property
    def list_name(self) -> str:
        return list_name(self.name)

    @property
    def signature_name(self) -> str:
        return signature_name(self.name)

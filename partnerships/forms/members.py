"""Rows of the members: schools typed by name, their roles, contributions and dates (R153)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.row_id import row_id
from common.widgets import date_input
from partnerships.draft import MOST_MEMBERS, MemberDraft
from partnerships.enums import MemberRole
from partnerships.models import PartnershipMember
from partnerships.period import refuse_odd_year
from schools.forms.by_name import LIST_ID
from schools.models import Municipality, School
from schools.names import school_key

PLACES_ID = "known-municipalities"
_KEY = re.compile(r"role_(\d{1,3})")
_ROLES = [
    (MemberRole.LEAD, "школа-лидер"),
    (MemberRole.TARGET, "целевая школа"),
    (MemberRole.PARTICIPANT, "участник"),
]
#: A group has a hub school and participants, and nobody in it is a target.
_GROUP_ROLES = [(MemberRole.LEAD, "опорная школа"), (MemberRole.PARTICIPANT, "участник")]
_PARTS = ("member", "school", "place", "role", "contribution", "joined", "left")


@dataclass(frozen=True)
class MemberRow:
    """One row as the page shows it; `known` is the school of a member that is written down."""

    index: int
    number: int
    known: School | None
    fields: Mapping[str, forms.BoundField]
    has_place: bool
    can_remove: bool

    @property
    def is_open(self) -> bool:
        """Whether the folded part of the row has something to show."""
        names = ("joined", "left", "place") if self.has_place else ("joined", "left")
        return any(self.fields[name].value() or self.fields[name].errors for name in names)


def rows_of(data: Mapping[str, Any]) -> list[int]:
    """Numbers of the rows that a form was sent with."""
    found = sorted(int(match[1]) for key in data if (match := _KEY.fullmatch(key)))
    return found[: MOST_MEMBERS + 1]


def row_of(member: PartnershipMember, index: int, home: Municipality) -> dict[str, Any]:
    """Initial values of the row of a member."""
    school = member.school
    values = {
        "member": member.pk,
        "school": school.short_name,
        "place": "" if school.municipality_id == home.pk else school.municipality.name,
        "role": member.role,
        "contribution": member.contribution,
        "joined": member.joined_on,
        "left": member.left_on,
    }
    return {f"{name}_{index}": value for name, value in values.items()}


class MembersFields(forms.Form):
    """Fields of the rows; the form that inherits them calls `offer_members`.

    `found`: the schools of the rows as far as they are known, by the number of the row.
    """

    municipality: Municipality
    found: dict[int, School]

    def offer_members(
        self,
        rows: Sequence[int],
        *,
        known: Mapping[int, PartnershipMember],
        is_group: bool,
        may_go: bool,
        focus: int | None = None,
    ) -> None:
        """`known`: members by id; `may_go`: they may be taken out; `focus`: row to begin in."""
        self.rows, self.known_members, self.may_go = list(rows), known, may_go
        #: Fields with names of which no school or municipality was found.
        self.misnamed: set[str] = set()
        roles = _GROUP_ROLES if is_group else _ROLES
        places = Municipality.objects.exclude(pk=self.municipality.pk).order_by("name")
        self.places = {_plain(place.name): place for place in places}
        for number, index in enumerate(self.rows, start=1):
            for name, field in _fields(f"Участник {number}", roles).items():
                self.fields[f"{name}_{index}"] = field
        if focus in self.rows:
            self.fields[f"school_{focus}"].widget.attrs["autofocus"] = True

    @property
    def member_fields(self) -> list[str]:
        return [f"{name}_{index}" for index in self.rows for name in _PARTS]

    @property
    def member_rows(self) -> Iterator[MemberRow]:
        for number, index in enumerate(self.rows, start=1):
            known = self._known(index)
            yield MemberRow(
                index=index,
                number=number,
                known=known,
                fields={name: self[f"{name}_{index}"] for name in _PARTS},
                has_place=bool(self.places) and known is None,
                can_remove=len(self.rows) > 1 and (known is None or self.may_go),
            )

    def _known(self, index: int) -> School | None:
        """The school of a member that is written down; its name is no longer typed."""
        member = self.known_members.get(row_id(str(self[f"member_{index}"].value() or "")))
        return member.school if member else None

    def clean_members(self) -> None:
        """Find the schools of all rows at once and say what is wrong with each."""
        wanted = {index: key for index in self.rows if (key := self._wanted(index))}
        named = School.objects.filter(
            municipality__in={place for place, _ in wanted.values()},
            name_key__in=[key for _, key in wanted.values()],
        )
        by_name = {
            (school.municipality_id, school.name_key): school
            for school in named.select_related("municipality", "legal_form")
        }
        for index in self.rows:
            if known := self._known(index):
                self.found[index] = known
            elif index in wanted:
                self._take(index, by_name.get(wanted[index]))
            elif not self._is_blank(index) and not self._typed(index, "school"):
                self.add_error(f"school_{index}", "Назовите школу или очистите строку.")
            left = self.cleaned_data.get(f"left_{index}")
            if left and left > timezone.localdate():
                # Every figure takes a school that has a day of leaving for one that has left.
                self.add_error(f"left_{index}", "Этот день не наступил: впишите его, когда выйдет.")

    def _wanted(self, index: int) -> tuple[int, str] | None:
        """Municipality and key of the name typed in a row; None for a member known by its id."""
        name, place = self._typed(index, "school"), self._typed(index, "place")
        if not name or self._known(index):
            return None
        if not place or _plain(place) == _plain(self.municipality.name):
            return self.municipality.pk, school_key(name)
        found = self.places.get(_plain(place))
        if found is None:
            self._refuse(f"place_{index}", "Такого муниципалитета в портале нет.")
        return found.pk if found else 0, school_key(name)

    def _take(self, index: int, school: School | None) -> None:
        if f"place_{index}" in self.errors:
            return
        if school is None:
            foreign = bool(self._typed(index, "place"))
            sentence = (
                "В этом муниципалитете такой школы нет. Название должно быть как в его списке школ."
                if foreign
                else "Такой школы или организации в муниципалитете нет. Напишите, например: СОШ №3."
            )
            self._refuse(f"school_{index}", sentence)
        elif school.closed_on:
            self._refuse(f"school_{index}", f"{school}: уже закрыта. Назовите действующую.")
        else:
            self.found[index] = school

    def _refuse(self, name: str, sentence: str) -> None:
        self.misnamed.add(name)
        self.add_error(name, sentence)

    def _typed(self, index: int, name: str) -> str:
        return str(self.cleaned_data.get(f"{name}_{index}") or "")

    def _is_blank(self, index: int) -> bool:
        parts = ("school", "place", "contribution", "joined", "left")
        return not any(self.data.get(f"{name}_{index}") for name in parts)

    def drafted(self) -> list[tuple[int, MemberDraft]]:
        """Members as typed, with the number of the row, as far as their schools are found."""
        data = self.cleaned_data
        return [
            (
                index,
                MemberDraft(
                    school=self.found[index],
                    role=data.get(f"role_{index}", ""),
                    contribution=data.get(f"contribution_{index}", ""),
                    joined_on=data.get(f"joined_{index}"),
                    left_on=data.get(f"left_{index}"),
                ),
            )
            for index in self.rows
            if index in self.found and data.get(f"role_{index}")
        ]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _fields(who: str, roles: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        "member": forms.CharField(required=False, max_length=20, widget=forms.HiddenInput),
        "school": forms.CharField(
            label=f"{who}: школа",
            required=False,
            max_length=200,
            widget=forms.TextInput({"list": LIST_ID, "autocomplete": "off"}),
        ),
        "place": forms.CharField(
            label=f"{who}: муниципалитет",
            required=False,
            max_length=200,
            widget=forms.TextInput({"list": PLACES_ID, "autocomplete": "off"}),
        ),
        "role": forms.ChoiceField(label=f"{who}: роль", choices=roles),
        "contribution": forms.CharField(label=f"{who}: вклад", required=False, max_length=500),
        "joined": forms.DateField(
            label=f"{who}: вступила", required=False, widget=date_input(), validators=[_sensible]
        ),
        "left": forms.DateField(
            label=f"{who}: вышла", required=False, widget=date_input(), validators=[_sensible]
        ),
    }


def _sensible(day: Any) -> None:
    try:
        refuse_odd_year(day)
    except ValueError as error:
        raise ValidationError(str(error)) from None

"""Kinds of workbooks, by what they hold."""

from schools.enums import ImportKind
from schools.exchange.base import Kind
from schools.exchange.kinds import categories, people, profiles, schools

KINDS: dict[ImportKind, Kind] = {
    ImportKind.SCHOOLS: schools,
    ImportKind.PROFILES: profiles,
    ImportKind.CATEGORIES: categories,
    ImportKind.PEOPLE: people,
}

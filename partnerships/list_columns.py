"""Columns of the list of partnerships, on the page and in the file."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.columns import Cell, ListColumns, Own, columns_for, names_chosen
from common.russian import long_date
from common.sheets import Rows, Value
from partnerships.agreement_list import with_agreement_state
from partnerships.enums import MemberRole, Scenario
from partnerships.models import Concern, CuratorAssignment, Partnership
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.period import period_text
from partnerships.rules import partnership as rules

SLOT = "partnerships.list"
#: Shown to a person who chose nothing, together with the columns of the apps above.
USUAL = frozenset({"start", "agreement", "state"})
STATE = "partnerships/cells/state.html"
CONCERNS = "partnerships/cells/concerns.html"

Fill = Callable[[Sequence[Partnership]], dict[int, Any]]


@dataclass(frozen=True)
class ListRow:
    """`about` is the line under the title of a group: its kind and, where it has one, its end."""

    partnership: Partnership
    about: str
    cells: list[Cell]


def for_rows(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Fetch along members with schools: one query more."""
    return partnerships.with_members()


def columns_of(partnerships: Sequence[Partnership], user: User) -> ListColumns:
    """Columns filled for partnerships fetched by `for_rows`; one query for each that needs one.
    Concerns are offered to those who see all partnerships."""
    upper = columns_for(SLOT, user, partnerships)
    place = partnerships[0].municipality_id if partnerships else None
    sees_all = place is not None and bool(rules.sees_all(user, place))
    known = [own for own in _OWN if own.key != "concerns" or sees_all]
    return ListColumns.chosen(known, upper, names_chosen(SLOT, user), USUAL, partnerships)


def rows_of(partnerships: Sequence[Partnership], columns: ListColumns) -> list[ListRow]:
    return [
        ListRow(one, about_of(one), [column.cell(one.pk) for column in columns.shown])
        for one in partnerships
    ]


def about_of(partnership: Partnership) -> str:
    """«Кросс-функциональная команда, временная, по 31 мая 2027 г.»; empty for an ordinary pair."""
    if not partnership.is_group:
        return ""
    kind = partnership.get_kind_display()
    until = f", по {partnership.end}" if partnership.end else ""
    return f"{kind[:1].upper()}{kind[1:]}{until}"


def lines_of(rows: Rows, names: Sequence[str], user: User) -> Iterator[list[Value]]:
    """Lines of the file: title, topic, then the columns of these names."""
    for partnerships in rows.chunks():
        found = {column.name: column for column in columns_of(partnerships, user).shown}
        for one in partnerships:
            cells = [found[name].value(one.pk) if name in found else None for name in names]
            yield [one.title, one.topic, *cells]


def _of_row(get: Callable[[Partnership], Any]) -> Fill:
    """Cells from the partnership itself; «» where it is not known."""

    def fill(partnerships: Sequence[Partnership]) -> dict[int, Any]:
        return {one.pk: get(one) for one in partnerships}

    return fill


def _members(role: MemberRole) -> Fill:
    def fill(partnerships: Sequence[Partnership]) -> dict[int, Any]:
        names = {
            one.pk: [member.school.short_name for member in one.members_with(role)]
            for one in partnerships
        }
        return {pk: ", ".join(found) for pk, found in names.items() if found}

    return fill


def _many(name: str) -> Fill:
    """Cells from a many-to-many relation: one query."""

    def fill(partnerships: Sequence[Partnership]) -> dict[int, Any]:
        rows = Partnership.objects.filter(pk__in=[one.pk for one in partnerships])
        rows = rows.filter(**{f"{name}__isnull": False}).order_by("pk", f"{name}__position")
        found: dict[int, list[str]] = defaultdict(list)
        for pk, text in rows.values_list("pk", f"{name}__name"):
            found[pk].append(text)
        return {pk: "; ".join(texts) for pk, texts in found.items()}

    return fill


def _agreements(partnerships: Sequence[Partnership]) -> dict[int, Any]:
    """«есть», and until when where that is known."""
    rows = Partnership.objects.filter(pk__in=[one.pk for one in partnerships]).order_by()
    # The plugin of Django does not know what the other function annotates.
    found: Any = with_agreement_state(rows)
    states = found.values_list("pk", "has_agreement", "agreement_until")
    return {
        pk: f"есть, до {long_date(until)}" if until else "есть" for pk, has, until in states if has
    }


def _curators(partnerships: Sequence[Partnership]) -> dict[int, Any]:
    rows = CuratorAssignment.objects.active(timezone.localdate())
    rows = rows.filter(partnership__in=partnerships).select_related("member").order_by("pk")
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        names[row.partnership_id].append(row.member.list_name)
    return {pk: ", ".join(dict.fromkeys(found)) for pk, found in names.items()}


def _concerns(partnerships: Sequence[Partnership]) -> dict[int, Any]:
    rows = Concern.objects.unresolved().filter(partnership__in=partnerships).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.partnership_id].append(row.get_kind_display())
    return dict(found)


def _scenario(partnership: Partnership) -> str:
    return "" if partnership.scenario == Scenario.UNSET else partnership.get_scenario_display()


def _changed_on(partnership: Partnership) -> Any:
    return timezone.localtime(partnership.updated_at).date() if partnership.updated_at else ""


_OWN = (
    Own("kind", "Вид", 30, _of_row(lambda one: one.get_kind_display())),
    Own("leads", "Лидеры, опорные школы", 24, _members(MemberRole.LEAD)),
    Own("targets", "Целевые школы", 24, _members(MemberRole.TARGET)),
    Own("start", "Период", 24, _of_row(lambda one: period_text(one.start, one.end))),
    Own("scenario", "Сценарий", 40, _of_row(_scenario)),
    Own("directions", "Направления", 40, _many("directions")),
    Own("factors", "Факторы риска", 40, _many("factors")),
    Own("agreement", "Договор", 22, _agreements),
    Own("curators", "Кураторы", 24, _curators),
    Own(
        "concerns",
        "Сигналы",
        24,
        _concerns,
        CONCERNS,
        ", ".join,
    ),
    Own("result", "Результат", 40, _of_row(lambda one: one.result)),
    Own("updated", "Изменено", 14, _of_row(_changed_on)),
    Own(
        "state",
        "Состояние",
        18,
        _of_row(lambda one: one),
        STATE,
        lambda one: one.get_state_display(),
    ),
)

"""Rows of the workbook of risk profiles against the profiles of the year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from common.academic_year import AcademicYear
from common.changes import Change, differences
from common.russian import numeric_date
from schools.enums import Significance
from schools.exchange.base import ParsedRow, Planned, Problem, Scope
from schools.exchange.stated import defaults, stated
from schools.models import RiskFactor, RiskProfile, RiskProfileItem, School
from schools.models.risk import RiskProfileItemQuerySet
from schools.profile_draft import FIELDS, ItemDraft, ProfileDraft
from schools.rules import profiles as rules

#: What is said of an overcome factor only; the columns' words for a sentence.
OF_OVERCOME = {
    "overcome_on": "Когда",
    "overcome_with": "Во взаимодействии со школой",
    "overcome_note": "Благодаря чему",
}
#: What belongs to the whole profile and is told by any row of the school.
OF_PROFILE = ("source", "source_note")
BOTH = "«Не выявлен» и «преодолён» вместе не бывают: выберите одно."
ITSELF = "Это сама школа: назовите другую или оставьте ячейку пустой."


@dataclass(frozen=True)
class Entry:
    """A factor of a school's profile; `of_profile` holds what this row changes of the profile."""

    school: School
    factor: RiskFactor
    before: ItemDraft | None
    after: ItemDraft
    of_profile: dict[str, str]
    source: Change | None


class Register:
    """Profiles of the year in the municipality; two queries."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.year = scope, year_of(scope)
        profiles = RiskProfile.objects.in_year(self.year)
        self.profiles = {
            row.school_id: row for row in profiles.filter(school__municipality=scope.municipality)
        }
        self.items = {(row.profile.school_id, row.factor_id): row for row in items_of(scope)}
        #: School and field of the profile → what the file tells and the row that tells it first.
        self.told: dict[tuple[int, str], tuple[str, int]] = {}

    def profile(self, school: School) -> RiskProfile:
        """The profile of the year, or a blank one where there is none."""
        return self.profiles.get(school.pk) or RiskProfile(school=school, year=self.year)

    def factor(self, school: School, found: Sequence[RiskFactor]) -> RiskFactor:
        """Of several of one name the one that the profile names, else the preferred one."""
        named = (row for row in found if (school.pk, row.pk) in self.items)
        return next(named, found[0])


def year_of(scope: Scope) -> AcademicYear:
    """The year of the profiles; the engine asks for it, because the kind needs one."""
    if scope.year is None:
        raise ValueError("A workbook of risk profiles needs an academic year.")
    return scope.year


def items_of(scope: Scope) -> RiskProfileItemQuerySet:
    """Factors of the municipality's profiles of the year."""
    rows = RiskProfileItem.objects.filter(
        profile__year=year_of(scope), profile__school__municipality=scope.municipality
    )
    return rows.select_related("profile__school", "factor", "overcome_with")


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    """Two queries, however many rows there are."""
    register = Register(scope)
    return [_planned(register, row) for row in rows]


def _planned(register: Register, row: ParsedRow) -> Planned:
    school, found = row.values.get("school"), row.values.get("factor")
    if school is None or found is None:
        return Planned.of(row, title=_title(school, found[0] if found else None), school=school)
    factor = register.factor(school, found)
    item = register.items.get((school.pk, factor.pk))
    after = _after(row, item)
    fields, trouble = _of_profile(register, row, school)
    source = _source_words(register.profile(school), fields)
    return Planned.of(
        row,
        title=_title(school, factor),
        school=school,
        changes=[*_changes(item, after), *_told_of_profile(register, school, fields)],
        errors=[*_wrong(register, row, school, factor, item, after), *trouble],
        is_new=item is None,
        payload=Entry(
            school,
            factor,
            ItemDraft.of(item) if item else None,
            after,
            fields,
            source,
        ),
        key=(school.pk, factor.pk),
        key_column="factor",
    )


def _title(school: School | None, factor: RiskFactor | None) -> str:
    return ": ".join(part for part in (str(school or ""), factor.label if factor else "") if part)


def _after(row: ParsedRow, item: RiskProfileItem | None) -> ItemDraft:
    """A factor that is overcome no more loses what was said of that."""
    before = ItemDraft.of(item) if item else ItemDraft()
    after = replace(before, **stated(RiskProfileItem, FIELDS, row, item))
    if before.overcome and not after.overcome:
        kept = {name for name in OF_OVERCOME if row.values.get(name)}
        return replace(after, **defaults(RiskProfileItem, OF_OVERCOME.keys() - kept))
    return after


def _changes(item: RiskProfileItem | None, after: ItemDraft) -> list[Change]:
    before = ItemDraft.of(item) if item else ItemDraft()
    return differences(RiskProfileItem, _fields(before), _fields(after))


def _fields(draft: ItemDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in FIELDS}


def _of_profile(
    register: Register, row: ParsedRow, school: School
) -> tuple[dict[str, str], list[Problem]]:
    """The source belongs to the profile: the first row that tells it changes it."""
    profile = register.profile(school)
    fields, errors = {}, []
    for name, value in stated(RiskProfile, OF_PROFILE, row, profile).items():
        first, number = register.told.setdefault((school.pk, name), (value, row.number))
        if first != value:
            text = f"В строке {number} у этой школы написано другое. У профиля источник один."
            errors.append(row.problem(name, text))
        elif number == row.number and value != getattr(profile, name):
            fields[name] = value
    return fields, errors


def _told_of_profile(register: Register, school: School, fields: dict[str, str]) -> list[Change]:
    profile = register.profile(school)
    before = {name: getattr(profile, name) for name in OF_PROFILE}
    return differences(RiskProfile, before, fields)


def _source_words(profile: RiskProfile, fields: dict[str, str]) -> Change | None:
    """The change of the source in the words of the profile's own form."""
    before = ProfileDraft(profile.source, profile.source_note)
    source, note = (fields.get(name, getattr(profile, name)) for name in OF_PROFILE)
    after = ProfileDraft(source, note)
    return Change("источник", before.source_words, after.source_words) if fields else None


def _wrong(
    register: Register,
    row: ParsedRow,
    school: School,
    factor: RiskFactor,
    item: RiskProfileItem | None,
    after: ItemDraft,
) -> Iterable[Problem]:
    verdict = rules.can_edit(register.scope.by, school, register.scope.today)
    if not verdict:
        yield row.problem("school", f"{verdict.reason} Уберите строку из файла.")
    if item is None and (reason := _not_chosen(factor, register.year)):
        yield row.problem("factor", reason)
    yield from _wrong_overcome(row, school, after)
    day = row.values.get("overcome_on")
    if day and day > register.scope.today:
        yield row.problem("overcome_on", f"{numeric_date(day)} – будущая дата.")
    elif day and day < rules.FIRST_YEAR.starts:
        yield row.problem("overcome_on", f"Дата {numeric_date(day)} слишком давняя: проверьте год.")


def _not_chosen(factor: RiskFactor, year: AcademicYear) -> str:
    """Why a factor cannot be named in the year anew, and what stands for it now."""
    if factor.is_valid_in(year) and not factor.is_retired:
        return ""
    heir = factor.replaced_by
    advice = f"Вместо него – «{heir.name}»." if heir else "Выберите фактор из списка."
    return f"Фактора «{factor.name}» нет в списке {year} учебного года. {advice}"


def _wrong_overcome(row: ParsedRow, school: School, after: ItemDraft) -> Iterable[Problem]:
    if after.overcome and after.significance == Significance.NONE:
        at = "significance" if "significance" in row.values else "overcome"
        yield row.problem(at, BOTH)
    if after.overcome_with == school:
        yield row.problem("overcome_with", ITSELF)
    for name, title in OF_OVERCOME.items():
        if row.values.get(name) and not after.overcome:
            yield row.problem(
                name,
                f"Графу «{title}» заполняют у преодолённого фактора: напишите «да» "
                "в графе «Преодолён» или очистите эту ячейку.",
            )

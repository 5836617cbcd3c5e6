"""The workbook of schools and other organisations: one row a card, found by its name."""

from collections.abc import Iterator, Mapping, Sequence

from schools.enums import ImportKind, Locality, OrgType, SchoolKind
from schools.exchange import cells
from schools.exchange.base import ParsedRow, Planned, Scope, Told
from schools.exchange.columns import DECIMAL, WHOLE, Cell, Column
from schools.exchange.kinds import schools_compared, schools_written
from schools.models import LegalForm, School

kind = ImportKind.SCHOOLS
sheet = "Школы"
needs_year = False
how = (
    "Школа находится по краткому названию: «СОШ№3», «МОБУ «СОШ № 3»» и «Сош N 3» – одна школа. "
    "Само название таблицей не меняется: переименуйте школу в её карточке.",
    "У новой школы можно не писать название: достаточно вида и номера.",
    "Головную организацию пишите кратким названием, как в портале или в этом же файле.",
    "Классы, обучающихся и педагогов указывают только у общеобразовательных организаций.",
    "Закрытые школы таблицей не меняются.",
)

_YES_NO = ("да", "нет")
_KIND_ALIASES = {
    "средняя общеобразовательная школа": SchoolKind.SOSH,
    "основная общеобразовательная школа": SchoolKind.OOSH,
    "начальная общеобразовательная школа": SchoolKind.NOSH,
    "открытая (сменная) общеобразовательная школа": SchoolKind.OSOSH,
    "средняя школа": SchoolKind.SSH,
    "интернат": SchoolKind.BOARDING,
    "иная": SchoolKind.OTHER,
}
_TYPE_ALIASES = {"школа": OrgType.GENERAL, "детский сад": OrgType.PRESCHOOL, "вуз": OrgType.HIGHER}
_LOCALITY_ALIASES = {
    "город": Locality.URBAN,
    "городской": Locality.URBAN,
    "село": Locality.RURAL,
    "сельский": Locality.RURAL,
}


def columns(scope: Scope) -> Sequence[Column]:
    """Two queries: legal forms, names of the organisations that may be a parent."""
    return [*_naming(scope), *_standing(scope), *_numbers(), *_place()]


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    return schools_compared.plan(scope, rows)


def apply(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    schools_written.write(scope, planned, origin, told)


def current(scope: Scope) -> Iterator[Mapping[str, Cell]]:
    """The organisations that are open, in natural order; one query."""
    known = School.objects.of(scope.municipality).open()
    for school in known.select_related("legal_form", "parent"):
        yield _cells_of(school)


def _cells_of(school: School) -> dict[str, Cell]:
    plain = ("short_name", "full_name", "number", "department", "grades_from", "grades_to")
    more = ("pupils", "teachers", "settlement", "address", "site", "email", "phone")
    found = {name: getattr(school, name) for name in (*plain, *more, "latitude", "longitude")}
    return {name: "" if value is None else value for name, value in found.items()} | {
        "legal_form": school.legal_form.name if school.legal_form else "",
        "kind": school.get_kind_display(),
        "org_type": school.get_org_type_display(),
        "parent": school.parent.short_name if school.parent else "",
        "counted_in_parent": "да" if school.counted_in_parent else "",
        "locality": school.get_locality_display() if school.locality else "",
    }


def _naming(scope: Scope) -> list[Column]:
    forms = list(LegalForm.objects.for_municipality(scope.municipality))
    chosen = {form.name: form for form in forms if not form.is_retired}
    understood = {form.full_name: form for form in forms if form.full_name}
    understood |= {form.name: form for form in forms}
    form = cells.choice(chosen, understood, "Такой организационно-правовой формы нет")
    kinds = cells.choice([(k.label, k) for k in SchoolKind], _KIND_ALIASES, "Такого вида нет")
    return [
        Column(
            "short_name",
            "Краткое название",
            cells.text(_room("short_name")),
            hint="По нему портал находит школу. Без названия нужны вид и номер.",
            example="СОШ №3",
            width=24,
            aliases=("Название", "Наименование", "Краткое наименование", "Школа"),
            clearable=False,
        ),
        Column(
            "legal_form",
            "Организационно-правовая форма",
            form,
            choices=tuple(chosen),
            example=next(iter(chosen), ""),
            width=16,
            aliases=("Правовая форма", "ОПФ"),
        ),
        Column(
            "kind",
            "Вид",
            kinds,
            choices=tuple(SchoolKind.labels),
            example="СОШ",
            width=16,
            clearable=False,
        ),
        Column("number", "Номер", cells.text(_room("number")), example="3", width=9),
        Column(
            "full_name",
            "Полное название",
            cells.text(_room("full_name")),
            example="Муниципальное общеобразовательное бюджетное учреждение «СОШ №3»",
            width=48,
            aliases=("Полное наименование",),
        ),
    ]


def _standing(scope: Scope) -> list[Column]:
    types = cells.choice([(t.label, t) for t in OrgType], _TYPE_ALIASES, "Такого типа нет")
    known = School.objects.of(scope.municipality).open().values_list("short_name", flat=True)
    return [
        Column(
            "org_type",
            "Тип организации",
            types,
            choices=tuple(OrgType.labels),
            hint="По закону: школа и гимназия – один тип, общеобразовательная организация.",
            example=OrgType.GENERAL.label,
            width=30,
            clearable=False,
        ),
        Column(
            "parent",
            "Головная организация",
            cells.text(_room("short_name")),
            choices=tuple(known),
            hint="Только у филиала: краткое название головной организации.",
            width=24,
            strict=False,
        ),
        Column(
            "counted_in_parent",
            "Учтено в головной организации",
            cells.yes_no,
            choices=_YES_NO,
            hint="«да», если обучающиеся филиала уже посчитаны в головной организации.",
            width=16,
            aliases=("Учтено в головной",),
        ),
        Column(
            "department",
            "Ведомственная принадлежность",
            cells.text(_room("department")),
            example="Комитет по образованию",
            width=26,
            aliases=("Ведомство",),
        ),
    ]


def _numbers() -> list[Column]:
    grade = cells.whole(1, 12)
    return [
        Column("grades_from", "Классы с", grade, example=1, width=9, form=WHOLE),
        Column("grades_to", "Классы по", grade, example=11, width=9, form=WHOLE),
        Column(
            "pupils",
            "Обучающихся",
            cells.whole(0, 100_000),
            example=412,
            width=13,
            aliases=("Количество обучающихся", "Учеников"),
            form=WHOLE,
        ),
        Column(
            "teachers",
            "Педагогов",
            cells.whole(0, 10_000),
            example=35,
            width=11,
            aliases=("Количество педагогов", "Учителей"),
            form=WHOLE,
        ),
    ]


def _place() -> list[Column]:
    localities = cells.choice([(x.label, x) for x in Locality], _LOCALITY_ALIASES)
    return [
        Column(
            "locality",
            "Местность",
            localities,
            choices=tuple(Locality.labels),
            example=Locality.URBAN.label,
            width=13,
        ),
        Column(
            "settlement",
            "Населённый пункт",
            cells.text(_room("settlement")),
            example="г. Примерск",
            width=20,
        ),
        Column(
            "address", "Адрес", cells.text(_room("address")), example="ул. Школьная, 1", width=30
        ),
        Column(
            "site", "Сайт", cells.url(_room("site")), example="https://school3.example", width=24
        ),
        Column(
            "email",
            "Почта",
            cells.email,
            example="school3@example.ru",
            width=24,
            aliases=("Электронная почта",),
        ),
        Column(
            "phone", "Телефон", cells.text(_room("phone")), example="8 (000) 000-00-03", width=20
        ),
        Column(
            "latitude",
            "Широта",
            cells.decimal(-90, 90, 6),
            hint="Необязательно. Градусы с долями: 58,2",
            example=58.2,
            width=12,
            form=DECIMAL,
        ),
        Column(
            "longitude",
            "Долгота",
            cells.decimal(-180, 180, 6),
            hint="Необязательно. Градусы с долями: 68,25",
            example=68.25,
            width=12,
            form=DECIMAL,
        ),
    ]


def _room(name: str) -> int:
    """How many characters the field holds."""
    return getattr(School._meta.get_field(name), "max_length", None) or 0

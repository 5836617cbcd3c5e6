"""Common catalogue rows that every installation starts with.

The wording of obligations, criteria and indicators is the owner's (seeds 000–004); the factor list
is that of the project «500+» (`facts.md` 1.1). All of it may be edited afterwards: loading again
adds what is missing and never overwrites.
"""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from indicators.enums import Unit
from indicators.models import Breakdown, Indicator
from partnerships.enums import StatementKind
from partnerships.models import Obligation, Statement
from roadmaps.enums import NetworkStep
from roadmaps.models import EventKind, TargetGroup
from schools.enums import CategoryCode, FactorGroup
from schools.models import CatalogueItem, Category, Direction, LegalForm, RiskFactor

Item = TypeVar("Item", bound=CatalogueItem)


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    more: dict[str, Any] = field(default_factory=dict)


LEGAL_FORMS = [
    Row("mobu", "МОБУ", {"full_name": "муниципальное общеобразовательное бюджетное учреждение"}),
    Row("mbou", "МБОУ", {"full_name": "муниципальное бюджетное общеобразовательное учреждение"}),
    Row("maou", "МАОУ", {"full_name": "муниципальное автономное общеобразовательное учреждение"}),
    Row("mkou", "МКОУ", {"full_name": "муниципальное казённое общеобразовательное учреждение"}),
    Row("gbou", "ГБОУ", {"full_name": "государственное бюджетное общеобразовательное учреждение"}),
    Row("mou", "МОУ", {"full_name": "муниципальное общеобразовательное учреждение"}),
]

CATEGORIES = [
    Row(CategoryCode.LOW_RESULTS, "ШНОР", {"badge_tone": "warn"}),
    Row(CategoryCode.ADVERSE_CONTEXT, "ШНСУ", {"badge_tone": "warn"}),
    Row(CategoryCode.LOW_OR_ADVERSE, "ШНОР и ШНСУ", {"badge_tone": "warn"}),
    Row(
        CategoryCode.AT_RISK,
        "В зоне риска снижения образовательных результатов",
        {"badge_tone": "warn"},
    ),
    Row(CategoryCode.RESILIENT, "Эффективная (резильентная) школа", {"badge_tone": "ok"}),
]

FACTORS = [
    Row(
        "inhouse_pd_missing",
        "Несформированность внутришкольной системы повышения квалификации",
        {"group": FactorGroup.STAFF, "short_name": "Внутришкольное ПК", "valid_from": 2022},
    ),
    Row(
        "equipment_low",
        "Низкий уровень оснащения школы",
        {"group": FactorGroup.RESOURCES, "short_name": "Оснащение школы"},
    ),
    Row(
        "competence_low",
        "Недостаточный уровень предметной и методической компетентности педагогических работников",
        {
            "group": FactorGroup.STAFF,
            "short_name": "Компетентность педагогов",
            "aliases": [
                "Недостаточная предметная и методическая компетентность педагогических работников"
            ],
        },
    ),
    Row(
        "ovz_share_high",
        "Высокая доля обучающихся с ОВЗ",
        {"group": FactorGroup.PUPILS, "short_name": "Обучающиеся с ОВЗ"},
    ),
    Row(
        "failure_share_high",
        "Высокая доля обучающихся с рисками учебной неуспешности",
        {"group": FactorGroup.PUPILS, "short_name": "Учебная неуспешность"},
    ),
    Row(
        "environment_low",
        "Пониженный уровень качества школьной образовательной и воспитательной среды",
        {"group": FactorGroup.ENVIRONMENT, "short_name": "Школьная среда", "valid_from": 2022},
    ),
    Row(
        "parents_low",
        "Низкий уровень вовлечённости родителей",
        {
            "group": FactorGroup.FAMILY,
            "short_name": "Вовлечённость родителей",
            "aliases": ["Низкий уровень вовлеченности родителей"],
        },
    ),
    Row(
        "adaptivity_low",
        "Риски низкой адаптивности учебного процесса",
        {
            "group": FactorGroup.TEACHING,
            "short_name": "Адаптивность учебного процесса",
            "valid_from": 2022,
        },
    ),
    Row(
        "staff_shortage",
        "Дефицит педагогических кадров",
        {"group": FactorGroup.STAFF, "short_name": "Дефицит кадров"},
    ),
    Row(
        "language_barrier",
        "Низкое качество преодоления языковых и культурных барьеров",
        {"group": FactorGroup.PUPILS, "short_name": "Языковые и культурные барьеры"},
    ),
    Row(
        "wellbeing_low",
        "Пониженный уровень школьного благополучия",
        {"group": FactorGroup.ENVIRONMENT, "short_name": "Благополучие", "valid_to": 2021},
    ),
    Row(
        "motivation_low",
        "Низкая учебная мотивация обучающихся",
        {"group": FactorGroup.PUPILS, "short_name": "Учебная мотивация", "valid_to": 2021},
    ),
    Row(
        "discipline_low",
        "Низкий уровень дисциплины в классе",
        {"group": FactorGroup.ENVIRONMENT, "short_name": "Дисциплина", "valid_to": 2021},
    ),
]

DIRECTIONS = [
    Row("ict", "Использование информационно-коммуникационных технологий"),
    Row("personal_potential", "Развитие личностного потенциала"),
    Row("teachers", "Предметная и методическая компетентность педагогов"),
    Row("sen_pupils", "Обучение детей с ОВЗ"),
    Row("failure", "Преодоление учебной неуспешности"),
    Row("families", "Вовлечение родителей"),
    Row("adaptivity", "Адаптивность учебного процесса"),
]

#: Obligations of the «Школа-Партнер», verbatim but for the capital letter (R011–R015).
OBLIGATIONS = [
    Row(
        "joint_events",
        "Принимать участие в организации, подготовке и проведении совместных мероприятий по "
        "реализации Программы перехода в эффективный режим развития Образовательной организации",
        {"short_name": "Совместные мероприятия"},
    ),
    Row(
        "consulting",
        "Проводить консультационное сопровождение",
        {"short_name": "Консультационное сопровождение"},
    ),
    Row(
        "strategy",
        "Принимать участие в разработке стратегии (Программы) перехода Образовательной организации "
        "в эффективный режим развития",
        {"short_name": "Разработка программы перехода"},
    ),
    Row(
        "seminars",
        "Принимать участие в межшкольных семинарах",
        {"short_name": "Межшкольные семинары"},
    ),
    Row(
        "training",
        "Организовать проведение обучения на своей базе педагогических работников Образовательной "
        "организации, стажировки в различных форматах и технологиях взаимодействия; оказывать "
        "информационно-методическую помощь",
        {"short_name": "Обучение и стажировки на своей базе"},
    ),
]

#: R004, R005, R006, R002, in the words of seed 000.
STATEMENTS = [
    Row(
        "networking",
        "Сетевое профессиональное взаимодействие",
        {
            "kind": StatementKind.DEFINITION,
            "text": "Система взаимообусловленных действий руководителей и педагогических "
            "работников общеобразовательных организаций, позволяющих им реализовывать совместную "
            "деятельность, направленную на профессиональное развитие.",
        },
    ),
    Row(
        "community",
        "Профессиональное сетевое сообщество",
        {
            "kind": StatementKind.DEFINITION,
            "text": "Формальная или неформальная группа профессионалов, работающих в одной "
            "предметной или проблемной профессиональной деятельности в сети.",
        },
    ),
    Row("space", "Пространство", {"kind": StatementKind.CHARACTERISTIC}),
    Row("information", "Информация", {"kind": StatementKind.CHARACTERISTIC}),
    Row("time", "Время", {"kind": StatementKind.CHARACTERISTIC}),
    Row("energy", "Энергия", {"kind": StatementKind.CHARACTERISTIC}),
    Row("partnership", "Партнёрское взаимодействие", {"kind": StatementKind.CHARACTERISTIC}),
    Row("schools", "Взаимодействие школ", {"kind": StatementKind.LEVEL}),
    Row("collectives", "Взаимодействие коллективов", {"kind": StatementKind.LEVEL}),
    Row("pupils", "Взаимодействие детей", {"kind": StatementKind.LEVEL}),
]

EVENT_KINDS = [
    Row("teams_meeting", "Встреча управленческих команд"),
    Row("seminar", "Семинар"),
    Row("round_table", "Круглый стол"),
    Row("conference", "Конференция"),
    Row("discussion", "Дискуссия"),
    Row("experience_meeting", "Встреча по обмену опытом"),
    Row("partnership_day", "День партнёрского взаимодействия"),
    Row("master_class", "Мастер-класс"),
    Row("internship", "Стажировка"),
    Row("consultation", "Консультация"),
    Row("lesson_visits", "Взаимопосещение уроков"),
    Row("open_lesson", "Открытый урок"),
    Row("diagnostics", "Диагностика, мониторинг"),
    Row("drafting", "Разработка документа"),
    Row("contest", "Олимпиада, конкурс, фестиваль"),
    Row("parents_meeting", "Родительское собрание"),
    Row("expedition", "Экспедиция, выезд"),
    Row("webinar", "Вебинар", {"step": NetworkStep.ONLINE}),
    Row("online_conference", "Интернет-конференция", {"step": NetworkStep.ONLINE}),
    Row("publication", "Публикация материалов на сайте", {"step": NetworkStep.ONLINE}),
]

#: Groups of R103 in the words of the seed's teachers first.
TARGET_GROUPS = [
    Row("teachers", "Педагоги"),
    Row("pupils", "Обучающиеся"),
    Row("parents", "Родители"),
    Row("councils", "Члены управляющих советов"),
    Row("community", "Представители местного сообщества"),
]

INDICATORS = [
    Row(
        "gia",
        "Доля учащихся, успешно сдавших государственную итоговую аттестацию",
        {
            "short_name": "Успешно сдали ГИА",
            "unit": Unit.PERCENT,
            "numerator_label": "успешно сдали ГИА",
            "denominator_label": "всего выпускников",
        },
    ),
    Row(
        "olympiad_participants",
        "Количество учащихся 8–11 классов, принимающих участие в школьном, муниципальном этапах "
        "ВсОШ по предметам: русский язык и математика",
        {"short_name": "Участие в ВсОШ, 8–11 классы", "unit": Unit.PARTICIPATIONS},
    ),
    Row(
        "olympiad_winners",
        "Количество учащихся 8–11 классов – победителей и призёров муниципального этапа ВсОШ "
        "по предметам: русский язык и математика",
        {"short_name": "Победители и призёры ВсОШ", "unit": Unit.PARTICIPATIONS},
    ),
    Row(
        "contests",
        "Доля учащихся 8–11 классов, принимающих участие в конкурсном и олимпиадном движении "
        "по предметам: русский язык и математика",
        {
            "short_name": "Участие в конкурсах и олимпиадах",
            "unit": Unit.PERCENT,
            "numerator_label": "участвовали хотя бы раз",
            "denominator_label": "учащихся 8–11 классов",
        },
    ),
    Row(
        "online_platforms",
        "Доля педагогических работников образовательной организации, использующих онлайн-платформы",
        {
            "short_name": "Педагоги, использующие онлайн-платформы",
            "unit": Unit.PERCENT,
            "numerator_label": "используют онлайн-платформы",
            "denominator_label": "всего педагогических работников",
        },
    ),
]

#: Series of R024 (stage × subject), R025 (status × subject) and R026 (subject).
BREAKDOWNS = {
    "olympiad_participants": [
        ("school_russian", "Школьный этап, русский язык"),
        ("school_maths", "Школьный этап, математика"),
        ("municipal_russian", "Муниципальный этап, русский язык"),
        ("municipal_maths", "Муниципальный этап, математика"),
    ],
    "olympiad_winners": [
        ("winner_russian", "Победители, русский язык"),
        ("winner_maths", "Победители, математика"),
        ("prize_russian", "Призёры, русский язык"),
        ("prize_maths", "Призёры, математика"),
    ],
    "contests": [("russian", "Русский язык"), ("maths", "Математика")],
}

CATALOGUES: dict[type[CatalogueItem], list[Row]] = {
    LegalForm: LEGAL_FORMS,
    Category: CATEGORIES,
    RiskFactor: FACTORS,
    Direction: DIRECTIONS,
    Obligation: OBLIGATIONS,
    Statement: STATEMENTS,
    EventKind: EVENT_KINDS,
    TargetGroup: TARGET_GROUPS,
    Indicator: INDICATORS,
}


def by_code(model: type[Item]) -> dict[str, Item]:
    """The common rows of a catalogue by their codes."""
    # The plugin of Django forgets which model the variable stands for, with a cache or without.
    rows: Any = model.objects.filter(municipality=None)
    return {row.code: row for row in rows}


def load_catalogues() -> int:
    """Add the common rows that are not there yet; return how many were added."""
    added = sum(_load(model, rows) for model, rows in CATALOGUES.items())
    return added + _load_breakdowns()


def _load(model: type[CatalogueItem], rows: list[Row]) -> int:
    known = set(model.objects.filter(municipality=None).values_list("code", flat=True))
    missing = [
        model(code=row.code, name=row.name, position=position, **row.more)
        for position, row in enumerate(rows, start=1)
        if row.code not in known
    ]
    return len(model.objects.bulk_create(missing))


def _load_breakdowns() -> int:
    added = 0
    for indicator in Indicator.objects.filter(municipality=None, code__in=BREAKDOWNS):
        for position, (code, name) in enumerate(BREAKDOWNS[indicator.code], start=1):
            _, is_new = Breakdown.objects.get_or_create(
                indicator=indicator, code=code, defaults={"name": name, "position": position}
            )
            added += is_new
    return added

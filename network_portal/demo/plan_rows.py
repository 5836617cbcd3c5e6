"""Invented but plausible rows of five roadmaps. Offsets are days from the day of the show."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from common.russian import month_name
from roadmaps.enums import ReportState, RoadmapState, Stage

ACQUAINTANCE, JOINT, REFLECTION = Stage


@dataclass(frozen=True)
class Due:
    """A due date to be written as people write it: `first` and `last` are offsets in days."""

    form: str
    first: int = 0
    last: int = 0

    def text(self, today: date, end: date) -> str:
        """Nothing is planned past the `end` of the roadmap."""
        first = min(today + timedelta(days=self.first), end)
        last = min(today + timedelta(days=self.last), end)
        return self.form.format(
            day=f"{first:%d.%m.%Y}",
            month=f"{month_name(first.month)} {first.year}",
            months=f"{month_name(first.month)} {first.year} – {month_name(last.month)} {last.year}",
            bare_months=f"{month_name(first.month)} – {month_name(last.month)}",
        )


def until(offset: int) -> Due:
    return Due("до {day}", offset)


def on(offset: int) -> Due:
    return Due("{day}", offset)


def in_month(offset: int) -> Due:
    return Due("{month}", offset)


def months(first: int, last: int) -> Due:
    return Due("{months}", first, last)


@dataclass(frozen=True)
class Report:
    """A school's report: when it was held (offset in days), in which state it is now."""

    school: str
    held: int
    state: ReportState = ReportState.CONFIRMED
    people: dict[str, int] = field(default_factory=dict)
    outcome: str = ""
    url: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Row:
    stage: Stage
    title: str
    kind: str
    due: Due
    responsible: str = ""
    result: str = ""
    host: str = ""
    factors: tuple[str, ...] = ()
    obligation: str = ""
    reports: tuple[Report, ...] = ()
    joint: str = ""


@dataclass(frozen=True)
class Plan:
    pair: str
    rows: list[Row]
    state: RoadmapState = RoadmapState.RUNNING
    is_acquainted: bool = False


def _teams_meeting(lead: str, target: str, held: int) -> Row:
    return Row(
        ACQUAINTANCE,
        "Встреча управленческих команд: запросы и ожидания",
        "teams_meeting",
        until(held + 5),
        "Директора школ",
        "Протокол, перечень проблем",
        host=lead,
        obligation="strategy",
        reports=(
            Report(
                lead,
                held,
                people={"teachers": 11},
                outcome="Согласован перечень проблем, назначены ответственные от обеих школ.",
            ),
        ),
    )


SEMINAR = Row(
    JOINT,
    "Межшкольный семинар «Личностный потенциал: с чего начать»",
    "seminar",
    until(-9),
    "Заместитель директора по УВР СОШ №16",
    "Методические рекомендации",
    host="СОШ №16",
    factors=("environment_low",),
    obligation="seminars",
    joint="seminar",
    reports=(
        Report(
            "СОШ №16",
            -12,
            ReportState.SUBMITTED,
            {"teachers": 19},
            "Разобраны приёмы работы с мотивацией, составлен перечень материалов.",
            "https://school16.example/news/seminar",
        ),
        Report(
            "ООШ №1",
            -11,
            ReportState.SUBMITTED,
            {"teachers": 8},
            "Восемь педагогов приняли участие, получены материалы.",
        ),
    ),
)

CONSULTATIONS = tuple(
    Report("СОШ №9", held, state, {"teachers": teachers, "pupils": 0}, outcome, url)
    for held, state, teachers, outcome, url in [
        (-65, ReportState.CONFIRMED, 5, "Проведено пять консультаций.", ""),
        (
            -40,
            ReportState.CONFIRMED,
            6,
            "Логопед и педагог-психолог провели шесть консультаций.",
            "https://school9.example/news/consultation",
        ),
        (-7, ReportState.SUBMITTED, 7, "Семь консультаций по поведению и речи.", ""),
    ]
)

PLANS = [
    Plan(
        "СОШ №9 – СОШ №5",
        [
            _teams_meeting("СОШ №9", "СОШ №5", -72),
            Row(
                ACQUAINTANCE,
                "Диагностика профессиональных дефицитов педагогов",
                "diagnostics",
                until(-55),
                "Заместитель директора по УВР СОШ №5",
                "Справка",
                host="СОШ №5",
                reports=(
                    Report(
                        "СОШ №5",
                        -60,
                        people={"teachers": 24},
                        outcome="Опрошены 24 педагога, определены три общих дефицита.",
                    ),
                ),
            ),
            Row(
                ACQUAINTANCE,
                "День знакомства ученических советов",
                "partnership_day",
                on(-53),
                "Педагоги-организаторы",
                "Заметка на сайтах школ",
                host="СОШ №5",
                reports=(
                    Report(
                        "СОШ №5",
                        -53,
                        people={"pupils": 46, "teachers": 4},
                        outcome="Советы договорились о трёх совместных делах.",
                        url="https://school5.example/news/councils",
                    ),
                ),
            ),
            Row(
                JOINT,
                "Семинар «Адаптированные программы: от документа к уроку»",
                "seminar",
                until(-35),
                "Заместитель директора по УВР СОШ №9",
                "Методические рекомендации",
                host="СОШ №9",
                factors=("ovz_share_high",),
                obligation="seminars",
                reports=(
                    Report(
                        "СОШ №9",
                        -36,
                        people={"teachers": 23},
                        outcome="Разобраны шесть адаптированных программ.",
                        url="https://school9.example/news/seminar",
                    ),
                ),
            ),
            Row(
                JOINT,
                "Взаимопосещение уроков в классах, где учатся дети с ОВЗ",
                "lesson_visits",
                months(-30, 6),
                "Руководители методических объединений; заместитель директора по УВР СОШ №9",
                "Карты посещения уроков",
                host="СОШ №9",
                factors=("ovz_share_high",),
                obligation="joint_events",
                reports=(
                    Report(
                        "СОШ №5",
                        -5,
                        ReportState.RETURNED,
                        {"pupils": 48},
                        "Посетили четыре урока в 6 и 7 классах.",
                        remark="Укажите, сколько было педагогов, и чем закончился разбор уроков",
                    ),
                ),
            ),
            Row(
                JOINT,
                "Консультации узких специалистов для педагогов",
                "consultation",
                Due("ежемесячно, {bare_months}", -65, 120),
                "Педагог-психолог; логопед СОШ №9",
                "Журнал консультаций",
                host="СОШ №9",
                factors=("ovz_share_high",),
                obligation="consulting",
                reports=CONSULTATIONS,
            ),
            Row(
                JOINT,
                "Стажировка педагогов СОШ №5 на базе СОШ №9",
                "internship",
                months(10, 40),
                "",
                "Отчёты стажёров",
                host="СОШ №9",
                factors=("failure_share_high",),
                obligation="training",
            ),
            Row(
                JOINT,
                "Сопровождение обучающихся с риском учебной неуспешности",
                "consultation",
                Due("в течение года"),
                "Классные руководители",
                "Индивидуальные маршруты",
                host="СОШ №5",
                factors=("failure_share_high",),
                obligation="consulting",
            ),
            Row(
                REFLECTION,
                "Круглый стол «Что получилось»",
                "round_table",
                Due("апрель – май"),
                "Директора школ",
                "Выводы, план на следующий год",
                host="СОШ №9",
            ),
        ],
        is_acquainted=True,
    ),
    Plan(
        "СОШ №4 – ООШ №1, О(С)ОШ №14",
        [
            _teams_meeting("СОШ №4", "ООШ №1", -68),
            Row(
                JOINT,
                "Мастер-класс «Интерактивная доска на уроке математики»",
                "master_class",
                until(-14),
                "Учителя математики СОШ №4",
                "Разработки уроков",
                host="СОШ №4",
                factors=("competence_low",),
                obligation="training",
                reports=(
                    Report(
                        "СОШ №4",
                        -16,
                        ReportState.SUBMITTED,
                        {"teachers": 14},
                        "Показаны два урока, разосланы разработки.",
                        "https://school4.example/news/board",
                    ),
                ),
            ),
            Row(
                JOINT,
                "Практикум «Цифровые ресурсы в подготовке к ГИА-9»",
                "seminar",
                until(-12),
                "Заместитель директора по УВР ООШ №1",
                "Подборка ресурсов",
                host="ООШ №1",
                factors=("equipment_low", "competence_low"),
                obligation="joint_events",
            ),
            Row(
                JOINT,
                "Постоянно действующий семинар «ИКТ на уроке», занятие 3",
                "seminar",
                on(2),
                "Методический совет СОШ №4",
                "Раздаточные материалы",
                host="СОШ №4",
                factors=("competence_low",),
                obligation="seminars",
            ),
            Row(
                JOINT,
                "Вебинар «Онлайн-платформы для дистанционной работы»",
                "webinar",
                in_month(20),
                "Учитель информатики СОШ №4",
                "Запись вебинара",
                factors=("equipment_low",),
                obligation="training",
            ),
            SEMINAR,
            Row(
                REFLECTION,
                "Совместный анализ результатов использования ИКТ",
                "round_table",
                Due("май"),
                "Директора школ",
                "Аналитическая записка",
                host="СОШ №4",
            ),
        ],
    ),
    Plan(
        "СОШ №16 – ООШ №1, О(С)ОШ №14",
        [
            _teams_meeting("СОШ №16", "ООШ №1", -66),
            SEMINAR,
            Row(
                JOINT,
                "Родительская гостиная с участием СОШ №16",
                "parents_meeting",
                until(-4),
                "Социальный педагог ООШ №1",
                "Фотоотчёт, памятка для родителей",
                host="ООШ №1",
                factors=("parents_low",),
                obligation="joint_events",
            ),
            Row(
                JOINT,
                "Декада «Педагог – педагогу»",
                "open_lesson",
                on(3),
                "Руководители методических объединений",
                "Разработки открытых уроков",
                host="О(С)ОШ №14",
                factors=("environment_low",),
                obligation="training",
            ),
            Row(
                REFLECTION,
                "Рефлексивный семинар управленческих команд",
                "teams_meeting",
                Due("до конца учебного года"),
                "Директора школ",
                "Выводы",
                host="СОШ №16",
            ),
        ],
    ),
    Plan(
        "СОШ №3 – СОШ №2",
        [
            _teams_meeting("СОШ №3", "СОШ №2", -47),
            Row(
                JOINT,
                "Консультация по адаптированным программам",
                "consultation",
                in_month(-32),
                "Заместитель директора по УВР СОШ №3",
                "Перечень исправлений в программы",
                host="СОШ №2",
                factors=("ovz_share_high",),
                obligation="consulting",
            ),
            Row(
                JOINT,
                "Совещание управленческих команд",
                "teams_meeting",
                on(2),
                "Директора школ",
                "Протокол",
                factors=("competence_low",),
                obligation="joint_events",
            ),
            Row(
                REFLECTION,
                "Обсуждение итогов года",
                "round_table",
                Due("май"),
                "Директора школ",
                "Выводы",
                host="СОШ №3",
            ),
        ],
    ),
    Plan(
        "Гимназия №1 – СОШ №3",
        [
            Row(
                ACQUAINTANCE,
                "Встреча управленческих команд",
                "teams_meeting",
                until(14),
                "Директора школ",
                "Протокол",
                host="Гимназия №1",
            ),
            Row(
                JOINT,
                "Открытый урок русского языка, 8 класс",
                "open_lesson",
                in_month(25),
                "Учителя русского языка",
                "Разработка урока",
                host="СОШ №3",
                factors=("competence_low",),
                obligation="training",
            ),
            Row(
                JOINT,
                "День открытых дверей для родителей",
                "parents_meeting",
                months(60, 95),
                "Классные руководители",
                "Анкеты родителей",
                host="СОШ №3",
                factors=("parents_low",),
                obligation="joint_events",
            ),
            Row(
                REFLECTION,
                "Итоговая встреча команд",
                "round_table",
                Due("май"),
                "Директора школ",
                "",
                host="Гимназия №1",
            ),
        ],
        state=RoadmapState.DRAFT,
    ),
]

"""Common rows of partnerships and roadmaps, in the words of the seeds."""

from network_portal.catalogues.rows import Row
from partnerships.enums import ReasonVerb
from roadmaps.enums import NetworkStep

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


def _reasons(verb: ReasonVerb, **names: str) -> list[Row]:
    """Reasons of one move in the order in which they are offered; «Другое» asks for words."""
    return [Row(f"{verb}_{code}", name, {"verb": verb}) for code, name in names.items()] + [
        Row(f"{verb}_other", "Другое", {"verb": verb})
    ]


MOVE_REASONS = [
    *_reasons(
        ReasonVerb.PAUSE,
        director="Смена директора или управленческой команды",
        repair="Ремонт здания, перевод обучающихся",
        quarantine="Карантин, чрезвычайная ситуация",
        teachers="Нет педагогов, которые вели совместную работу",
        committee="Ожидание решения комитета",
    ),
    *_reasons(
        ReasonVerb.FINISH,
        goals="Цели достигнуты",
        term="Истёк срок",
        overcome="Факторы риска преодолены",
        closed="Школа закрыта или реорганизована",
        continued="Работа продолжается в другом партнёрстве",
    ),
    *_reasons(
        ReasonVerb.DECLINE,
        target_unready="Целевая школа не готова",
        lead_overloaded="Школа-лидер перегружена",
        lead_unready="Школа-лидер не готова",
        experience="Опыт лидера не отвечает на факторы риска целевой школы",
        far="Школы слишком далеко друг от друга",
    ),
    *_reasons(
        ReasonVerb.REPLACE,
        together="Не сложилось взаимодействие",
        obligations="Школа-лидер не выполняет обязательства",
        absent="Целевая школа не участвует в мероприятиях",
        overloaded="Школа-лидер перегружена",
        better="Найден более подходящий партнёр",
    ),
]

EVIDENCE_KINDS = [
    Row("order", "Приказ"),
    Row("minutes", "Протокол"),
    Row("note", "Справка"),
    Row("programme", "Программа или план"),
    Row("method_product", "Методический продукт"),
    Row("attendance", "Лист регистрации"),
    Row("publication", "Публикация на сайте"),
    Row("photo", "Фотографии"),
    Row("certificate", "Сертификаты участников"),
]

# R100–R102, R104–R108.
EFFECTS = [
    Row(
        "managerial",
        "Управленческая продуктивность: руководители смотрят на свою работу со стороны, "
        "находят новые управленческие решения",
    ),
    Row(
        "pedagogical",
        "Педагогическая продуктивность: новый педагогический опыт и его распространение",
    ),
    Row(
        "public",
        "Общественная продуктивность: совместные акции, привлечение целевых групп",
    ),
    Row("interaction", "Выстроена система конструктивного взаимодействия субъектов"),
    Row("self_analysis", "Повысилось качество проблемно-ориентированного самоанализа"),
    Row("exchange", "Развито межсетевое взаимодействие: обмен управленческими решениями"),
    Row("mechanisms", "Отработаны практические механизмы помощи школ-лидеров"),
    Row("exams", "Положительная динамика результатов ЕГЭ и (или) ОГЭ"),
]

# R161–R167.
DIFFICULTIES = [
    Row("quality_drop", "Опасность снижения показателей качества"),
    Row("equipment", "Материально-техническое и технологическое обеспечение"),
    Row("staff", "Нехватка кадров, психологическая неготовность"),
    Row("goals", "Непонимание цели и задач, недостаточное освоение ИКТ"),
    Row("economics", "Неразработанность экономических механизмов и нормативной базы"),
    Row("rigid_rules", "Жёсткость требований нормативных документов к сетевым мероприятиям"),
    Row("consumer", "Потребительское отношение к учреждениям дополнительного образования"),
]

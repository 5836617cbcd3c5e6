"""Common rows of the schools app but for the risk factors: forms, categories, features, functions.

Features and their directions are the words of seed 002 (R084–R095), functions those of seed 003
(R139). Two slips of the pen are mended: «социальных опыт» and line breaks inside words.
"""

from network_portal.catalogues.rows import Row
from schools.enums import CategoryCode

LEGAL_FORMS = [
    Row("mobu", "МОБУ", {"full_name": "муниципальное общеобразовательное бюджетное учреждение"}),
    Row("mbou", "МБОУ", {"full_name": "муниципальное бюджетное общеобразовательное учреждение"}),
    Row("maou", "МАОУ", {"full_name": "муниципальное автономное общеобразовательное учреждение"}),
    Row("mkou", "МКОУ", {"full_name": "муниципальное казённое общеобразовательное учреждение"}),
    Row("gbou", "ГБОУ", {"full_name": "государственное бюджетное общеобразовательное учреждение"}),
    Row("mou", "МОУ", {"full_name": "муниципальное общеобразовательное учреждение"}),
    Row("gaou", "ГАОУ", {"full_name": "государственное автономное общеобразовательное учреждение"}),
    Row("gkou", "ГКОУ", {"full_name": "государственное казённое общеобразовательное учреждение"}),
    Row("chou", "ЧОУ", {"full_name": "частное общеобразовательное учреждение"}),
    Row("anoo", "АНОО", {"full_name": "автономная некоммерческая образовательная организация"}),
    # Organisations that are no schools: extra education, kindergartens, colleges, museums.
    Row(
        "mbu_do",
        "МБУ ДО",
        {"full_name": "муниципальное бюджетное учреждение дополнительного образования"},
    ),
    Row(
        "mbdou",
        "МБДОУ",
        {"full_name": "муниципальное бюджетное дошкольное образовательное учреждение"},
    ),
    Row(
        "gbpou",
        "ГБПОУ",
        {"full_name": "государственное бюджетное профессиональное образовательное учреждение"},
    ),
    Row("mku", "МКУ", {"full_name": "муниципальное казённое учреждение"}),
    Row("mbu", "МБУ", {"full_name": "муниципальное бюджетное учреждение"}),
    Row("mau", "МАУ", {"full_name": "муниципальное автономное учреждение"}),
    Row("gbu", "ГБУ", {"full_name": "государственное бюджетное учреждение"}),
    Row("ano", "АНО", {"full_name": "автономная некоммерческая организация"}),
    Row("ooo", "ООО", {"full_name": "общество с ограниченной ответственностью"}),
]

#: R080 names ЕГЭ, ГИА and olympiads; the others are assessments of the Russian school.
PROCEDURES = [
    Row("ege", "Единый государственный экзамен (ЕГЭ)"),
    Row("oge", "Основной государственный экзамен (ОГЭ)"),
    Row("gve", "Государственный выпускной экзамен (ГВЭ)"),
    Row("vpr", "Всероссийские проверочные работы (ВПР)"),
    Row("niko", "Национальные исследования качества образования (НИКО)"),
    Row("vsosh", "Всероссийская олимпиада школьников (ВсОШ)"),
    Row("regional", "Региональные диагностические работы"),
    Row("municipal", "Муниципальные диагностические работы"),
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

#: The first seven are the topics of seed 001; the others are what the features propose.
DIRECTIONS = [
    Row("ict", "Использование информационно-коммуникационных технологий"),
    Row("personal_potential", "Развитие личностного потенциала"),
    Row("teachers", "Предметная и методическая компетентность педагогов"),
    Row("sen_pupils", "Обучение детей с ОВЗ"),
    Row("failure", "Преодоление учебной неуспешности"),
    Row("families", "Вовлечение родителей"),
    Row("adaptivity", "Адаптивность учебного процесса"),
    Row(
        "requests_analysis",
        "Анализ спектра запросов партнеров по организации сетевого взаимодействия",
    ),
    Row("teachers_support", "Информационно-методическая поддержка педагогов"),
    Row(
        "experience_systematised",
        "Систематизация опыта работы педагогов в различных направлениях",
    ),
    Row("school_of_experience", "Организация работы школы передового опыта"),
    Row(
        "gifted_dialogue",
        "Расширение возможностей для профессионального диалога педагогов по вопросам организации "
        "работы с одаренными детьми",
    ),
    Row(
        "gifted_events",
        "Расширение круга общения обучающихся, позволяющего им получать социальный опыт, "
        "посредством проведения совместных мероприятий для одаренных детей",
    ),
    Row("materials_base", "Создание базы учебно-методических материалов"),
    Row(
        "joint_resources",
        "Объединение образовательных ресурсов для реализации ФГОС на всех уровнях общего "
        "образования",
    ),
    Row(
        "joint_projects",
        "Обмен опытом, совместная реализация образовательных проектов и социальных инициатив",
    ),
]

FEATURES = [
    Row(
        "isolation",
        "Работа в условиях профессиональной «изоляции»",
        directions=(
            "requests_analysis",
            "teachers_support",
            "experience_systematised",
            "school_of_experience",
        ),
    ),
    Row(
        "gifted",
        "Недостаточная система работы с одаренными детьми",
        directions=("gifted_dialogue", "gifted_events"),
    ),
    Row(
        "infrastructure",
        "Неразвитая образовательная инфраструктура",
        directions=("materials_base", "joint_resources"),
    ),
    Row(
        "no_competition",
        "Внешняя неконкурентная среда",
        directions=("joint_projects",),
    ),
]

FUNCTIONS = [
    Row("deputy_upbringing", "Заместитель руководителя по воспитательной работе"),
    Row("association_head", "Председатель методического объединения классных руководителей"),
    Row("extra_head", "Руководитель отделения дополнительного образования детей"),
    Row("organiser", "Педагог-организатор"),
    Row("class_teacher", "Классный руководитель"),
    Row("deputy_primary", "Заместитель руководителя по начальной школе"),
    Row("extra_teacher", "Педагог дополнительного образования"),
]

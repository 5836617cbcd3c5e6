"""Risk factors of the школьный рисковый профиль (R059; `facts.md` 1.1).

The wording of the eight factors of seed 001 is the owner's. [GK], that is general knowledge to be
checked and edited by the municipality: in which years a wording stood in the list, the three
wordings of 2020–2021 and that all three were absorbed by «environment_low», the kind of deficit
(R036), which directions a factor proposes. The definitions are our own plain sentences.
Other spellings are the inflected and misspelt ones of seed 001 (quirk 11); an import knows them.
"""

from network_portal.catalogues.rows import Row
from schools.enums import Deficit, FactorGroup

#: The first year of the list of 2022–2023 and the last one of the list of 2020–2021.
NEW_LIST, OLD_LIST = 2022, 2021

FACTORS = [
    Row(
        "inhouse_pd_missing",
        "Несформированность внутришкольной системы повышения квалификации",
        {
            "group": FactorGroup.STAFF,
            "short_name": "Внутришкольное ПК",
            "valid_from": NEW_LIST,
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Учителя не учатся друг у друга внутри школы: нет взаимопосещения "
            "уроков, наставничества, разбора затруднений и планов профессионального роста.",
            "aliases": [
                "Несформированностью внутришкольной системы повышения квалификации",
                "Несформированность ВСПК",
            ],
        },
        ("teachers", "teachers_support"),
    ),
    Row(
        "equipment_low",
        "Низкий уровень оснащения школы",
        {
            "group": FactorGroup.RESOURCES,
            "short_name": "Оснащение школы",
            "deficit": Deficit.RESOURCE,
            "definition": "Не хватает компьютеров, учебников, оборудования кабинетов или "
            "устойчивого доступа в Интернет.",
            "aliases": ["Низким уровнем оснащения школы", "Низкий уровень оснащенности школы"],
        },
        ("ict", "joint_resources"),
    ),
    Row(
        "competence_low",
        "Недостаточный уровень предметной и методической компетентности педагогических работников",
        {
            "group": FactorGroup.STAFF,
            "short_name": "Компетентность педагогов",
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Учителям трудно с содержанием предмета или с методикой: это видно по "
            "диагностикам, урокам и результатам учеников.",
            "aliases": [
                "Недостаточная предметная и методическая компетентность педагогических работников",
                "Недостаточным уровнем предметной и методической компетентности педагогических "
                "работников",
                "Недостаточной уровнем предметной и методической компетентности педагогических "
                "работников",
            ],
        },
        ("teachers", "teachers_support"),
    ),
    Row(
        "ovz_share_high",
        "Высокая доля обучающихся с ОВЗ",
        {
            "group": FactorGroup.PUPILS,
            "short_name": "Обучающиеся с ОВЗ",
            "deficit": Deficit.EDUCATIONAL,
            "definition": "В школе много детей с ограниченными возможностями здоровья, и "
            "учителям нужны особые программы, приёмы и специалисты.",
            "aliases": [
                "Высокой долей обучающихся с ОВЗ",
                "Высокая доля обучающихся с ограниченными возможностями здоровья",
                "Высокая доля детей с ОВЗ",
            ],
        },
        ("sen_pupils",),
    ),
    Row(
        "failure_share_high",
        "Высокая доля обучающихся с рисками учебной неуспешности",
        {
            "group": FactorGroup.PUPILS,
            "short_name": "Учебная неуспешность",
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Многие ученики не осваивают программу: низкие отметки, проваленные "
            "диагностики, пробелы с прошлых лет.",
            "aliases": [
                "Высокой долей обучающихся с рисками учебной неуспешности",
                "Высокая доля обучающихся с рисками учебной неуспеваемости",
            ],
        },
        ("failure",),
    ),
    Row(
        "environment_low",
        "Пониженный уровень качества школьной образовательной и воспитательной среды",
        {
            "group": FactorGroup.ENVIRONMENT,
            "short_name": "Школьная среда",
            "valid_from": NEW_LIST,
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Ученикам и учителям в школе неуютно или неинтересно: страдают "
            "отношения, дисциплина и желание учиться.",
            "aliases": [
                "Пониженным уровнем качества школьной образовательной и воспитательной среды",
            ],
        },
        ("personal_potential",),
    ),
    Row(
        "parents_low",
        "Низкий уровень вовлечённости родителей",
        {
            "group": FactorGroup.FAMILY,
            "short_name": "Вовлечённость родителей",
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Родители мало участвуют в учёбе детей и в жизни школы, разговор с "
            "ними не складывается.",
            "aliases": [
                "Низкий уровень вовлеченности родителей",
                "Низким уровнем вовлеченности родителей",
            ],
        },
        ("families",),
    ),
    Row(
        "adaptivity_low",
        "Риски низкой адаптивности учебного процесса",
        {
            "group": FactorGroup.TEACHING,
            "short_name": "Адаптивность учебного процесса",
            "valid_from": NEW_LIST,
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Уроки мало подстраиваются под разных учеников: задания, темп и помощь "
            "для всех одинаковы.",
            "aliases": [
                "Рисками низкой адаптивности учебного процесса",
                "Низкая адаптивность учебного процесса",
            ],
        },
        ("adaptivity",),
    ),
    Row(
        "staff_shortage",
        "Дефицит педагогических кадров",
        {
            "group": FactorGroup.STAFF,
            "short_name": "Дефицит кадров",
            "deficit": Deficit.RESOURCE,
            "definition": "Не хватает учителей: есть долгие вакансии, предметы ведут "
            "совместители или неспециалисты.",
            "aliases": ["Дефицитом педагогических кадров", "Нехватка педагогических кадров"],
        },
        ("joint_resources",),
    ),
    Row(
        "language_barrier",
        "Низкое качество преодоления языковых и культурных барьеров",
        {
            "group": FactorGroup.PUPILS,
            "short_name": "Языковые и культурные барьеры",
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Детям, для которых русский язык не родной, не хватает помощи, чтобы "
            "учиться наравне с другими.",
            "aliases": ["Низким качеством преодоления языковых и культурных барьеров"],
        },
        ("failure",),
    ),
    Row(
        "wellbeing_low",
        "Пониженный уровень школьного благополучия",
        {
            "group": FactorGroup.ENVIRONMENT,
            "short_name": "Благополучие",
            "valid_to": OLD_LIST,
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Ученикам в школе тревожно, учителя выгорают, в отношениях много обид "
            "и конфликтов.",
            "aliases": ["Пониженным уровнем школьного благополучия"],
        },
        ("personal_potential",),
        "environment_low",
    ),
    Row(
        "motivation_low",
        "Низкая учебная мотивация обучающихся",
        {
            "group": FactorGroup.PUPILS,
            "short_name": "Учебная мотивация",
            "valid_to": OLD_LIST,
            "deficit": Deficit.EDUCATIONAL,
            "definition": "Ученики не видят смысла в учёбе и стараются мало.",
            "aliases": ["Низкой учебной мотивацией обучающихся"],
        },
        ("personal_potential",),
        "environment_low",
    ),
    Row(
        "discipline_low",
        "Низкий уровень дисциплины в классе",
        {
            "group": FactorGroup.ENVIRONMENT,
            "short_name": "Дисциплина",
            "valid_to": OLD_LIST,
            "deficit": Deficit.EDUCATIONAL,
            "definition": "На уроках шумно, время уходит на порядок, а не на учёбу.",
            "aliases": ["Низким уровнем дисциплины в классе"],
        },
        ("personal_potential",),
        "environment_low",
    ),
]

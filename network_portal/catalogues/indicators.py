"""The indicators of seed 000 and their series (R023–R027)."""

from indicators.enums import Unit
from network_portal.catalogues.rows import Row

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

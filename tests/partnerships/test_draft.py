"""What makes a draft no partnership, in words."""

from datetime import date

import pytest

from common.academic_year import AcademicYear
from common.partial_date import PartialDate
from partnerships.draft import MOST_MEMBERS, MemberDraft, PartnershipDraft, seats
from partnerships.enums import MemberRole, PartnershipKind
from schools.models import School

NINE, FIVE = School(pk=9, short_name="СОШ №9"), School(pk=5, short_name="СОШ №5")
LEAD, TARGET, PARTICIPANT = MemberRole.LEAD, MemberRole.TARGET, MemberRole.PARTICIPANT
TEAM = {"kind": PartnershipKind.TEAM_STANDING, "name": "Команда"}
GONE = date(2026, 9, 1)


def members(*rows):
    return {"members": [MemberDraft(*row) for row in rows]}


TABLE = [
    ({}, []),
    (members((FIVE, TARGET)), [("members", "Назовите хотя бы одну школу-лидера.", None)]),
    (members((NINE, LEAD)), [("members", "Назовите хотя бы одну целевую школу.", None)]),
    (
        members((NINE, LEAD), (FIVE, TARGET), (FIVE, TARGET)),
        [("school", "СОШ №5: уже названа выше (целевая школа).", 2)],
    ),
    (
        members((NINE, LEAD), (NINE, TARGET)),
        [
            (
                "school",
                "Школа не может быть партнёром самой себе: СОШ №9 уже названа (школа-лидер).",
                1,
            )
        ],
    ),
    (
        members((NINE, LEAD), (FIVE, TARGET, "", None, GONE)),
        [
            (
                "members",
                "Все целевые школы вышли: назовите другую школу или завершите партнёрство.",
                None,
            )
        ],
    ),
    (
        members((NINE, LEAD, "", GONE, date(2026, 8, 31)), (FIVE, TARGET), (School(pk=4), LEAD)),
        [("left", "Вышла раньше, чем вступила: проверьте даты.", 0)],
    ),
    (
        TEAM | members((NINE, LEAD), (FIVE, TARGET)),
        [
            ("role", "В команде и на семинаре целевых школ нет: выберите «участник».", 1),
            ("members", "Назовите хотя бы одного участника.", None),
        ],
    ),
    (TEAM | members((NINE, LEAD), (FIVE, PARTICIPANT)), []),
    (
        TEAM | members((FIVE, PARTICIPANT)),
        [("members", "Назовите опорную школу: на её базе работает группа.", None)],
    ),
    (
        TEAM | {"name": ""} | members((NINE, LEAD), (FIVE, PARTICIPANT)),
        [("name", "Назовите команду или семинар.", None)],
    ),
    (
        {"start": PartialDate(2025, 9), "end": PartialDate(2025, 8)},
        [("end", "Окончание раньше начала.", None)],
    ),
    ({"start": PartialDate(2025, 9), "end": PartialDate(2025)}, []),
    ({"end": PartialDate(2025)}, []),
    (
        {"procedure_year": AcademicYear(2025)},
        [
            (
                "procedure",
                "Выберите оценочную процедуру, к которой относится год, или уберите год.",
                None,
            )
        ],
    ),
    (
        {"form_override": "mixed"},
        [("form_reason", "Напишите, почему форма решена вручную.", None)],
    ),
    (
        {"form_reason": "решение комитета"},
        [
            (
                "form_override",
                "Выберите форму, к которой относится пояснение, или уберите его.",
                None,
            )
        ],
    ),
]


@pytest.mark.parametrize(("changes", "complaints"), TABLE)
def test_everything_wrong_is_named_at_its_field(changes, complaints):
    draft = PartnershipDraft(**({"members": seats([NINE], [FIVE])} | changes))
    assert [tuple(complaint) for complaint in draft.complaints()] == complaints


def test_a_group_without_end_is_refused():
    many = [School(pk=pk, short_name=f"СОШ №{pk}") for pk in range(1, MOST_MEMBERS + 1)]
    fits = PartnershipDraft(seats(many[:1], many[1:]))
    assert fits.complaints() == []
    one_more = PartnershipDraft(seats(many[:1], [*many[1:], School(pk=100)]))
    assert [complaint.field for complaint in one_more.complaints()] == ["members"]

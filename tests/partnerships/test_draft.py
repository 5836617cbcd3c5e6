"""What makes a draft no partnership, in words."""

from datetime import date
from types import SimpleNamespace

import pytest

from common.partial_date import PartialDate
from partnerships.draft import AgreementDraft, PartnershipDraft
from schools.models import School

NINE, FIVE = School(pk=9, short_name="СОШ №9"), School(pk=5, short_name="СОШ №5")
SOUND = {"leads": [NINE], "targets": [FIVE]}


class Curator(SimpleNamespace):
    def __str__(self):
        return self.name


TABLE = [
    ({}, []),
    ({"leads": []}, [("leads", "Отметьте хотя бы одну школу-лидера.")]),
    ({"targets": []}, [("targets", "Отметьте хотя бы одну целевую школу.")]),
    (
        {"targets": [FIVE, NINE]},
        [("targets", "Одна школа не может быть и лидером, и целевой: СОШ №9.")],
    ),
    (
        {"curators": [Curator(school_id=5, name="Панова"), Curator(school_id=9, name="Осипов")]},
        [("curators", "Куратор должен работать в школе-лидере этого партнёрства: Панова.")],
    ),
    (
        {"start": PartialDate(2025, 9), "end": PartialDate(2025, 8)},
        [("end", "Окончание раньше начала.")],
    ),
    ({"start": PartialDate(2025, 9), "end": PartialDate(2025)}, []),
    ({"end": PartialDate(2025)}, []),
    (
        {"agreement": AgreementDraft("1", date(2025, 9, 1), date(2025, 8, 31))},
        [("agreement_valid_until", "Договор заканчивается раньше, чем заключён.")],
    ),
    ({"agreement": AgreementDraft()}, []),
]


@pytest.mark.parametrize(("changes", "complaints"), TABLE)
def test_everything_wrong_is_named_at_its_field(changes, complaints):
    draft = PartnershipDraft(**(SOUND | changes))
    assert [tuple(complaint) for complaint in draft.complaints()] == complaints

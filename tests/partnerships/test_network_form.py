"""Form of networking as a table (R156–R158, quirks 23 and 24)."""

import pytest

from partnerships.enums import NetworkForm
from partnerships.network_form import Party, form_of

GENERAL, COLLEGE = "general", "vocational"
TABLE = [
    ([(GENERAL, "Комитет"), (GENERAL, "комитет")], NetworkForm.HORIZONTAL),
    ([(GENERAL, "Комитет"), (COLLEGE, "Комитет")], NetworkForm.VERTICAL),
    ([(GENERAL, "Комитет"), (COLLEGE, "Область")], NetworkForm.MIXED),
    ([(GENERAL, "Комитет"), (GENERAL, "Область")], NetworkForm.UNDETERMINED),
    ([(GENERAL, "Комитет"), (GENERAL, "")], NetworkForm.UNDETERMINED),
    ([(GENERAL, "Комитет")], NetworkForm.UNDETERMINED),
    ([], NetworkForm.UNDETERMINED),
]


@pytest.mark.parametrize(("parties", "form"), TABLE)
def test_the_form_follows_from_types_and_departments(parties, form):
    verdict = form_of(Party(*party) for party in parties)
    assert verdict.form == form
    assert verdict.reason

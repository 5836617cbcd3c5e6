import pytest

from common.row_id import row_id


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), ("0", 0), ("", 0), ("-1", 0), ("²", 0), ("1e3", 0), ("\0", 0), ("9" * 5000, 0)],
)
def test_what_cannot_be_an_id_is_the_id_of_no_row(text, number):
    assert row_id(text) == number

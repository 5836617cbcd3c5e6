import pytest
from django.core.exceptions import PermissionDenied

from common.verdicts import Allowed, Denied, Verdict, require


def test_verdicts_are_true_and_false():
    assert Allowed()
    assert not Denied("Карта уже утверждена.")
    assert isinstance(Denied("нет"), Verdict)
    assert Allowed() == Allowed()


def test_require_passes_on_the_reason():
    require(Allowed())
    with pytest.raises(PermissionDenied, match=r"^Карта уже утверждена\.$"):
        require(Denied("Карта уже утверждена."))


def test_a_denial_without_a_reason_cannot_be_made():
    with pytest.raises(ValueError):
        Denied("")
    with pytest.raises(ValueError):
        Allowed("почему-то")

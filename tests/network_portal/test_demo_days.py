"""The demonstration is loaded on any day of the year, by the command too."""

from datetime import date

import pytest
from django.core.management import call_command

from network_portal import demo
from roadmaps.models import Occurrence
from tests.conftest import DEMO_PASSWORD


@pytest.mark.parametrize("day", ["2026-09-02", "2027-01-11", "2027-05-31", "2027-08-20"])
def test_the_show_works_on_any_day_of_the_year(db, day):
    demo.load(today=date.fromisoformat(day), password=DEMO_PASSWORD)
    assert Occurrence.objects.held().exists()
    assert not Occurrence.objects.filter(event__due_kind="unknown").exists()


def test_command_prints_one_account_for_each_role(db, capsys, settings):
    settings.DEMO_PASSWORD = DEMO_PASSWORD
    call_command("load_demo", today="2026-11-24")
    printed = capsys.readouterr().out
    for post in ["Председатель", "Методист", "Директор", "координатор", "Куратор", "Админ"]:
        assert post in printed
    assert DEMO_PASSWORD not in printed

"""Columns that upper apps add to a table."""

from types import SimpleNamespace

import pytest

from common import panels
from common.columns import columns_for


@pytest.fixture
def slot(monkeypatch):
    """A slot of its own, so that registered panels of the apps stay untouched."""
    monkeypatch.setitem(panels._slots, "test.list", [])
    return "test.list"


def test_a_column_has_a_cell_for_each_row_and_none_where_it_says_nothing(slot):
    panels.register(slot, lambda user, rows: {"title": "Итог", "cells": {1: 0}}, "cell.html")
    (column,) = columns_for(slot, None, [SimpleNamespace(pk=1), SimpleNamespace(pk=2)])
    assert (column.title, column.template) == ("Итог", "cell.html")
    assert [column.cell(1).value, column.cell(2).value] == [0, None]


def test_an_app_may_have_nothing_to_say_to_this_person(slot):
    panels.register(slot, lambda user, rows: None, "cell.html")
    assert columns_for(slot, None, []) == []

"""Heads by which a table may be sorted."""

import pytest
from django import forms
from django.test import RequestFactory

from common.listing import Order, Sorting, chosen_words
from schools.models import School
from tests.schools.factories import SchoolFactory

ORDERS = {"name": Order(("sort_key",)), "pupils": Order(("pupils",), largest_first=True)}


def sorting(query=""):
    return Sorting.of(RequestFactory().get(f"/x/?{query}"), ORDERS)


@pytest.mark.parametrize("query", ["", "sort=", "sort=moon", "sort=--name", "sort=pupils__id"])
def test_what_is_not_offered_is_the_usual_order(query):
    assert (sorting(query).key, sorting(query).is_descending) == ("name", False)


def test_the_key_and_the_row_go_in_one_direction():
    ordered = sorting("sort=-pupils").sorted(School.objects.all())
    asked = [(by.expression.name, by.descending) for by in ordered.query.order_by]
    assert asked == [("pupils", True), ("pk", True)]


@pytest.mark.django_db
def test_an_empty_value_is_the_smallest_on_both_databases():
    for pupils in (300, None, 20):
        SchoolFactory(pupils=pupils)
    rising = sorting("sort=pupils").sorted(School.objects.all())
    falling = sorting("sort=-pupils").sorted(School.objects.all())
    assert [school.pupils for school in rising] == [None, 20, 300]
    assert [school.pupils for school in falling] == [300, 20, None]


def test_a_click_sorts_a_second_one_turns_round():
    head = sorting("q=5&page=3").head("Обучающихся", "pupils")
    assert (head.url, head.state) == ("/x/?q=5&sort=-pupils", "")
    head = sorting("q=5&sort=-pupils").head("Обучающихся", "pupils")
    assert (head.url, head.state) == ("/x/?q=5&sort=pupils", "descending")
    head = sorting("sort=-name").head("Школа", "name")
    assert (head.url, head.state) == ("/x/", "descending")


def test_other_columns_are_words_only():
    assert sorting().head("Вид").url == sorting().head("Вид", "kind").url == ""


class Choice(forms.Form):
    q = forms.CharField(label="Название", required=False)
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "все"), ("g", "Гимназия")])


def test_a_filter_is_told_in_words():
    chosen = Choice({"q": "", "kind": "g"})
    assert chosen.is_valid()
    assert chosen_words(chosen) == "Вид: Гимназия"


def test_a_spoilt_condition_is_not_told():
    chosen = Choice({"q": "5", "kind": "moon"})
    chosen.is_valid()
    assert chosen_words(chosen) == "Название: 5"

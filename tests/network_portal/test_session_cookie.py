"""Cookies that nobody got from the portal; a NUL in one is an error on PostgreSQL."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.strict import StrictClient


@pytest.mark.django_db
@pytest.mark.parametrize("value", ['"abcdefgh\\000"', "ABCDEFGHIJ", "é" * 20, "a" * 41])
def test_what_is_no_key_is_never_looked_up(django_assert_num_queries, value):
    with django_assert_num_queries(0):
        answer = Client().get(reverse("home"), headers={"cookie": f"sessionid={value}"})

    assert answer.status_code == 302


def test_the_portals_own_key_opens_the_page(client: StrictClient, cast):
    client.sign_in(cast.director)

    assert client.get(reverse("home")).status_code == 200

"""The service section: superuser only, everything opens, workflow tables cannot be changed."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from common.service_admin import CatalogueAdmin, ReadOnlyAdmin

MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label not in {"axes"}),
    key=lambda model: model._meta.label,
)


def address(model: type, page: str = "changelist") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


@pytest.fixture
def superuser(cast) -> User:
    user = cast.administrator
    user.is_superuser = user.is_staff = True
    user.save()
    return user


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches(client, superuser, model):
    client.sign_in(superuser)

    assert client.get(address(model)).status_code == 200
    assert client.get(address(model), {"q": "СОШ №5"}).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_may_be_changed(client, superuser, model):
    client.sign_in(superuser)
    read_only = isinstance(admin.site._registry[model], ReadOnlyAdmin)

    assert client.get(address(model, "add")).status_code == (403 if read_only else 200)
    row = model.objects.first()
    if row is not None:
        page = reverse(
            f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]
        )
        assert client.get(page).status_code == 200
        assert client.post(page, {}).status_code == (403 if read_only else 200)
        delete = page.replace("/change/", "/delete/")
        assert client.post(delete, {"post": "yes"}).status_code == 403
        assert model.objects.filter(pk=row.pk).exists()


def test_catalogues_are_editable():
    editable = {
        model._meta.label
        for model, page in admin.site._registry.items()
        if isinstance(page, CatalogueAdmin)
    }

    assert {"schools.RiskFactor", "partnerships.Obligation", "roadmaps.EventKind"} <= editable


def test_only_a_superuser_enters(client, cast):
    cast.administrator.is_staff = True
    cast.administrator.save()
    for user in cast.everyone.values():
        client.sign_in(user)
        response = client.get(reverse("admin:index"), follow=True)
        assert response.status_code == 403
        assert "Служебный раздел открыт администратору" in response.content.decode()


def test_strangers_sign_in_at_the_portals_door(client, db):
    chain = client.get(reverse("admin:index"), follow=True).redirect_chain

    assert chain[-1][0].startswith(reverse("accounts:sign-in"))
    login = client.get(reverse("admin:login"))
    assert login.url.startswith(reverse("accounts:sign-in"))
    assert (
        client.post(reverse("admin:login"), {"username": "a", "password": "b"}).status_code == 302
    )

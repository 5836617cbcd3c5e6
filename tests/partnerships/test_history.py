"""«История» of a partnership's card."""

from django.urls import reverse

from common.changes import Change
from partnerships.changes import record


def _page(client, partnership):
    url = reverse("partnerships:history", args=[partnership.pk])
    return client.get(url).content.decode().replace("\xa0", " ")


def test_the_history_tells_who_changed_what_and_when(client, cast):
    change = Change("Тема", "", "наставничество")
    record(partnership=cast.partnership, changes=[change], by=cast.methodist, origin="подбор пар")
    foreign = Change("Тема", "", "чужая новая тема")
    record(partnership=cast.foreign_partnership, changes=[foreign], by=None)
    html = _page(client.sign_in(cast.director), cast.partnership)
    for words in ("наставничество", "подбор пар", cast.methodist.list_name, "24.11.2026"):
        assert words.replace("\xa0", " ") in html
    assert "не указано" in html
    assert "чужая новая тема" not in html
    assert "aria-current" in html.split("История</a>")[0].rpartition("<a")[2]


def test_an_empty_history_says_what_will_stand_there(client, cast):
    html = _page(client.sign_in(cast.chair), cast.partnership)
    assert "Записей об изменениях пока нет." in html

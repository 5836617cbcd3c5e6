"""What people of several roles find, and are told, where they come to the plans."""

from datetime import UTC, datetime

from django.urls import reverse

from roadmaps.models import Amendment, Roadmap
from roadmaps.plan_changes import Reason
from roadmaps.plan_history import _DECIDED, _DONE
from tests.roadmaps.factories import AmendmentFactory

HOME = reverse("home")


def text_of(client, user, url=HOME):
    response = client.sign_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_the_administrator_finds_the_common_school_calendar(client, cast):
    address = reverse("roadmaps:school-calendar")
    assert address in text_of(client, cast.administrator)
    text = text_of(client, cast.administrator, address)
    assert "Общий учебный календарь" in text
    assert f'href="{HOME}">' in text
    assert cast.lead.short_name not in text


def test_a_school_is_not_told_to_approve_what_it_has_begun(client, cast):
    client.sign_in(cast.director)
    given = {"partnership": cast.partnership.pk, "period": "a2027", "years": "1", "begin": "empty"}
    answer = client.post(reverse("roadmaps:create"), given, follow=True)
    assert Roadmap.objects.filter(created_by=cast.director).exists()
    assert "утвердит комитет" in answer.content.decode()
    assert "утвердите" not in answer.content.decode()


def test_a_school_that_agrees_to_a_change_is_told_of_the_change(client, cast):
    change = AmendmentFactory(roadmap=cast.roadmap)
    client.sign_in(cast.director)
    address = reverse("roadmaps:amendment-answer", args=[change.pk])
    said = {"school": cast.target.pk, "word": "agreed", "comment": "", "round": "0"}
    text = client.post(address, said, follow=True).content.decode()
    assert "Изменение № 1 согласовано." in text.replace("\xa0", " ")
    assert "План согласован." not in text


def test_the_day_of_a_reason_is_the_day_here():
    late = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
    assert Reason("Методист", late.isoformat(), "Просьба", False).day == "23.11.2026"


def test_history_has_a_word_for_every_step_that_was_done():
    assert set(_DONE) == set(Roadmap.TRANSITIONS)
    assert set(_DECIDED) == set(Amendment.TRANSITIONS)


def test_the_plan_as_approved_ends_its_sentence_once(client, cast):
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(baseline={"rows": [], "edit": 0})
    text = text_of(client, cast.director, reverse("roadmaps:changes", args=[cast.roadmap.pk]))
    assert "План действует так, как утверждён: " in text
    assert "г.." not in text

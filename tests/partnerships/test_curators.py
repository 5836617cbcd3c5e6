"""A curator is a person of a leader school's team, assigned for a time (R045, R047)."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Notification
from accounts.roles import Role
from partnerships.models import PartnershipChange
from tests.partnerships.factories import MemberFactory
from tests.schools.factories import DirectorFactory, MembershipFactory


def url(cast) -> str:
    return reverse("partnerships:curators", args=[cast.partnership.pk])


def text_of(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def person(cast):
    return DirectorFactory(school=cast.lead, role=Role.CURATOR, name="Тихонова Анна Павловна")


def typed(person, **changes):
    return {"member": person.pk, "since": "2026-11-24", "until": ""} | changes


def test_a_person_of_the_leader_is_assigned_to_one_target(client, cast, person):
    target = MemberFactory(partnership=cast.partnership, school=cast.lonely)
    answer = client.sign_in(cast.methodist).post(url(cast), typed(person, target=target.pk))
    assert answer.status_code == 302
    row = cast.partnership.curators.get(member=person)
    assert (row.target, row.since, row.until) == (target, date(2026, 11, 24), None)
    html = text_of(client.get(url(cast)))
    assert "Тихонова Анна Павловна" in html
    assert "Ведёт СОШ №47, с 24.11.2026" in html
    change = PartnershipChange.objects.get(partnership=cast.partnership)
    assert change.what == "Куратор: Тихонова Анна Павловна, СОШ №47"
    assert Notification.objects.filter(recipient=person.user).count() == 1
    assert "Мои пары" in text_of(client.sign_in(person.user).get("/"))
    assert cast.partnership.title in text_of(client.get("/"))


def test_people_of_other_schools_are_no_choice(client, cast):
    client.sign_in(cast.methodist)
    html = text_of(client.get(url(cast)))
    others = [cast.director.memberships.get(), MembershipFactory(municipality=cast.foreign)]
    for other in others:
        assert other.name not in html
        assert client.post(url(cast), typed(other)).status_code == 200
    assert cast.partnership.curators.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"until": "2026-11-23"}, "Дата окончания раньше даты начала."),
        ({"since": ""}, "Обязательное поле"),
        ({"member": ""}, "Обязательное поле"),
        ({"member": "9" * 20}, "Выберите корректный вариант"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(client, cast, person, changes, sentence):
    answer = client.sign_in(cast.methodist).post(url(cast), typed(person, **changes))
    assert sentence in text_of(answer)
    assert not cast.partnership.curators.filter(member=person).exists()


def test_the_same_days_twice_are_refused(client, cast, person):
    client.sign_in(cast.methodist)
    client.post(url(cast), typed(person))
    again = client.post(url(cast), typed(person, since="2027-01-01"))
    assert "уже куратор в эти дни" in text_of(again)
    earlier = typed(person, since="2026-09-01", until="2026-10-31")
    assert client.post(url(cast), earlier).status_code == 302
    assert cast.partnership.curators.filter(member=person).count() == 2


def test_an_assignment_ends_and_stays_in_sight(client, cast):
    row = cast.partnership.curators.get()
    row.since = date(2026, 9, 1)
    row.save()
    end = reverse("partnerships:curator-end", args=[row.pk])
    client.sign_in(cast.methodist)
    early = client.post(end, {"until": "2026-08-31"})
    assert "Назначение началось позже: 01.09.2026." in text_of(early)
    assert client.post(end, {"until": "2026-11-20"}).status_code == 302
    row.refresh_from_db()
    assert row.until == date(2026, 11, 20)
    html = text_of(client.get(url(cast)))
    assert html.index("Раньше") < html.rindex(row.member.name)
    (change,) = PartnershipChange.objects.filter(partnership=cast.partnership)
    assert (change.old, change.new) == ("с 01.09.2026", "с 01.09.2026 по 20.11.2026")
    card = reverse("partnerships:detail", args=[cast.partnership.pk])
    assert client.sign_in(cast.curator).get(card).status_code == 404


def test_members_see_and_only_the_methodist_assigns(client, cast, person):
    client.sign_in(cast.director)
    assert "Назначить куратора" not in text_of(client.get(url(cast)))
    assert client.post(url(cast), typed(person)).status_code == 403
    cast.partnership.state = "finished"
    cast.partnership.save()
    client.sign_in(cast.methodist)
    assert "хранится без изменений" in text_of(client.get(url(cast)))
    assert client.post(url(cast), typed(person)).status_code == 403

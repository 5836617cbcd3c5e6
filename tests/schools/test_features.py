"""Features of a school and the directions that they propose (R084–R096)."""

import pytest
from django.urls import reverse

from schools.actions import features as actions
from schools.models import SchoolChange, SchoolFeature
from tests.schools.factories import DirectionFactory


def feature(code, name, *directions, **more):
    row = SchoolFeature.objects.create(code=code, name=name, **more)
    row.directions.set([DirectionFactory(name=direction) for direction in directions])
    return row


@pytest.fixture
def gifted(db):
    return feature("gifted", "Одарённые дети", "Диалог педагогов", "Круг общения")


@pytest.fixture
def isolation(db):
    return feature("isolation", "Профессиональная изоляция", "Анализ запросов")


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


def at(school):
    return reverse("schools:features-edit", args=[school.pk])


def page(client, url):
    return client.get(url).content.decode().replace("\xa0", " ")


def test_each_feature_stands_with_the_directions_it_proposes(methodist, cast, gifted, isolation):
    html = page(methodist, at(cast.target))
    box = html.split("Одарённые дети")[1].split('<div class="box">')[0]
    assert "Диалог педагогов" in box
    assert "Круг общения" in box
    assert "Анализ запросов" not in box


def test_chosen_features_propose_their_directions_on_the_tab(methodist, cast, gifted, isolation):
    """R096."""
    answer = methodist.post(at(cast.target), {"features": [gifted.pk], "shown": ""})
    assert answer.url == reverse("schools:risks", args=[cast.target.pk])
    part = page(methodist, answer.url).split('id="proposed-head"')[1].split("</section>")[0]
    assert part.count("потому что: особенность «Одарённые дети»") == 2
    assert "Круг общения" in part
    assert "Анализ запросов" not in part
    change = SchoolChange.objects.get()
    assert (change.what, change.new, change.area) == (
        "Особенность: Одарённые дети",
        "есть",
        "risks",
    )


def test_a_cleared_tick_takes_the_feature_away(methodist, cast, gifted):
    cast.target.features.add(gifted)
    html = page(methodist, at(cast.target))
    assert f'name="shown" value="{gifted.pk}"' in html
    methodist.post(at(cast.target), {"shown": str(gifted.pk)})
    assert not cast.target.features.exists()
    assert SchoolChange.objects.get().new == "нет"


def test_two_people_at_one_form_lose_nothing(cast, gifted, isolation):
    actions.choose(school=cast.target, chosen=[gifted], shown=[], by=cast.chair)
    actions.choose(school=cast.target, chosen=[isolation], shown=[], by=cast.methodist)
    assert set(cast.target.features.all()) == {gifted, isolation}
    assert SchoolChange.objects.count() == 2


def test_the_same_twice_is_told_once(methodist, cast, gifted):
    for _ in range(2):
        methodist.post(at(cast.target), {"features": [gifted.pk], "shown": ""})
    assert SchoolChange.objects.count() == 1


def test_a_retired_feature_stays_where_it_is_and_is_offered_nowhere_else(methodist, cast, gifted):
    cast.target.features.add(gifted)
    SchoolFeature.objects.update(is_retired=True)
    assert "Одарённые дети" in page(methodist, at(cast.target))
    html = page(methodist, at(cast.lonely))
    assert "Одарённые дети" not in html
    assert "В справочнике особенностей пока нет ни одной строки" in html


@pytest.mark.parametrize("chosen", ["987654321", "9" * 30, "x", "\x00"])
def test_an_unknown_feature_is_refused(methodist, cast, gifted, chosen):
    answer = methodist.post(at(cast.target), {"features": [chosen], "shown": "x 1 " + "9" * 50})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not cast.target.features.exists()


def test_a_feature_of_another_municipality_is_unknown_here(methodist, cast):
    foreign = feature("own", "Чужая особенность", municipality=cast.foreign)
    assert "Чужая особенность" not in page(methodist, at(cast.target))
    answer = methodist.post(at(cast.target), {"features": [foreign.pk], "shown": ""})
    assert answer.status_code == 200
    assert not cast.target.features.exists()


def test_features_of_a_school_are_seen_with_its_risks_only(client, cast, gifted):
    cast.target.features.add(gifted)
    assert "Одарённые дети" in page(
        client.sign_in(cast.director), reverse("schools:risks", args=[cast.target.pk])
    )
    client.sign_in(cast.lead_director)
    assert "Одарённые дети" not in page(client, reverse("schools:detail", args=[cast.target.pk]))
    assert client.get(at(cast.target)).status_code == 403

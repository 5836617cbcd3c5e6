"""The tab «Риски» and what the methodist does with risk profiles."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.versions import Stale
from schools.actions import profiles as actions
from schools.enums import Deficit, FactorGroup, ProfileSource, Significance
from schools.models import RiskProfile, RiskProfileItem, SchoolChange
from schools.profile_draft import ItemDraft, ProfileDraft
from tests.schools.factories import (
    YEAR,
    DirectionFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolFactory,
)

LAST = YEAR.previous


def at(name, school, *args):
    return reverse(f"schools:{name}", args=[school.pk, *args])


def page(client, url):
    """The page with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


@pytest.fixture
def factor(db):
    return RiskFactorFactory(name="Низкий уровень оснащения школы", short_name="Оснащение")


@pytest.fixture
def pupils(db):
    return RiskFactorFactory(name="Учебная неуспешность", short_name="Неуспешность")


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


@pytest.fixture
def profile(cast, factor):
    """СОШ №5 this year: оснащение, высокая."""
    profile = RiskProfileFactory(school=cast.target, source=ProfileSource.SURVEY)
    RiskProfileItemFactory(profile=profile, factor=factor, significance=Significance.HIGH)
    return profile


def typed(profile, **changes):
    """What the form holds when nothing was touched, with changes: `significance_1="high"`."""
    data = {"source": profile.source, "version": profile.version}
    for item in profile.items.all():
        data[f"significance_{item.factor_id}"] = item.significance
        data[f"note_{item.factor_id}"] = item.note
    return data | changes


def posted(client, profile, **changes):
    url = at("profile-edit", profile.school, profile.year.start)
    return client.post(url, typed(profile, **changes))


def told(school):
    rows = SchoolChange.objects.filter(school=school, area="risks").order_by("pk")
    plain = [(row.what, row.old, row.new) for row in rows]
    return [tuple(text.replace("\xa0", " ") for text in row) for row in plain]


# --- the tab -----------------------------------------------------------------------------------


def test_the_tab_tells_source_note_and_years(methodist, cast, profile):
    RiskProfile.objects.filter(pk=profile.pk).update(source_note="протокол № 3")
    RiskProfileItemFactory(profile__school=cast.target, profile__year=LAST)
    html = page(methodist, at("risks", cast.target))
    assert "анкетирование РПШ, протокол № 3" in html
    assert f'<th scope="col">{LAST}</th>' in html
    assert "Низкий уровень оснащения школы" in html


def test_the_tab_shows_all_years_and_the_overview_the_last_four(methodist, cast):
    for back in range(6):
        RiskProfileItemFactory(profile__school=cast.target, profile__year=YEAR.start - back)
    assert f'<th scope="col">{2021}/22</th>' in page(methodist, at("risks", cast.target))
    assert f'<th scope="col">{2021}/22</th>' not in page(methodist, at("detail", cast.target))


def test_what_changed_since_last_year_is_told(methodist, cast, profile, factor):
    before = RiskProfileFactory(school=cast.target, year=LAST)
    RiskProfileItemFactory(profile=before, factor=factor, significance=Significance.LOW)
    html = page(methodist, at("risks", cast.target))
    assert "значимость выросла" in html.split('id="changed-head"')[1].split("</section>")[0]


def test_deficits_are_grouped_and_what_was_overcome_is_none(methodist, cast, profile):
    """R036: ресурсные and образовательные."""
    for deficit, name, overcome in [
        (Deficit.RESOURCE, "Кадры", False),
        (Deficit.EDUCATIONAL, "Обучение с ОВЗ", False),
        (Deficit.EDUCATIONAL, "Побеждённое", True),
    ]:
        RiskProfileItemFactory(
            profile=profile,
            factor=RiskFactorFactory(name=name, deficit=deficit),
            overcome=overcome,
        )
    html = page(methodist, at("risks", cast.target))
    box = html.split("<h2>Дефициты 2026/27</h2>")[1].split("<h2>")[0]
    places = [box.index(word) for word in ("Ресурсные", "Кадры", "Образовательные", "с ОВЗ")]
    assert places == sorted(places)
    assert "Побеждённое" not in box


def test_directions_are_proposed_with_the_reason(methodist, cast, profile, factor):
    """R051: derived from the profile of the school."""
    factor.directions.add(DirectionFactory(name="Общие ресурсы"))
    html = page(methodist, at("risks", cast.target))
    part = html.split('id="proposed-head"')[1].split("</section>")[0]
    assert "Общие ресурсы" in part
    assert "потому что: фактор «Оснащение»" in part
    RiskProfileItem.objects.update(overcome=True)
    assert "Предложить нечего" in page(methodist, at("risks", cast.target))


def test_an_empty_tab_says_what_to_do(methodist, cast):
    html = page(methodist, at("risks", cast.lonely))
    assert "Внесите профиль этого года" in html
    assert "Копировать не из чего" in html
    assert "Сравнить можно профили двух лет" in html


@pytest.mark.parametrize("person", ["chair", "director", "coordinator"])
def test_who_sees_risks_without_keeping_them_has_no_buttons(client, cast, profile, person):
    html = page(client.sign_in(getattr(cast, person)), at("risks", cast.target))
    assert "Низкий уровень оснащения школы" in html
    assert "ведёт методист" in html
    for name in ("profile-edit", "profile-delete"):
        assert at(name, cast.target, YEAR.start) not in html


@pytest.mark.parametrize("person", ["lead_director", "curator", "lonely_director"])
@pytest.mark.parametrize("name", ["risks", "profile-compare"])
def test_risks_of_another_school_are_not_shown(client, cast, profile, person, name):
    """Decision 6: the own school only."""
    client.sign_in(getattr(cast, person))
    answer = client.get(at(name, cast.target))
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "Рисковый профиль видят сама школа" in html
    assert "оснащения" not in html
    assert at("risks", cast.target) not in page(client, at("detail", cast.target))


@pytest.mark.parametrize("name", ["risks", "profile-create", "features-edit"])
def test_an_external_organisation_has_no_risks(methodist, cast, name):
    """Quirk 25."""
    museum = SchoolFactory(municipality=cast.municipality, org_type="public")
    answer = methodist.get(at(name, museum))
    assert answer.status_code == 403
    assert "нешн" in answer.content.decode()


@pytest.mark.parametrize("name", ["profile-create", "features-edit"])
def test_a_closed_school_keeps_its_risks_as_they_are(methodist, cast, profile, name):
    cast.target.closed_on = date(2026, 8, 31)
    cast.target.save()
    assert "Низкий уровень оснащения" in page(methodist, at("risks", cast.target))
    answer = methodist.post(at(name, cast.target), {"year": "2027/28", "start": "empty"})
    assert answer.status_code == 403
    assert "Школа закрыта 31 августа 2026 г." in answer.content.decode().replace("\xa0", " ")
    assert posted(methodist, profile, source_note="x").status_code == 403


@pytest.mark.parametrize("factors", [1, 8])
def test_queries_of_the_tab_do_not_follow_the_factors(methodist, cast, factors):
    profiles = [RiskProfileFactory(school=cast.target, year=year) for year in (LAST, YEAR)]
    for profile in profiles:
        for _ in range(factors):
            item = RiskProfileItemFactory(profile=profile)
            item.factor.directions.add(DirectionFactory())
    page(methodist, at("risks", cast.target))
    with CaptureQueriesContext(connection) as asked:
        page(methodist, at("risks", cast.target))
    assert len(asked) == 15


# --- a new year --------------------------------------------------------------------------------


def start(client, school, **changes):
    return client.post(
        at("profile-create", school), {"year": "2026/27", "start": "empty"} | changes
    )


def test_an_empty_profile_is_made_and_opened(methodist, cast):
    answer = start(methodist, cast.target)
    assert answer.url == at("profile-edit", cast.target, 2026)
    profile = cast.target.risk_profiles.get()
    assert (profile.year, profile.source, profile.updated_by) == (YEAR, "unset", cast.methodist)
    assert told(cast.target) == [("Рисковый профиль 2026/27", "", "внесён пустым")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year": "2026/28"}, "Учебный год 2026 заканчивается в 2027 году"),
        ({"year": "1989/90"}, "не раньше 1990/91 и не позже 2027/28"),
        ({"year": "2028/29"}, "не раньше 1990/91 и не позже 2027/28"),
        ({"year": "в прошлом"}, "в виде «2026/27»"),
        ({"year": "9" * 5000}, "не более 20 символов"),
        ({"year": "2026\x00"}, 'id="errors-title"'),
        ({"year": ""}, "Укажите учебный год"),
        ({"start": "copy"}, "Копировать не из чего"),
        ({"start": "moon"}, "корректный вариант"),
    ],
)
def test_a_bad_year_is_refused_with_a_sentence(methodist, cast, changes, sentence):
    answer = start(methodist, cast.target, **changes)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not cast.target.risk_profiles.exists()


def test_a_year_that_has_a_profile_is_refused(methodist, cast, profile):
    answer = start(methodist, cast.target)
    assert "Профиль за 2026/27 учебный год уже есть" in answer.content.decode()


def copied(client, school, year=2026):
    return client.post(at("profile-copy", school, year), follow=True)


def test_copying_takes_the_latest_earlier_profile_without_what_was_overcome(
    methodist, cast, factor, pupils
):
    older = RiskProfileFactory(school=cast.target, year=2020)
    RiskProfileItemFactory(profile=older)
    last = RiskProfileFactory(school=cast.target, year=LAST, source=ProfileSource.SURVEY)
    RiskProfileItemFactory(profile=last, factor=factor, significance="mid", note="20 %")
    RiskProfileItemFactory(profile=last, factor=pupils, overcome=True)
    RiskProfileFactory(school=cast.target, year=YEAR.next)
    html = copied(methodist, cast.target).content.decode().replace("\xa0", " ")
    profile = cast.target.risk_profiles.get(year=YEAR)
    items = {item.factor: (item.significance, item.note) for item in profile.items.all()}
    assert items == {factor: ("mid", "20 %")}
    assert profile.source == ProfileSource.UNSET
    assert "Не перенесено, потому что преодолено: Неуспешность" in html
    assert told(cast.target)[-1] == (
        "Рисковый профиль 2026/27",
        "",
        "скопирован из 2025/26: 1 фактор",
    )


def test_copying_into_a_new_list_replaces_or_drops_what_left_it(methodist, cast, factor):
    heir = RiskFactorFactory(short_name="Среда", valid_from=2026)
    old = RiskFactorFactory(short_name="Благополучие", valid_to=2025, replaced_by=heir)
    lost = RiskFactorFactory(short_name="Дисциплина", valid_to=2025)
    last = RiskProfileFactory(school=cast.target, year=LAST)
    for one in (old, lost):
        RiskProfileItemFactory(profile=last, factor=one, note="как было")
    html = copied(methodist, cast.target).content.decode()
    item = RiskProfileItem.objects.get(profile__year=YEAR)
    assert (item.factor, item.note) == (heir, "как было")
    assert "«Благополучие» заменён на «Среда»" in html
    assert "не в списке 2026/27: Дисциплина" in html
    assert set(last.items.values_list("factor", flat=True)) == {old.pk, lost.pk}


def test_copying_refuses_a_year_that_has_a_profile(methodist, cast, profile):
    RiskProfileItemFactory(profile__school=cast.target, profile__year=LAST)
    html = copied(methodist, cast.target).content.decode()
    assert "уже есть: правьте его" in html
    assert profile.items.count() == 1
    assert copied(methodist, cast.lonely).status_code == 200
    assert not cast.lonely.risk_profiles.exists()


def test_copying_needs_a_sensible_year_and_a_post(methodist, cast, profile):
    assert copied(methodist, cast.target, 2040).status_code == 403
    assert copied(methodist, cast.target, 10**30).status_code == 404
    assert methodist.get(at("profile-copy", cast.target, 2026)).status_code == 405


def test_copying_twice_makes_one(cast, profile, factor):
    first = actions.copy(school=cast.target, year=YEAR.next, by=cast.methodist)
    assert first.source == YEAR
    assert actions.copy(school=cast.target, year=YEAR.next, by=cast.methodist) is None
    assert cast.target.risk_profiles.count() == 2


# --- the whole profile -------------------------------------------------------------------------


def test_a_row_for_every_factor_of_that_year_and_for_those_named_already(methodist, cast, profile):
    past = RiskFactorFactory(name="Прежняя формулировка", valid_to=2020)
    RiskProfileItemFactory(profile=profile, factor=past)
    RiskFactorFactory(name="Давно не в списке", valid_to=2020)
    RiskFactorFactory(name="Ещё не в списке", valid_from=2027)
    RiskFactorFactory(name="Больше не выбирается", is_retired=True)
    RiskFactorFactory(name="Чужой фактор", municipality=cast.foreign)
    RiskFactorFactory(name="Семья и школа", group=FactorGroup.FAMILY, definition="Про родителей")
    html = page(methodist, at("profile-edit", cast.target, 2026))
    assert "Прежняя формулировка" in html
    assert "В списке этого года такого фактора нет" in html
    assert "Про родителей" in html
    for absent in ("Давно не", "Ещё не в", "Больше не выбирается", "Чужой фактор"):
        assert absent not in html
    assert html.index("Обучающиеся</h2>") < html.index("Семья</h2>")


def test_the_profile_is_saved_as_a_whole_and_history_tells_it_in_words(
    methodist, cast, profile, factor, pupils
):
    """R063, R068: significance, note with a share, overcome with whom and thanks to what."""
    answer = posted(
        methodist,
        profile,
        source="committee",
        source_note="протокол № 3",
        **{
            f"significance_{factor.pk}": "high",
            f"overcome_{factor.pk}": "on",
            f"overcome_on_{factor.pk}": "2026-10-05",
            f"overcome_with_{factor.pk}": "Сош N 9",
            f"overcome_note_{factor.pk}": "проект 500+",
            f"significance_{pupils.pk}": "low",
            f"note_{pupils.pk}": "20 % дети-инофоны",
        },
    )
    assert answer.url == at("risks", cast.target)
    profile.refresh_from_db()
    assert (profile.version, profile.updated_by, profile.source) == (2, cast.methodist, "committee")
    items = {item.factor_id: ItemDraft.of(item) for item in profile.items.all()}
    thanks = ItemDraft("high", "", True, date(2026, 10, 5), cast.lead, "проект 500+")
    assert items == {factor.pk: thanks, pupils.pk: ItemDraft("low", "20 % дети-инофоны")}
    assert told(cast.target) == [
        (
            "Рисковый профиль 2026/27: источник",
            "анкетирование РПШ",
            "решение комитета, протокол № 3",
        ),
        (
            "Рисковый профиль 2026/27: Оснащение",
            "высокая",
            "высокая; преодолён 05.10.2026, с СОШ №9, проект 500+",
        ),
        ("Рисковый профиль 2026/27: Неуспешность", "нет в профиле", "низкая; 20 % дети-инофоны"),
    ]


def test_a_factor_is_taken_out_of_the_profile(methodist, cast, profile, factor):
    RiskProfileItem.objects.update(note="осталось от прежнего")
    answer = posted(methodist, profile, **{f"significance_{factor.pk}": ""})
    assert answer.status_code == 302
    assert not profile.items.exists()
    assert told(cast.target)[0][2] == "нет в профиле"


def test_saving_nothing_new_says_so_and_changes_nothing(methodist, cast, profile):
    answer = posted(methodist, profile)
    assert "ничего не изменилось" in page(methodist, answer.url)
    profile.refresh_from_db()
    assert profile.version == 1
    assert told(cast.target) == []


def bad(factor, **changes):
    return {f"{name}_{factor.pk}": value for name, value in changes.items()}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"significance": "huge"}, "корректный вариант"),
        ({"significance": "low", "note": "я" * 301}, "не более 300 символов"),
        ({"significance": "low", "note": "я\x00"}, "Оснащение: примечание"),
        ({"significance": "", "note": "20 %"}, "Выберите значимость"),
        ({"significance": "", "overcome": "on"}, "Выберите значимость"),
        ({"significance": "low", "overcome_on": "2026-10-05"}, "Отметьте «преодолён»"),
        ({"significance": "low", "overcome": "on", "overcome_on": "2026-11-25"}, "будущая дата"),
        ({"significance": "low", "overcome": "on", "overcome_on": "0206-11-25"}, "Проверьте год"),
        ({"significance": "low", "overcome": "on", "overcome_on": "вчера"}, "правильную дату"),
        ({"significance": "none", "overcome": "on"}, "вместе не бывают"),
        ({"significance": "low", "overcome": "on", "overcome_with": "СОШ №15"}, "нет. Напишите"),
        ({"significance": "low", "overcome": "on", "overcome_with": "сош 5"}, "Это сама школа"),
        ({"significance": "low", "overcome": "on", "overcome_with": "«»"}, "нет. Напишите"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    methodist, cast, profile, factor, row, sentence
):
    answer = posted(methodist, profile, source_note="набрано", **bad(factor, **row))
    assert answer.status_code == 200
    html = answer.content.decode()
    summary = html.split('role="alert"')[1].split("</ul>")[0]
    assert sentence in summary.replace("\xa0", " ") or sentence in summary
    assert f'href="#id_{next(iter(row))}_{factor.pk}"' in html or "href" in summary
    assert "набрано" in html
    assert profile.items.get().significance == "high"


def test_a_factor_that_is_not_in_the_list_is_refused(methodist, cast, profile):
    answer = posted(methodist, profile, significance_987654321="high")
    assert "которого нет в списке этого года" in answer.content.decode()
    assert posted(methodist, profile, **{"significance_" + "9" * 400: "high"}).status_code == 302


@pytest.mark.parametrize("source", ["moon", ""])
def test_an_unknown_source_is_refused(methodist, profile, source):
    assert posted(methodist, profile, source=source).status_code == 200


def test_a_date_before_the_profile_s_year_is_told_of_and_written(methodist, cast, profile, factor):
    row = bad(factor, significance="low", overcome="on", overcome_on="2026-05-20")
    answer = posted(methodist, profile, **row)
    assert profile.items.get().overcome_on == date(2026, 5, 20)
    assert "дата раньше начала 2026/27 учебного года" in page(methodist, answer.url)


def test_a_school_of_another_municipality_stays_though_it_cannot_be_named(
    methodist, cast, profile, factor
):
    profile.items.update(overcome=True, overcome_with=cast.foreign_lead)
    row = bad(factor, significance="high", overcome="on", note="новое", overcome_with="СОШ №15")
    assert posted(methodist, profile, **row).status_code == 302
    item = profile.items.get()
    assert (item.overcome_with, item.note) == (cast.foreign_lead, "новое")


def test_the_second_person_sees_both_versions_and_may_keep_either(
    methodist, cast, profile, factor, pupils
):
    mine = typed(profile, **bad(factor, significance="low", note="моё"))
    whole = ProfileDraft(profile.source, "", {pupils.pk: ItemDraft("mid", "их")})
    actions.save(profile=profile, draft=whole, expected_version=1, by=cast.chair)
    url = at("profile-edit", cast.target, 2026)
    answer = methodist.post(url, mine)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "низкая; моё" in html
    assert "средняя; их" in html
    assert set(profile.items.values_list("note", flat=True)) == {"их"}
    again = {name: value for name, value in hidden(html).items() if name != "csrfmiddlewaretoken"}
    assert methodist.post(url, again).status_code == 302
    assert set(profile.items.values_list("note", flat=True)) == {"моё"}


def hidden(html):
    """Hidden fields of the last form of a page."""
    form = html.rpartition("<form")[2]
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
    return dict(found)


def test_a_form_without_a_version_overwrites_nothing(methodist, profile, factor):
    answer = posted(methodist, profile, version="", **bad(factor, significance="low"))
    assert answer.status_code == 409
    assert posted(methodist, profile, version="9" * 400, source="moon").status_code == 200


def test_stale_writes_nothing(cast, profile):
    with pytest.raises(Stale):
        actions.save(profile=profile, draft=ProfileDraft(), expected_version=7, by=cast.methodist)
    assert profile.items.count() == 1


@pytest.mark.parametrize("name", ["profile-edit", "profile-delete"])
def test_a_year_without_a_profile_is_not_found(methodist, cast, name):
    for year in (2026, 1, 10**30):
        assert methodist.get(at(name, cast.target, year)).status_code == 404


def test_names_of_schools_are_suggested_while_there_are_few(methodist, cast, profile):
    url = at("profile-edit", cast.target, 2026)
    assert '<option value="СОШ №9">' in page(methodist, url)
    assert "СОШ №15" not in page(methodist, url)
    for _ in range(101):
        SchoolFactory(municipality=cast.municipality)
    assert '<option value="СОШ №9">' not in page(methodist, url)


# --- one factor, deleting, comparing -----------------------------------------------------------


def test_one_factor_is_marked_from_the_table(methodist, cast, profile, factor):
    """R063."""
    url = at("profile-overcome", cast.target, 2026, factor.pk)
    assert url in page(methodist, at("risks", cast.target))
    assert "Низкий уровень оснащения школы" in page(methodist, url)
    data = {"overcome_on": "2026-11-01", "overcome_with": "МОБУ «СОШ № 9»", "overcome_note": "500+"}
    assert methodist.post(url, data).url == at("risks", cast.target)
    item = profile.items.get()
    assert ItemDraft.of(item) == ItemDraft("high", "", True, date(2026, 11, 1), cast.lead, "500+")
    assert told(cast.target)[0][2] == "высокая; преодолён 01.11.2026, с СОШ №9, 500+"
    assert methodist.post(url, data).status_code == 302  # the same once more
    assert len(told(cast.target)) == 1


def test_somebody_marked_it_otherwise_meanwhile(methodist, cast, profile, factor):
    url = at("profile-overcome", cast.target, 2026, factor.pk)
    profile.items.update(overcome=True, overcome_note="их слова")
    answer = methodist.post(url, {"overcome_note": "мои слова"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "их слова" in html
    assert "мои слова" in html
    assert profile.items.get().overcome_note == "их слова"
    assert methodist.get(url).status_code == 403


def test_what_was_not_found_cannot_be_overcome(methodist, cast, profile, factor):
    profile.items.update(significance=Significance.NONE)
    url = at("profile-overcome", cast.target, 2026, factor.pk)
    assert url not in page(methodist, at("risks", cast.target))
    assert methodist.post(url).status_code == 403
    for number in (factor.pk + 1000, 10**30):
        other = at("profile-overcome", cast.target, 2026, number)
        assert methodist.get(other).status_code == 404


def test_a_future_date_of_overcoming_is_refused(methodist, cast, profile, factor):
    tomorrow = date(2026, 11, 24) + timedelta(days=1)
    url = at("profile-overcome", cast.target, 2026, factor.pk)
    answer = methodist.post(url, {"overcome_on": tomorrow.isoformat()})
    assert "будущая дата" in answer.content.decode()
    assert not profile.items.get().overcome


def test_deleting_asks_naming_year_and_number_and_history_keeps_it(methodist, cast, profile):
    url = at("profile-delete", cast.target, 2026)
    html = page(methodist, url)
    assert "Удалить рисковый профиль за 2026/27 учебный год?" in html
    assert "В профиле 1 фактор." in html
    assert methodist.post(url).url == at("risks", cast.target)
    assert not RiskProfile.objects.exists()
    assert told(cast.target) == [("Рисковый профиль 2026/27", "Оснащение: высокая", "удалён")]
    assert methodist.post(url).status_code == 404


def test_two_years_stand_side_by_side_with_what_changed(client, cast, profile, factor, pupils):
    old = RiskFactorFactory(name="Прежняя неуспешность", replaced_by=pupils)
    last = RiskProfileFactory(school=cast.target, year=LAST)
    RiskProfileItemFactory(profile=last, factor=old, significance="high")
    RiskProfileItemFactory(profile=profile, factor=pupils, significance="low")
    html = page(client.sign_in(cast.director), at("profile-compare", cast.target))
    rows = {row.split("\n")[1].strip(): row for row in html.split('<th scope="row">')[1:]}
    assert "появился" in rows["Низкий уровень оснащения школы"]
    assert "значимость снизилась" in rows["Учебная неуспешность"]
    assert "в 2025/26: «Прежняя неуспешность»" in rows["Учебная неуспешность"]


def test_the_address_chooses_the_years_in_either_order(methodist, cast):
    for year in (2023, 2024, 2025):
        profile = RiskProfileFactory(school=cast.target, year=year)
        RiskProfileItemFactory(profile=profile, factor__name=f"Фактор года {year}")
    url = at("profile-compare", cast.target)
    for query in ("?from=2023&to=2025", "?from=2025&to=2023"):
        html = page(methodist, url + query)
        assert "Фактор года 2023" in html
        assert "Фактор года 2024" not in html
    for query in ("", "?from=1900&to=x", "?from=2025&to=2025", "?from=" + "9" * 5000):
        assert "Фактор года 2024" in page(methodist, url + query)
    assert "Сравнить пока нечего" in page(methodist, at("profile-compare", cast.lonely))

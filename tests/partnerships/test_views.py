"""Pages of the partnerships."""

from datetime import date

import pytest
from django.urls import reverse

from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Partnership, Visit
from schools.enums import Significance
from tests.partnerships.factories import (
    AgreementFactory,
    MemberFactory,
    ObligationFactory,
    PartnershipObligationFactory,
    pair,
)
from tests.schools.factories import (
    YEAR,
    DirectionFactory,
    DirectorFactory,
    MembershipFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

LIST = reverse("partnerships:list")
CREATE = reverse("partnerships:create")
HTML = "<b onclick=x>имя</b>"
SHOWN = "&lt;b onclick=x&gt;имя&lt;/b&gt;"


def url_of(name, partnership, *args):
    return reverse(f"partnerships:{name}", args=[partnership.pk, *args])


def page(client, url):
    """The page with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ")


# --- list --------------------------------------------------------------------------------


def test_each_person_finds_own_partnerships_in_the_list(client, cast):
    other = pair(cast.lonely, cast.lead, topic="только для двоих")
    everyone = {cast.methodist: 2, cast.chair: 2, cast.lead_director: 2, cast.director: 1}
    for person, number in everyone.items():
        html = page(client.sign_in(person), LIST)
        assert f"Найдено: {number}" in html
        assert "чужая тема" not in html
    assert url_of("detail", other) not in page(client.sign_in(cast.director), LIST)


def test_state_and_words_narrow_the_list(client, cast):
    pair(cast.lead, cast.lonely, topic="наставничество", state="proposed")
    client.sign_in(cast.methodist)
    html = page(client, f"{LIST}?state=proposed")
    assert "СОШ №9 – СОШ №47" in html
    assert "СОШ №9 – СОШ №5<" not in html
    assert "СОШ №9 – СОШ №5<" in page(client, f"{LIST}?q=икт сош n5")
    empty = page(client, f"{LIST}?q=сош n5&state=proposed")
    assert "По этому отбору партнёрств нет." in empty


@pytest.mark.parametrize("query", ["state=moon", "page=0", "show=moon", "q=" + "я" * 10_000])
def test_a_spoilt_address_is_no_error(client, cast, query):
    assert client.sign_in(cast.methodist).get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client, db, today, rows, django_assert_num_queries
):
    post = MembershipFactory()
    for _ in range(rows):
        lead = SchoolFactory(municipality=post.municipality)
        partnership = pair(lead, SchoolFactory(municipality=post.municipality))
        AgreementFactory(partnership=partnership)
    client.sign_in(post.user)
    with django_assert_num_queries(9):
        html = page(client, LIST)
    assert html.count('data-l="Состояние"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_schools_without_a_partner_ask_the_same_number_of_queries(
    client, db, today, rows, django_assert_num_queries
):
    post = MembershipFactory()
    for _ in range(rows):
        school = SchoolFactory(municipality=post.municipality)
        SchoolCategoryFactory(school=school)
        RiskProfileItemFactory(profile__school=school)
    client.sign_in(post.user)
    with django_assert_num_queries(8):
        html = page(client, f"{LIST}?show=unpaired")
    assert html.count('<th scope="row">') == rows


def test_schools_without_a_partner_are_offered_one(client, cast):
    """R069."""
    for school in (cast.lonely, cast.target, cast.foreign_target):
        SchoolCategoryFactory(school=school)
    html = page(client.sign_in(cast.methodist), f"{LIST}?show=unpaired")
    assert "Найдено: 1." in html
    assert "СОШ №47" in html
    assert "СОШ №5" not in html
    assert f"{CREATE}?target={cast.lonely.pk}" in html
    assert CREATE not in page(client.sign_in(cast.chair), f"{LIST}?show=unpaired")


def test_a_director_is_told_who_sees_schools_without_a_partner(client, cast):
    client.sign_in(cast.director)
    assert "show=unpaired" not in page(client, LIST)
    answer = client.get(f"{LIST}?show=unpaired")
    assert answer.status_code == 403
    assert "видят методисты и председатель комитета" in text_of(answer)


def test_empty_lists_say_what_comes_next(client, db, today):
    post = MembershipFactory()
    director = DirectorFactory(school__municipality=post.municipality).user
    assert "Предложить партнёрство" in page(client.sign_in(post.user), LIST)
    assert "Школ без партнёра нет." in page(client, f"{LIST}?show=unpaired")
    assert "Их предлагает методист" in page(client.sign_in(director), LIST)


# --- card --------------------------------------------------------------------------------


def test_members_see_the_card_and_strangers_do_not(client, cast):
    url = url_of("detail", cast.partnership)
    seeing = {"chair", "methodist", "director", "lead_director", "coordinator", "curator"}
    for name, person in cast.everyone.items():
        status = client.sign_in(person).get(url).status_code
        assert (name, status) == (name, 200 if name in seeing else 404)


def test_the_card_tells_the_facts(client, cast):
    cast.partnership.members.filter(role=MemberRole.LEAD).update(contribution="тьюторы")
    AgreementFactory(partnership=cast.partnership, number="17")
    PartnershipObligationFactory(
        partnership=cast.partnership, obligation__name="Консультации", quantity=8
    )
    PartnershipObligationFactory(
        partnership=cast.partnership, obligation__name="Площадка", side="target"
    )
    html = page(client.sign_in(cast.director), url_of("detail", cast.partnership))
    for fact in (
        "Действует",
        "Использование ИКТ",
        "тьюторы",
        "период не указан",
        "Договор заключён",
        "17",
        "Консультации",
        "Площадка",
        "по мере необходимости",
        "не определена",
        "Не у всех участников указана ведомственная принадлежность",
        "Заместитель директора, СОШ №9",
    ):
        assert fact in html
    lacking = html.split("Для справки не хватает")[1].split("</p>")[0]
    assert "дата" in lacking
    assert "номер" not in lacking


def test_members_see_the_profile_of_the_target_here(client, cast):
    """decisions.md 6: a partner's profile is shown on the partnership's card."""
    factor = RiskFactorFactory(name="Учебная неуспешность")
    profile = RiskProfileFactory(school=cast.target)
    RiskProfileItemFactory(
        profile=profile, factor=factor, significance=Significance.HIGH, note="20 %"
    )
    old = RiskProfileFactory(school=cast.target, year=YEAR.previous)
    RiskProfileItemFactory(profile=old, note="прошлогоднее")
    RiskProfileItemFactory(profile__school=cast.lead, note="профиль лидера")
    html = page(client.sign_in(cast.lead_director), url_of("detail", cast.partnership))
    assert "Учебная неуспешность" in html
    assert "20 %" in html
    assert "прошлогоднее" not in html
    assert "профиль лидера" not in html


def test_a_foreign_member_is_a_name_a_role_and_a_municipality(client, cast):
    MemberFactory(partnership=cast.partnership, school=cast.foreign_target)
    RiskProfileItemFactory(profile__school=cast.foreign_target, note="чужой профиль")
    url = url_of("detail", cast.partnership)
    foreign_card = reverse("schools:detail", args=[cast.foreign_target.pk])
    own_card = reverse("schools:detail", args=[cast.target.pk])
    html = page(client.sign_in(cast.methodist), url)
    assert "СОШ №14" in html
    assert "Чужой" in html
    assert foreign_card not in html
    assert own_card in html
    assert "чужой профиль" not in html
    assert "Профиль школы другого муниципалитета здесь не показывается." in html
    html = page(client.sign_in(DirectorFactory(school=cast.foreign_target).user), url)
    assert foreign_card in html
    assert own_card not in html
    assert "чужой профиль" in html


@pytest.mark.parametrize(
    ("state", "verb"), [("proposed", "agree"), ("agreed", "start"), ("active", "")]
)
def test_until_it_runs_the_main_button_is_the_next_step(client, cast, state, verb):
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=state)
    html = page(client.sign_in(cast.methodist), url_of("detail", cast.partnership))
    head = " ".join(html.partition("<h1>")[2].partition('class="cols"')[0].split())
    target = (
        url_of("move", cast.partnership, verb) if verb else url_of("visit-add", cast.partnership)
    )
    assert f'<a class="btn main" href="{target}">' in head
    assert head.count("btn main") == 1


def test_only_the_methodist_gets_buttons_and_they_tell_why_not(client, cast):
    url, edit = url_of("detail", cast.partnership), url_of("edit", cast.partnership)
    pause = url_of("move", cast.partnership, "pause")
    html = page(client.sign_in(cast.methodist), url)
    assert edit in html
    assert pause in html
    assert url_of("move", cast.partnership, "agree") not in html
    for person in (cast.chair, cast.director):
        html = page(client.sign_in(person), url)
        assert edit not in html
        assert pause not in html
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=PartnershipState.PAUSED)
    html = page(client.sign_in(cast.methodist), url)
    assert edit not in html
    assert "сначала возобновите его" in html
    assert url_of("visit-add", cast.partnership) not in html


def test_a_refused_step_stays_in_place_with_its_reason(client, cast):
    cast.target.closed_on = date(2026, 9, 1)
    cast.target.save()
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=PartnershipState.AGREED)
    html = page(client.sign_in(cast.methodist), url_of("detail", cast.partnership))
    assert "Школа закрыта: СОШ №5." in html
    assert url_of("move", cast.partnership, "start") not in html


def test_html_is_shown_as_text(client, cast):
    fields = dict.fromkeys(("topic", "reason", "goal", "scenario_basis", "result"), HTML)
    Partnership.objects.filter(pk=cast.partnership.pk).update(**fields)
    cast.partnership.members.update(contribution=HTML)
    AgreementFactory(partnership=cast.partnership, number=HTML)
    Visit.objects.create(
        partnership=cast.partnership,
        visited_on=date(2026, 11, 1),
        purpose=HTML,
        found=HTML,
        next_step=HTML,
        author=cast.curator,
    )
    cast.partnership.transitions.create(
        verb="start", from_state="agreed", to_state="active", comment=HTML
    )
    client.sign_in(cast.methodist)
    for url in (
        url_of("detail", cast.partnership),
        LIST,
        url_of("move", cast.partnership, "pause"),
        url_of("edit", cast.partnership),
    ):
        html = page(client, url)
        assert HTML not in html
        assert SHOWN in html


# --- create and edit ---------------------------------------------------------------------


def typed(cast, **changes):
    plain = {"leads": [cast.lead.pk], "targets": [cast.target.pk, cast.lonely.pk]}
    return plain | {"topic": "новая тема", "scenario": "unset"} | changes


def test_the_methodist_proposes_a_partnership_of_several(client, cast):
    promised, other = ObligationFactory(), ObligationFactory()
    client.sign_in(cast.methodist)
    answer = client.post(
        CREATE,
        typed(
            cast,
            start="сентябрь 2025",
            has_agreement="on",
            agreement_signed_on="2025-09-15",
            **{f"promise_{promised.pk}": "on", f"quantity_{other.pk}": "4"},
        ),
    )
    made = Partnership.objects.latest("pk")
    assert answer.url == url_of("detail", made)
    assert made.title == "СОШ №9 – СОШ №5, СОШ №47"
    assert str(made.start) == "сентябрь 2025 г."
    assert made.agreements.get().signed_on == date(2025, 9, 15)
    assert dict(made.obligations.values_list("obligation", "quantity")) == {
        promised.pk: None,
        other.pk: 4,
    }
    html = page(client, answer.url)
    assert "Предложено" in html
    assert "с сентября 2025 г." in html


def ticks(html, name):
    """Id → (is it ticked, its label), in the order of the page."""
    found = {}
    for label in html.split('<label class="check"')[1:]:
        control, _, words = label.partition("<input")[2].partition(">")
        if f'name="{name}"' in control:
            pk = int(control.split('value="')[1].split('"')[0])
            found[pk] = ("checked" in control, " ".join(words.split("</label>")[0].split()))
    return found


def test_a_proposal_names_factors_and_directions_and_the_card_shows_them(client, cast):
    """R051."""
    low, other = RiskFactorFactory(name="Низкая мотивация"), RiskFactorFactory()
    direction = DirectionFactory(name="Наставничество учителей")
    RiskProfileItemFactory(profile__school=cast.lonely, factor=low)
    client.sign_in(cast.methodist)
    html = page(client, f"{CREATE}?target={cast.lonely.pk}")
    assert ticks(html, "factors") == {
        low.pk: (False, "Низкая мотивация"),
        other.pk: (False, other.name),
    }
    assert 'name="result"' not in html
    chosen = {"factors": [low.pk], "directions": [direction.pk], "result": "рано"}
    answer = client.post(CREATE, typed(cast, **chosen))
    made = Partnership.objects.latest("pk")
    assert (list(made.factors.all()), list(made.directions.all())) == ([low], [direction])
    assert made.result == ""
    aside = page(client, answer.url).split("<aside")[1]
    assert "Низкая мотивация" in aside
    assert "Наставничество учителей" in aside


def test_factors_directions_and_the_result_come_filled_and_are_saved(client, cast):
    old, new = RiskFactorFactory(is_retired=True), RiskFactorFactory()
    retired, current = DirectionFactory(is_retired=True), DirectionFactory()
    never = RiskFactorFactory(is_retired=True)
    cast.partnership.factors.add(old)
    cast.partnership.directions.add(retired)
    Partnership.objects.filter(pk=cast.partnership.pk).update(result="Открыт кабинет")
    url = url_of("edit", cast.partnership)
    html = page(client.sign_in(cast.methodist), url)
    factors = {pk: ticked for pk, (ticked, _) in ticks(html, "factors").items()}
    assert factors == {old.pk: True, new.pk: False}
    directions = {pk: ticked for pk, (ticked, _) in ticks(html, "directions").items()}
    assert directions == {retired.pk: True, current.pk: False}
    assert 'value="Открыт кабинет"' in html
    chosen = {
        "factors": [old.pk, new.pk],
        "directions": [current.pk],
        "result": "Успеваемость выросла",
    }
    answer = client.post(url, typed(cast, **chosen))
    saved = Partnership.objects.get(pk=cast.partnership.pk)
    assert set(saved.factors.all()) == {old, new}
    assert (list(saved.directions.all()), saved.result) == ([current], "Успеваемость выросла")
    assert "Успеваемость выросла" in page(client, answer.url).split("<aside")[1]
    refused = client.post(url, typed(cast, factors=[never.pk]))
    assert "Выберите корректный вариант" in text_of(refused)


def test_factors_of_the_targets_profiles_stand_first(client, cast):
    MemberFactory(partnership=cast.partnership, school=cast.foreign_target)
    usual, found, theirs, beaten, past = RiskFactorFactory.create_batch(5)
    RiskProfileItemFactory(profile__school=cast.foreign_target, factor=theirs)
    profile = RiskProfileFactory(school=cast.target)
    RiskProfileItemFactory(profile=profile, factor=found)
    RiskProfileItemFactory(profile=profile, factor=beaten, overcome=True)
    last_year = RiskProfileFactory(school=cast.target, year=YEAR.previous)
    RiskProfileItemFactory(profile=last_year, factor=past)
    html = page(client.sign_in(cast.methodist), url_of("edit", cast.partnership))
    shown = ticks(html, "factors")
    assert next(iter(shown)) == found.pk
    marked = [pk for pk, (_, label) in shown.items() if "есть в профиле целевых школ" in label]
    assert marked == [found.pk]
    assert not any(ticked for ticked, _ in shown.values())
    assert {usual.pk, theirs.pk, beaten.pk, past.pk} < set(shown)


def test_rows_of_another_municipality_are_no_choice(client, cast):
    foreign = {
        "factors": RiskFactorFactory(municipality=cast.foreign, name="чужой фактор"),
        "directions": DirectionFactory(municipality=cast.foreign, name="чужое направление"),
    }
    own = DirectionFactory(municipality=cast.municipality)
    client.sign_in(cast.methodist)
    html = page(client, CREATE)
    assert list(ticks(html, "directions")) == [own.pk]
    for name, row in foreign.items():
        assert row.name not in html
        answer = client.post(CREATE, typed(cast, **{name: [row.pk]}))
        assert "Выберите корректный вариант" in text_of(answer)
    assert Partnership.objects.count() == 2


def test_a_school_without_partner_comes_ticked(client, cast):
    html = page(client.sign_in(cast.methodist), f"{CREATE}?target={cast.lonely.pk}")
    ticked = html.split('name="targets"')
    chosen = [part for part in ticked[1:] if "checked" in part.split(">")[0]]
    assert len(chosen) == 1
    assert f'value="{cast.lonely.pk}"' in chosen[0]
    assert client.get(f"{CREATE}?target=moon&target=999").status_code == 200


def test_only_schools_of_the_municipality_are_offered(client, cast):
    closed = SchoolFactory(municipality=cast.municipality, number="33", closed_on=date(2025, 9, 1))
    client.sign_in(cast.methodist)
    html = page(client, CREATE)
    assert "СОШ №15" not in html
    assert "СОШ №33" not in html
    for stranger in (cast.foreign_target, closed):
        answer = client.post(CREATE, typed(cast, targets=[stranger.pk]))
        assert "Выберите корректный вариант" in text_of(answer)
    assert Partnership.objects.count() == 2


@pytest.mark.parametrize("person", ["chair", "director", "curator", "administrator"])
def test_others_are_refused_with_the_reason(client, cast, person):
    client.sign_in(getattr(cast, person))
    for answer in (client.get(CREATE), client.post(CREATE, typed(cast))):
        assert answer.status_code == 403
        assert "Партнёрства ведёт методист" in text_of(answer)
    edit = client.post(url_of("edit", cast.partnership), typed(cast))
    assert edit.status_code == (404 if person == "administrator" else 403)
    assert client.post(url_of("edit", cast.foreign_partnership), {}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"leads": []}, "Отметьте хотя бы одну школу-лидера."),
        ({"targets": []}, "Отметьте хотя бы одну целевую школу."),
        ({"start": "скоро"}, "Напишите год («2025»)"),
        ({"start": "2025", "end": "2024"}, "Окончание раньше начала."),
        ({"topic": "я" * 10_000}, "не более 500 символов"),
        ({"goal": "я" * 10_000}, "не более 3000 символов"),
        ({"factors": ["9" * 30]}, "Выберите корректный вариант"),
        ({"directions": ["moon"]}, "является неверным значением"),
        ({"scenario": "moon"}, "Выберите корректный вариант"),
        ({"agreement_number": "5"}, "Отметьте, что договор заключён"),
        (
            {
                "has_agreement": "on",
                "agreement_signed_on": "2025-09-01",
                "agreement_valid_until": "2025-08-01",
            },
            "Договор заканчивается раньше, чем заключён.",
        ),
        ({"agreement_signed_on": "31.02.2025"}, "Введите правильную дату"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_kept(client, cast, changes, sentence):
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(cast, **changes))
    html = text_of(answer)
    assert answer.status_code == 200
    assert sentence in html
    assert "Ошибка:" in html
    assert changes.get("topic", "новая тема") in html
    assert Partnership.objects.count() == 2


def test_one_school_on_both_sides_is_refused(client, cast):
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(cast, targets=[cast.lead.pk]))
    assert "Одна школа не может быть и лидером, и целевой: СОШ №9." in text_of(answer)


@pytest.mark.parametrize("quantity", ["0", "-1", "много", "99999999"])
def test_a_strange_quantity_is_refused(client, cast, quantity):
    promised = ObligationFactory()
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(cast, **{f"quantity_{promised.pk}": quantity}))
    assert "Не сохранено" in text_of(answer)
    assert Partnership.objects.count() == 2


def test_a_double_submit_makes_one_partnership(client, cast):
    client.sign_in(cast.methodist)
    answers = [client.post(CREATE, typed(cast)) for _ in range(2)]
    assert Partnership.objects.count() == 3
    assert answers[0].url == answers[1].url


def test_a_twin_of_an_older_partnership_is_refused_in_the_form(client, cast):
    same = typed(cast, targets=[cast.target.pk], topic=cast.partnership.topic)
    html = text_of(client.sign_in(cast.methodist).post(CREATE, same))
    assert "Такое партнёрство уже есть: СОШ №9 – СОШ №5." in html


def test_the_form_comes_filled_and_saves(client, cast):
    promise = PartnershipObligationFactory(partnership=cast.partnership, quantity=3)
    Partnership.objects.filter(pk=cast.partnership.pk).update(start_year=2025, start_month=9)
    url = url_of("edit", cast.partnership)
    client.sign_in(cast.methodist)
    html = page(client, url)
    assert 'value="использование ИКТ"' in html
    assert 'value="сентябрь 2025 г."' in html
    assert f'name="quantity_{promise.obligation_id}" value="3"' in html
    changes = {
        "targets": [cast.target.pk],
        "start": "2024",
        "curators": [cast.partnership.curators.get().member_id],
        f"contribution_{cast.target.pk}": "площадка",
    }
    answer = client.post(url, typed(cast, **changes))
    assert answer.url == url_of("detail", cast.partnership)
    saved = Partnership.objects.get(pk=cast.partnership.pk)
    assert (saved.topic, str(saved.start)) == ("новая тема", "2024 год")
    assert saved.targets[0].contribution == "площадка"
    assert not saved.obligations.exists()
    assert saved.curators.get().until is None


def test_a_started_partnership_does_not_lose_members(client, cast):
    url = url_of("edit", cast.partnership)
    answer = client.sign_in(cast.methodist).post(url, typed(cast, targets=[cast.lonely.pk]))
    assert "школу из него не убрать: СОШ №5." in text_of(answer)


def test_what_is_finished_is_not_edited(client, cast):
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=PartnershipState.FINISHED)
    answer = client.sign_in(cast.methodist).post(url_of("edit", cast.partnership), typed(cast))
    assert answer.status_code == 403
    assert "оно хранится без изменений" in text_of(answer)


# --- steps -------------------------------------------------------------------------------


def test_a_step_asks_first_and_names_the_thing(client, cast):
    url = url_of("move", cast.partnership, "pause")
    html = page(client.sign_in(cast.methodist), url)
    assert "Приостановить партнёрство СОШ №9 – СОШ №5?" in html
    cast.partnership.refresh_from_db()
    assert cast.partnership.state == PartnershipState.ACTIVE
    answer = client.post(url, {"comment": "ремонт школы"})
    assert answer.url == url_of("detail", cast.partnership)
    html = page(client, answer.url)
    assert "Приостановлено" in html
    assert "ремонт школы" in html


@pytest.mark.parametrize("verb", ["pause", "finish"])
def test_an_end_needs_a_reason(client, cast, verb):
    url = url_of("move", cast.partnership, verb)
    answer = client.sign_in(cast.methodist).post(url, {"comment": "  "})
    assert "Обязательное поле" in text_of(answer)
    cast.partnership.refresh_from_db()
    assert cast.partnership.state == PartnershipState.ACTIVE


def test_a_whole_life(client, cast):
    client.sign_in(cast.methodist)
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=PartnershipState.PROPOSED)
    for verb in ("agree", "start", "pause", "resume", "finish"):
        client.post(url_of("move", cast.partnership, verb), {"comment": "по плану"})
    cast.partnership.refresh_from_db()
    assert cast.partnership.state == PartnershipState.FINISHED
    assert cast.partnership.transitions.count() == 5


def test_a_step_that_does_not_fit_is_refused(client, cast):
    client.sign_in(cast.methodist)
    answer = client.post(url_of("move", cast.partnership, "agree"), {})
    assert answer.status_code == 403
    assert "сейчас состояние «действует»" in text_of(answer)
    assert client.get(url_of("move", cast.partnership, "moon")).status_code == 404


@pytest.mark.parametrize("person", ["chair", "director", "curator"])
def test_others_take_no_step(client, cast, person):
    url = url_of("move", cast.partnership, "pause")
    answer = client.sign_in(getattr(cast, person)).post(url, {"comment": "x"})
    assert answer.status_code == 403
    cast.partnership.refresh_from_db()
    assert cast.partnership.state == PartnershipState.ACTIVE


def test_a_foreign_partnership_is_not_moved(client, cast):
    url = url_of("move", cast.foreign_partnership, "pause")
    assert client.sign_in(cast.methodist).post(url, {"comment": "x"}).status_code == 404


# --- visits ------------------------------------------------------------------------------


def visit(**changes):
    plain = {"visited_on": "2026-11-20", "purpose": "Разбор уроков", "found": "нет тьютора"}
    return plain | {"next_step": "запрос в комитет", "next_step_by": "2026-12-01"} | changes


@pytest.mark.parametrize("person", ["curator", "methodist"])
def test_curator_and_methodist_write_down_a_visit(client, cast, person):
    """R046."""
    who = getattr(cast, person)
    answer = client.sign_in(who).post(url_of("visit-add", cast.partnership), visit())
    made = Visit.objects.get()
    assert (made.author, made.partnership, made.visited_on) == (
        who,
        cast.partnership,
        date(2026, 11, 20),
    )
    html = page(client, answer.url)
    assert "Разбор уроков" in html
    assert "запрос в комитет, до 1 декабря 2026 г." in html


@pytest.mark.parametrize("person", ["director", "lead_director", "chair"])
def test_others_are_told_who_writes_visits(client, cast, person):
    client.sign_in(getattr(cast, person))
    url = url_of("visit-add", cast.partnership)
    assert url not in page(client, url_of("detail", cast.partnership))
    answer = client.post(url, visit())
    assert answer.status_code == 403
    assert "записывают методист и куратор этой пары" in text_of(answer)
    assert not Visit.objects.exists()


def test_a_curator_finds_no_other_pair(client, cast):
    other = pair(cast.lead, cast.lonely)
    client.sign_in(cast.curator)
    assert client.post(url_of("visit-add", other), visit()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"visited_on": "2026-11-25"}, "Это будущая дата."),
        ({"visited_on": ""}, "Обязательное поле"),
        ({"purpose": ""}, "Обязательное поле"),
        ({"purpose": "я" * 10_000}, "не более 300 символов"),
        ({"found": "я" * 10_000}, "не более 5000 символов"),
        ({"next_step_by": "2026-11-19"}, "Срок шага раньше посещения."),
        ({"next_step": ""}, "Укажите, что сделать к этому сроку."),
    ],
)
def test_a_strange_visit_is_refused_with_a_sentence(client, cast, changes, sentence):
    client.sign_in(cast.curator)
    answer = client.post(url_of("visit-add", cast.partnership), visit(**changes))
    assert sentence in text_of(answer)
    assert not Visit.objects.exists()


def test_the_card_shows_the_last_visits(client, cast):
    for day in range(1, 8):
        cast.partnership.visits.create(
            visited_on=date(2026, 11, day), purpose=f"цель {day}.", author=cast.curator
        )
    html = page(client.sign_in(cast.director), url_of("detail", cast.partnership))
    shown = [day for day in range(1, 8) if f"цель {day}." in html]
    assert shown == [3, 4, 5, 6, 7]

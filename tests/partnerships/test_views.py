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
    PartnershipObligationFactory,
    pair,
)
from tests.schools.factories import (
    YEAR,
    DirectorFactory,
    MembershipFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

LIST = reverse("partnerships:list")
UNPAIRED = reverse("partnerships:unpaired")
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
    with django_assert_num_queries(11):
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
        html = page(client, UNPAIRED)
    assert html.count('<th scope="row">') == rows


def test_schools_without_a_partner_are_offered_one(client, cast):
    """R069."""
    for school in (cast.lonely, cast.target, cast.foreign_target):
        SchoolCategoryFactory(school=school)
    html = page(client.sign_in(cast.methodist), UNPAIRED)
    assert "Найдено: 1." in html
    assert "СОШ №47" in html
    assert "СОШ №5" not in html
    assert f"{CREATE}?target={cast.lonely.pk}" in html
    assert CREATE not in page(client.sign_in(cast.chair), UNPAIRED)


def test_a_director_is_told_who_sees_schools_without_a_partner(client, cast):
    client.sign_in(cast.director)
    assert UNPAIRED not in page(client, LIST)
    answer = client.get(UNPAIRED)
    assert answer.status_code == 403
    assert "видят методисты и председатель комитета" in text_of(answer)


def test_empty_lists_say_what_comes_next(client, db, today):
    post = MembershipFactory()
    director = DirectorFactory(school__municipality=post.municipality).user
    assert "Предложить партнёрство" in page(client.sign_in(post.user), LIST)
    assert "Школ без партнёра нет." in page(client, UNPAIRED)
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


# --- steps -------------------------------------------------------------------------------


def test_a_step_asks_first_and_names_the_thing(client, cast):
    url = url_of("move", cast.partnership, "pause")
    html = page(client.sign_in(cast.methodist), url)
    assert "Приостановить: СОШ №9 – СОШ №5?" in html
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
    assert "Напишите почему." in text_of(answer)
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
    answer = client.post(url_of("move", cast.partnership, "agree"), {}, follow=True)
    assert "сейчас состояние «действует»" in text_of(answer)
    assert cast.partnership.transitions.count() == 0
    assert client.get(url_of("move", cast.partnership, "agree")).status_code == 403
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

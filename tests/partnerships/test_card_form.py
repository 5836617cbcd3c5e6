"""The form of a partnership: rows of members, proposed aims, two people at one card."""

import pytest
from django.urls import reverse

from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Partnership
from schools.enums import CategoryCode, Significance
from schools.models import AssessmentProcedure
from tests.partnerships.factories import MemberFactory, pair
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    DirectionFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

CREATE = reverse("partnerships:create")
GROUP = f"{CREATE}?kind=group"


def url_of(name, partnership, *args):
    return reverse(f"partnerships:{name}", args=[partnership.pk, *args])


def text_of(answer):
    """The page with plain spaces, in one line."""
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def rows(*members):
    """What a browser sends of rows: school, role and whatever else is typed there."""
    sent = {}
    for index, (school, role, *more) in enumerate(members):
        sent |= {f"school_{index}": school, f"role_{index}": role}
        sent |= {f"{name}_{index}": value for name, value in (more[0] if more else {}).items()}
    return sent


PAIR = (("сош 9", "lead"), ("СОШ №5", "target"))


def typed(*members, **changes):
    plain = {"topic": "новая тема", "scenario": "unset", "period_kind": "academic"}
    return plain | rows(*(members or PAIR)) | changes


def sent_back(html):
    """Names and values of the fields of a form that is shown again."""
    found = {}
    for tag in html.split("<input")[1:]:
        tag = tag.split(">")[0]
        if 'name="' in tag and "checkbox" not in tag:
            name = tag.split('name="')[1].split('"')[0]
            found[name] = tag.split('value="')[1].split('"')[0] if 'value="' in tag else ""
    return found


def ticks(html, name):
    """Id → (is it ticked, the words beside it), in the order of the page."""
    found = {}
    for label in html.split('<label class="check"')[1:]:
        control, _, words = label.partition("<input")[2].partition(">")
        if f'name="{name}"' in control:
            pk = int(control.split('value="')[1].split('"')[0])
            words = words.split("</label>")[0].replace('<span class="tiny">', " | ")
            plain = words.replace("<span>", "").replace("</span>", "")
            found[pk] = ("checked" in control, " ".join(plain.split()))
    return found


# --- members -----------------------------------------------------------------------------


def test_a_new_partnership_is_typed_by_names(client, cast):
    client.sign_in(cast.methodist)
    members = (*PAIR, ("Сош N 47", "target", {"contribution": "площадка"}))
    answer = client.post(CREATE, typed(*members, start="сентябрь 2025"))
    made = Partnership.objects.latest("pk")
    assert answer.url == url_of("detail", made)
    assert made.title == "СОШ №9 – СОШ №5, СОШ №47"
    assert (str(made.start), made.start_text) == ("сентябрь 2025 г.", "сентябрь 2025")
    assert made.members.get(school=cast.lonely).contribution == "площадка"
    html = text_of(client.get(answer.url))
    assert "Предложено" in html
    assert "с сентября 2025 г." in html


def test_empty_rows_are_no_members(client, cast):
    client.sign_in(cast.methodist)
    client.post(CREATE, typed(*PAIR, ("", "target"), ("", "participant")))
    assert Partnership.objects.latest("pk").members.count() == 2


@pytest.mark.parametrize("member", ["9" * 5000, "-1", "²", "moon"])
def test_a_member_that_cannot_be_one_is_nobody(client, cast, member):
    answer = client.sign_in(cast.methodist).post(CREATE, typed(*PAIR, member_0=member))
    assert answer.status_code in {200, 302}


def test_another_row_comes_without_losing_what_was_typed(client, cast):
    """Without JavaScript a button of the form asks for it."""
    client.sign_in(cast.methodist)
    factor = RiskFactorFactory()
    more = {"add_row": "1", "factors": [factor.pk], "goal": "выйти из ШНОР", "start": "когда-то"}
    html = text_of(client.post(CREATE, typed(("нет такой", "lead"), **more)))
    fields = sent_back(html)
    assert fields["school_0"] == "нет такой"
    assert fields["school_1"] == ""
    assert (fields["topic"], fields["start"]) == ("новая тема", "когда-то")
    assert "выйти из ШНОР" in html
    assert ticks(html, "factors")[factor.pk][0] is True
    assert "Ошибка" not in html
    assert "autofocus" in html.split('name="school_1"')[1].split(">")[0]
    assert Partnership.objects.count() == 2


def test_a_row_goes_and_the_others_stay(client, cast):
    client.sign_in(cast.methodist)
    html = text_of(client.post(CREATE, typed(*PAIR, ("третья", "participant"), remove_row="1")))
    fields = sent_back(html)
    assert (fields["school_0"], fields["school_2"]) == ("сош 9", "третья")
    assert "school_1" not in fields


@pytest.mark.parametrize("row", ["moon", "-1", "9" * 30, "77"])
def test_a_row_that_is_not_there_takes_nothing_away(client, cast, row):
    client.sign_in(cast.methodist)
    html = text_of(client.post(CREATE, typed(remove_row=row)))
    assert {"school_0", "school_1"} <= set(sent_back(html))


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ([("СОШ №5", "target")], "Назовите хотя бы одну школу-лидера."),
        ([("СОШ №9", "lead"), ("", "target")], "Назовите хотя бы одну целевую школу."),
        ([("СОШ №9", "lead"), ("сош-9", "target")], "Школа не может быть партнёром самой себе"),
        ([*PAIR, ("СОШ №5", "target")], "СОШ №5: уже названа выше (целевая школа)."),
        ([("СОШ №9", "lead"), ("СОШ №500", "target")], "Такой школы или организации"),
        ([("СОШ №9", "lead"), ("СОШ №33", "target")], "СОШ №33: уже закрыта."),
        ([*PAIR, ("", "target", {"contribution": "опыт"})], "Назовите школу или очистите строку."),
        ([("СОШ №9", "lead"), ("СОШ №5", "moon")], "Выберите корректный вариант"),
        (
            [
                ("СОШ №9", "lead"),
                ("СОШ №5", "target", {"joined": "2026-09-02", "left": "2026-09-01"}),
                ("СОШ №47", "target"),
            ],
            "Вышла раньше, чем вступила: проверьте даты.",
        ),
        ([*PAIR, ("СОШ №47", "target", {"left": "2026-11-25"})], "Этот день не наступил"),
        ([("СОШ №9", "lead"), ("я" * 10_000, "target")], "не более 200 символов"),
        (
            [("СОШ №9", "lead"), ("СОШ №5", "target", {"joined": "0001-01-01"})],
            "Проверьте год: он должен быть от 1990 до 2100.",
        ),
    ],
)
def test_members_that_make_no_partnership_are_refused_in_words(client, cast, members, sentence):
    SchoolFactory(municipality=cast.municipality, number="33", closed_on="2025-09-01")
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(*members))
    html = text_of(answer)
    assert answer.status_code == 200
    assert sentence in html
    assert "Не сохранено" in html
    assert "новая тема" in html
    assert Partnership.objects.count() == 2


def test_hundreds_of_rows_are_refused(client, cast):
    client.sign_in(cast.methodist)
    many = [SchoolFactory(municipality=cast.municipality, number=str(n)) for n in range(100, 165)]
    answer = client.post(CREATE, typed(*PAIR, *((school.short_name, "target") for school in many)))
    assert "Участников больше 60: разделите группу." in text_of(answer)


def test_a_foreign_school_is_found_by_its_name_and_municipality(client, cast):
    """Quirk 2: only the name and the municipality of another municipality's school are told."""
    cast.foreign_target.phone = "8-000-чужой"
    cast.foreign_target.save()
    client.sign_in(cast.methodist)
    html = text_of(client.get(CREATE))
    assert "СОШ №14" not in html
    alone = text_of(client.post(CREATE, typed(PAIR[0], ("СОШ №14", "target"))))
    assert "Такой школы или организации в муниципалитете нет" in alone
    lost = typed(PAIR[0], ("СОШ №14", "target", {"place": "Дальний"}))
    assert "Такого муниципалитета в портале нет." in text_of(client.post(CREATE, lost))
    wrong = typed(PAIR[0], ("СОШ №5", "target", {"place": "чужой"}))
    assert "В этом муниципалитете такой школы нет." in text_of(client.post(CREATE, wrong))
    there = typed(PAIR[0], ("СОШ №14", "target", {"place": "чужой"}), ("", "target"))
    answer = client.post(CREATE, there, follow=True)
    made = Partnership.objects.latest("pk")
    assert made.targets[0].school == cast.foreign_target
    assert made.municipality == cast.municipality
    edit = text_of(client.get(url_of("edit", made)))
    for html in (text_of(answer), edit):
        assert "СОШ №14" in html
        assert "Чужой" in html
        assert "8-000-чужой" not in html


def test_an_external_organisation_takes_part(client, cast):
    """Quirk 25."""
    museum = SchoolFactory(
        municipality=cast.municipality, short_name="Музей", kind="other", org_type="public"
    )
    client.sign_in(cast.methodist)
    client.post(CREATE, typed(*PAIR, ("музей", "participant", {"contribution": "экскурсии"})))
    seat = Partnership.objects.latest("pk").members.get(school=museum)
    assert (seat.role, seat.contribution) == (MemberRole.PARTICIPANT, "экскурсии")


def test_a_school_without_partner_comes_named(client, cast):
    client.sign_in(cast.methodist)
    fields = sent_back(text_of(client.get(f"{CREATE}?target={cast.lonely.pk}")))
    assert (fields["school_0"], fields["school_1"]) == ("", "СОШ №47")
    foreign = client.get(f"{CREATE}?target=moon&target=999&target={cast.foreign_target.pk}")
    assert "СОШ №14" not in text_of(foreign)


def test_a_running_partnership_shows_its_members_and_lets_them_leave(client, cast):
    url = url_of("edit", cast.partnership)
    html = text_of(client.sign_in(cast.methodist).get(url))
    assert "Убрать" not in html
    kept = [cast.partnership.members.get(school=school) for school in (cast.lead, cast.target)]
    version = {"version": cast.partnership.version}
    sent = typed(
        ("", "lead", {"member": kept[0].pk}),
        ("", "target", {"member": kept[1].pk, "left": "2026-11-01"}),
        ("СОШ №47", "target"),
        **version,
    )
    client.post(url, sent)
    kept[1].refresh_from_db()
    assert str(kept[1].left_on) == "2026-11-01"
    newcomer = cast.partnership.members.get(school=cast.lonely)
    assert str(newcomer.joined_on) == "2026-11-24"


# --- groups ------------------------------------------------------------------------------


def test_a_seminar_has_a_name_a_hub_and_participants(client, cast):
    """R141, R142."""
    client.sign_in(cast.methodist)
    html = text_of(client.get(GROUP))
    assert "опорная школа" in html
    assert "целевая школа" not in html
    members = (("СОШ №9", "lead"), ("СОШ №5", "participant"))
    sent = typed(*members, kind="seminar", name="Семинар тьюторов", product="сборник уроков")
    answer = client.post(GROUP, sent)
    made = Partnership.objects.latest("pk")
    assert answer.url == url_of("detail", made)
    assert (made.kind, made.title, made.product) == (
        "seminar",
        "Семинар тьюторов",
        "сборник уроков",
    )
    edit = client.get(url_of("edit", made))
    assert 'value="сборник уроков"' in text_of(edit)
    card = text_of(client.get(answer.url))
    for words in ("Опорная школа", "Постоянно действующий семинар", "сборник уроков"):
        assert words in card
    assert "Факторы риска целевых школ" not in card
    nameless = text_of(client.post(GROUP, typed(*members, kind="seminar")))
    assert "Назовите команду или семинар." in nameless


# --- aims --------------------------------------------------------------------------------


def test_aims_are_proposed_from_the_targets_of_this_year(client, cast):
    """R051, R096."""
    low, other, beaten, past = RiskFactorFactory.create_batch(4)
    direction, free = DirectionFactory(), DirectionFactory()
    low.directions.add(direction)
    profile = RiskProfileFactory(school=cast.target)
    RiskProfileItemFactory(profile=profile, factor=low, significance=Significance.HIGH)
    RiskProfileItemFactory(profile=profile, factor=beaten, overcome=True)
    last_year = RiskProfileFactory(school=cast.target, year=YEAR.previous)
    RiskProfileItemFactory(profile=last_year, factor=past)
    RiskProfileItemFactory(profile__school=cast.lead, factor=other)
    client.sign_in(cast.methodist)
    html = text_of(client.post(CREATE, typed(propose="1")))
    shown = ticks(html, "factors")
    assert next(iter(shown)) == low.pk
    assert shown[low.pk] == (True, f"{low.label} | СОШ №5 (высокая)")
    assert [pk for pk, (ticked, _) in shown.items() if ticked] == [low.pk]
    assert ticks(html, "directions")[direction.pk] == (
        True,
        f"{direction.name} | СОШ №5: фактор «{low.label}»",
    )
    assert ticks(html, "directions")[free.pk][0] is False
    assert Partnership.objects.count() == 2


def test_a_school_that_is_not_found_is_told_of_before_anything_is_proposed(client, cast):
    client.sign_in(cast.methodist)
    sent = typed(("", "lead"), ("СОШ №5", "target"), ("СОШ №500", "target"), propose="1")
    html = text_of(client.post(CREATE, sent))
    assert "Такой школы или организации в муниципалитете нет" in html
    assert "Назовите хотя бы одну школу-лидера." not in html
    assert sent_back(html)["school_2"] == "СОШ №500"


def test_a_school_named_by_the_address_brings_its_aims_ticked(client, cast):
    low = RiskFactorFactory()
    RiskProfileItemFactory(profile__school=cast.lonely, factor=low)
    client.sign_in(cast.methodist)
    html = text_of(client.get(f"{CREATE}?target={cast.lonely.pk}"))
    assert ticks(html, "factors")[low.pk][0] is True


def test_a_foreign_profile_proposes_nothing(client, cast):
    theirs = RiskFactorFactory()
    RiskProfileItemFactory(profile__school=cast.foreign_target, factor=theirs)
    client.sign_in(cast.methodist)
    sent = typed(PAIR[0], ("СОШ №14", "target", {"place": "Чужой"}), propose="1")
    html = text_of(client.post(CREATE, sent))
    assert ticks(html, "factors")[theirs.pk] == (False, theirs.label)
    assert "Сначала назовите целевую школу своего муниципалитета." in html


def test_saved_aims_stay_and_what_is_proposed_now_is_marked_only(client, cast):
    old, new = RiskFactorFactory(is_retired=True), RiskFactorFactory()
    never = RiskFactorFactory(is_retired=True)
    cast.partnership.factors.add(old)
    RiskProfileItemFactory(profile__school=cast.target, factor=new)
    url = url_of("edit", cast.partnership)
    client.sign_in(cast.methodist)
    shown = ticks(text_of(client.get(url)), "factors")
    assert shown == {old.pk: (True, old.label), new.pk: (False, f"{new.label} | СОШ №5")}
    refused = client.post(url, typed(factors=[never.pk]))
    assert "Выберите корректный вариант" in text_of(refused)


def test_rows_of_another_municipality_are_no_choice(client, cast):
    foreign = {
        "factors": RiskFactorFactory(municipality=cast.foreign, name="чужой фактор"),
        "directions": DirectionFactory(municipality=cast.foreign, name="чужое направление"),
        "procedure": AssessmentProcedure.objects.create(
            municipality=cast.foreign, code="own", name="чужая процедура"
        ),
    }
    client.sign_in(cast.methodist)
    html = text_of(client.get(CREATE))
    for name, row in foreign.items():
        assert row.name not in html
        answer = client.post(CREATE, typed(**{name: row.pk}))
        assert "Выберите корректный вариант" in text_of(answer)
    assert Partnership.objects.count() == 2


# --- words, dates, basis -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": "скоро"}, "Напишите год («2025»)"),
        ({"start": "2025", "end": "2024"}, "Окончание раньше начала."),
        ({"topic": "я" * 10_000}, "не более 500 символов"),
        ({"goal": "я" * 10_000}, "не более 3000 символов"),
        ({"factors": ["9" * 30]}, "Выберите корректный вариант"),
        ({"directions": ["moon"]}, "является неверным значением"),
        ({"scenario": "moon"}, "Выберите корректный вариант"),
        ({"procedure": "9" * 30}, "Выберите корректный вариант"),
        ({"procedure_year": "2025/26"}, "Выберите оценочную процедуру"),
        ({"procedure_year": "давно"}, "Не сохранено"),
        ({"form_override": "mixed"}, "Напишите, почему форма решена вручную."),
        ({"form_reason": "так надо"}, "Выберите форму, к которой относится пояснение"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_kept(client, cast, changes, sentence):
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(**changes))
    html = text_of(answer)
    assert answer.status_code == 200
    assert sentence in html
    assert changes.get("topic", "новая тема") in html
    assert Partnership.objects.count() == 2


def test_the_basis_of_the_choice_is_kept(client, cast):
    """R080, R081, R148."""
    vpr = AssessmentProcedure.objects.create(code="vpr", name="ВПР")
    client.sign_in(cast.methodist)
    basis = {
        "procedure": vpr.pk,
        "procedure_year": "2025/26",
        "scenario_basis": "средний балл 68 и 41",
        "lead_experience": "директор выводил школу из ШНОР",
        "scenario": "lead_to_low",
    }
    answer = client.post(CREATE, typed(**basis), follow=True)
    made = Partnership.objects.latest("pk")
    assert (made.procedure, str(made.procedure_year)) == (vpr, "2025/26")
    html = text_of(answer)
    for words in ("ВПР", "2025/26", "средний балл 68 и 41", "директор выводил школу из ШНОР"):
        assert words in html


@pytest.mark.parametrize("code", [CategoryCode.ADVERSE_CONTEXT, CategoryCode.RESILIENT])
def test_scenario_two_outside_the_hard_context_is_warned_of_not_refused(client, cast, code):
    """R083; the lead that does well in the hard context is a resilient school."""
    category = CategoryFactory(code=CategoryCode.ADVERSE_CONTEXT)
    SchoolCategoryFactory(school=cast.target, category=category)
    client.sign_in(cast.methodist)
    answer = client.post(CREATE, typed(scenario="peer_context"), follow=True)
    made = Partnership.objects.latest("pk")
    assert made.scenario == "peer_context"
    edit = client.get(url_of("edit", made))
    for page in (answer, edit):
        assert "ни категории эффективной (резильентной) школы: СОШ №9." in text_of(page)
    SchoolCategoryFactory(school=cast.lead, category=CategoryFactory(code=code))
    assert "нет ни категории ШНСУ" not in text_of(client.get(url_of("detail", made)))


def test_the_form_of_networking_is_computed_and_may_be_decided_by_hand(client, cast):
    """R156–R158, quirk 23."""
    for school in (cast.lead, cast.target):
        school.department = "Комитет"
        school.save()
    url = url_of("edit", cast.partnership)
    client.sign_in(cast.methodist)
    html = text_of(client.get(url))
    assert "Портал определил: <b>горизонтальная</b>" in html
    assert "Участники одного типа и одной ведомственной принадлежности" in html
    decided = {"form_override": "mixed", "form_reason": "участвует завод", "version": 1}
    answer = client.post(url, typed(**decided), follow=True)
    card = text_of(answer)
    assert "смешанная" in card
    assert "участвует завод" in card


def test_a_pair_on_the_same_basis_at_the_same_time_is_refused_in_the_form(client, cast):
    client.sign_in(cast.methodist)
    html = text_of(client.post(CREATE, typed(topic=cast.partnership.topic)))
    assert "СОШ №9 и СОШ №5: на том же основании и в то же время уже есть партнёрство" in html
    assert Partnership.objects.count() == 2


def test_a_double_submit_makes_one_partnership(client, cast):
    client.sign_in(cast.methodist)
    answers = [client.post(CREATE, typed()) for _ in range(2)]
    assert Partnership.objects.count() == 3
    assert answers[0].url == answers[1].url


# --- change ------------------------------------------------------------------------------


def test_the_form_comes_filled_and_saves(client, cast):
    Partnership.objects.filter(pk=cast.partnership.pk).update(
        start_year=2025, start_month=9, result="Открыт кабинет"
    )
    url = url_of("edit", cast.partnership)
    client.sign_in(cast.methodist)
    html = text_of(client.get(url))
    fields = sent_back(html)
    assert fields["topic"] == "использование ИКТ"
    assert fields["start"] == "сентябрь 2025 г."
    assert "Портал прочитал это так: с сентября 2025 г." in html
    assert fields["result"] == "Открыт кабинет"
    assert "СОШ №9" in html
    answer = client.post(url, fields | typed(topic="новая тема", start="2024", result="Вырос балл"))
    assert answer.url == url_of("detail", cast.partnership)
    saved = Partnership.objects.get(pk=cast.partnership.pk)
    assert (saved.topic, str(saved.start), saved.result) == (
        "новая тема",
        "2024 год",
        "Вырос балл",
    )
    assert saved.curators.get().until is None
    assert "Вырос балл" in text_of(client.get(answer.url))


def test_a_form_sent_as_it_came_changes_nothing(client, cast):
    MemberFactory(partnership=cast.partnership, school=cast.foreign_target)
    url = url_of("edit", cast.partnership)
    client.sign_in(cast.methodist)
    html = text_of(client.get(url))
    fields = sent_back(html) | {"scenario": "unset", "period_kind": "academic"}
    roles = {f"role_{n}": role for n, role in enumerate(("lead", "target", "target"))}
    answer = client.post(url, fields | roles, follow=True)
    assert "Ничего не изменилось." in text_of(answer)
    assert not cast.partnership.changes.exists()


def test_the_second_of_two_people_sees_both_texts_and_may_write_own(client, cast):
    url = url_of("edit", cast.partnership)
    client.sign_in(cast.methodist)
    first = typed(topic="первая", version=1)
    assert client.post(url, first).status_code == 302
    answer = client.post(url, typed(*PAIR, ("СОШ №47", "target"), topic="вторая", version=1))
    html = text_of(answer)
    assert answer.status_code == 409
    for words in ("вторая", "первая", "Участник: СОШ №47", cast.methodist.list_name):
        assert words.replace("\xa0", " ") in html
    cast.partnership.refresh_from_db()
    assert cast.partnership.topic == "первая"
    again = client.post(url, sent_back(html))
    assert again.status_code == 302
    cast.partnership.refresh_from_db()
    assert cast.partnership.topic == "вторая"
    assert cast.partnership.members.filter(school=cast.lonely).exists()


def test_the_history_tells_of_the_change(client, cast):
    client.sign_in(cast.methodist)
    client.post(url_of("edit", cast.partnership), typed(topic="наставничество", version=1))
    html = text_of(client.get(url_of("history", cast.partnership)))
    for words in ("Тема", "использование ИКТ", "наставничество"):
        assert words in html


# --- access ------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["chair", "director", "curator", "administrator"])
def test_others_are_refused_with_the_reason(client, cast, person):
    client.sign_in(getattr(cast, person))
    for answer in (client.get(CREATE), client.post(CREATE, typed())):
        assert answer.status_code == 403
        assert "Партнёрства ведёт методист" in text_of(answer)
    edit = client.post(url_of("edit", cast.partnership), typed())
    assert edit.status_code == (404 if person == "administrator" else 403)
    assert client.post(url_of("edit", cast.foreign_partnership), {}).status_code == 404


def test_what_is_finished_is_not_edited(client, cast):
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=PartnershipState.FINISHED)
    answer = client.sign_in(cast.methodist).post(url_of("edit", cast.partnership), typed())
    assert answer.status_code == 403
    assert "оно хранится без изменений" in text_of(answer)


@pytest.mark.parametrize("members", [1, 3])
def test_the_form_asks_the_same_number_of_queries(client, cast, members, django_assert_num_queries):
    schools = [SchoolFactory(municipality=cast.municipality) for _ in range(members)]
    for school in schools:
        RiskProfileItemFactory(profile__school=school)
    card = pair(cast.lead, *schools, topic="запросы")
    client.sign_in(cast.methodist)
    with django_assert_num_queries(21):
        client.get(url_of("edit", card))

"""The workbook of people: whom a row means, what it may change, who gets a way in."""

from dataclasses import replace
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.roles import Role
from schools.enums import AccountState, ChangeArea, ImportKind, OrgType
from schools.exchange import planning, template
from schools.exchange.kinds import people, people_written
from schools.importing import run_import
from schools.inviting import invite_people
from schools.models import Membership, School, SchoolChange, TeamFunction
from tests.accounts.factories import UserFactory
from tests.schools.exchange.books import cells_of, scope_of
from tests.schools.exchange.play import Play
from tests.schools.exchange.uploads import queued
from tests.schools.factories import DirectorFactory, MembershipFactory, SchoolFactory

pytestmark = pytest.mark.django_db

NAME = "Берёзова Инна Олеговна"
SITE = "https://portal.example/"


@pytest.fixture
def play(cast):
    return Play(people, scope_of(cast.municipality, cast.methodist))


@pytest.fixture
def tutor():
    return TeamFunction.objects.create(code="tutor", name="Тьютор")


@pytest.fixture
def held(cast):
    """A deputy of СОШ №9 without an account; a namesake at the namesake school elsewhere."""
    elsewhere = SchoolFactory(municipality=cast.foreign, number="9")
    kept = [
        MembershipFactory(
            user=None,
            municipality=school.municipality,
            school=school,
            role="",
            name=NAME,
            post="Заместитель директора",
            email="Berezova@school9.example",
            since=date(2024, 9, 1),
        )
        for school in (cast.lead, elsewhere)
    ]
    return kept[0]


def row(name=NAME, school="СОШ №9", **more):
    return {"ФИО": name, "Школа": school} | more


DEPUTY = row(Должность="Заместитель директора")
NEW = row(
    "Новикова Вера Ильинична",
    Должность="Директор",
    Роль="директор",
    Почта="Novikova@school9.example",
)


def people_of(school):
    return Membership.objects.filter(school=school)


class TestNew:
    def test_every_fact_comes_in_and_no_way_in_is_opened(self, play, cast, tutor):
        plan = play.written(
            NEW
            | {"Телефон": 83450000009, "Работает с": "01.09.2026", "Работает по": "31.08.2027"}
            | {"В управленческой команде": "да", "Функция": "тьютор"}
        )
        assert plan.counts == {"new": 1}
        assert plan.rows[0].title == "Новикова Вера Ильинична, СОШ №9"
        person = people_of(cast.lead).with_account().get(name__startswith="Новикова")
        assert (person.municipality, person.post) == (cast.municipality, "Директор")
        assert (person.role, person.user) == (Role.DIRECTOR, None)
        assert person.account == AccountState.NONE
        assert (person.email, person.phone) == ("novikova@school9.example", "83450000009")
        assert (person.since, person.until) == (date(2026, 9, 1), date(2027, 8, 31))
        assert (person.in_team, person.function) == (True, tutor)
        assert not User.objects.filter(email="novikova@school9.example").exists()
        assert Membership.objects.search("новикова").get() == person

    def test_without_a_school_it_is_a_person_of_the_municipality(self, play, cast):
        play.written(row(school="", Должность="Начальник отдела"))
        person = Membership.objects.get(name=NAME)
        assert (person.municipality, person.school, person.role) == (cast.municipality, None, "")

    def test_a_function_puts_into_the_team(self, play, tutor):
        play.written(row(Функция="Тьютор"))
        assert Membership.objects.get(name=NAME).in_team

    def test_the_history_of_the_school_says_so(self, play, cast):
        play.written(NEW, row(school=""))
        change = SchoolChange.objects.get()
        assert (change.school, change.area) == (cast.lead, ChangeArea.PEOPLE)
        assert change.what == "Новый контакт"
        assert change.new == "Новикова Вера Ильинична, Директор; роль: Директор школы"
        assert (change.by, change.origin) == (cast.methodist, "файл.xlsx")

    def test_one_person_may_hold_several_posts(self, play, cast):
        play.written(NEW, NEW | {"Роль": "куратор"}, NEW | {"Школа": "СОШ №5", "Роль": ""})
        rows = Membership.objects.filter(name__startswith="Новикова")
        assert sorted(row.role for row in rows) == ["", "curator", "director"]

    def test_namesakes_at_one_post_are_told_apart_by_their_mail(self, play, cast):
        rows = [row(Почта="first@school9.example"), row(Почта="second@school9.example")]
        assert play.written(*rows).counts == {"new": 2}
        assert play.compared(*reversed(rows)).counts == {"same": 2}


class TestChanged:
    def test_a_person_is_found_by_name_and_post(self, play, held):
        plan = play.written(DEPUTY | {"ФИО": "березова  инна олеговна", "Телефон": "8 (1) 2"})
        (planned,) = plan.rows
        assert ("Рабочий телефон", "", "8 (1) 2") in [
            (c.what, c.old, c.new) for c in planned.changes
        ]
        held.refresh_from_db()
        assert (held.phone, held.since) == ("8 (1) 2", date(2024, 9, 1))

    def test_or_by_mail_and_family_name(self, play, held):
        plan = play.written(
            row("Берёзова И. О.", Должность="Директор", Почта="berezova@school9.example")
        )
        assert plan.counts == {"changed": 1}
        held.refresh_from_db()
        assert (held.name, held.post) == ("Берёзова И. О.", "Директор")
        assert Membership.objects.search("берёзова и. о.").get() == held

    def test_a_shared_address_does_not_make_one_person_of_two(self, play, held):
        plan = play.written(row("Соснина Ольга Юрьевна", Почта="berezova@school9.example"))
        assert plan.counts == {"new": 1}

    def test_another_role_is_another_post(self, play, held, cast):
        Membership.objects.filter(pk=held.pk).update(role=Role.CURATOR)
        assert play.compared(DEPUTY | {"Роль": "координатор"}).counts == {"new": 1}

    def test_a_contact_may_get_a_role(self, play, held):
        play.written(DEPUTY | {"Роль": "координатор"})
        held.refresh_from_db()
        assert (held.role, held.user) == (Role.COORDINATOR, None)

    def test_an_empty_cell_leaves_and_a_dash_clears(self, play, held):
        play.written(DEPUTY | {"Почта": "–", "Телефон": "", "Работает с": "–"})
        held.refresh_from_db()
        assert (held.email, held.since) == ("", None)

    def test_the_history_names_the_person_and_the_fact(self, play, held):
        play.written(DEPUTY | {"Работает по": "24.11.2026"})
        change = SchoolChange.objects.get()
        assert (change.what, change.new) == (f"{NAME}: по какое число", "24.11.2026")

    def test_the_same_again_changes_nothing(self, play, held, tutor):
        rows = [NEW | {"Функция": "Тьютор"}, DEPUTY | {"Работает по": "01.06.2026"}]
        rows.append(row(school="", Должность="Методист отдела"))
        play.written(*rows)
        assert play.compared(*rows).counts == {"same": 3}

    def test_who_has_left_is_not_taken_up_again(self, play, held):
        Membership.objects.filter(pk=held.pk).update(until=date(2026, 6, 1))
        assert play.compared(DEPUTY).counts == {"new": 1}
        told = DEPUTY | {"Работает с": "01.09.2024"}
        assert play.compared(told).counts == {"same": 1}

    def test_a_namesake_of_another_municipality_stays(self, play, held, cast):
        play.written(DEPUTY | {"Телефон": "8 (1) 2", "Работает по": "24.11.2026"})
        foreign = Membership.objects.get(municipality=cast.foreign, name=NAME)
        assert (foreign.phone, foreign.until) == ("", None)


class TestWhoSignsIn:
    def test_the_last_day_closes_an_open_invitation(self, play, cast):
        row_ = DirectorFactory(school=cast.lonely, name=NAME, user=UserFactory(name=NAME))
        invitation = Invitation.objects.create(
            user=row_.user,
            token_hash="x",
            created_by=cast.methodist,
            created_at="2026-11-20T00:00:00Z",
            expires_at="2036-11-20T00:00:00Z",
        )
        play.written(row(school="СОШ №47") | {"Работает по": "23.11.2026"})
        invitation.refresh_from_db()
        assert invitation.revoked_at is not None

    def test_a_role_is_not_changed_behind_the_back(self, play, cast):
        DirectorFactory(school=cast.lonely, name=NAME, user=UserFactory(name=NAME))
        ((_, column, text),) = play.errors(row(school="СОШ №47", Роль="–"))
        assert (column, "в разделе «Люди»" in text) == ("C", True)

    def test_nobody_ends_ones_own_role(self, play, cast):
        DirectorFactory(school=cast.lonely, name=NAME, user=cast.methodist)
        ((_, column, text),) = play.errors(row(school="СОШ №47") | {"Работает по": "24.11.2026"})
        assert (column, "Свою роль" in text) == ("C", True)

    def test_what_is_over_is_not_opened_again(self, play, cast):
        DirectorFactory(
            school=cast.lonely,
            name=NAME,
            user=UserFactory(name=NAME),
            since=date(2024, 9, 1),
            until=date(2026, 6, 1),
        )
        days = {"Работает с": "01.09.2024", "Работает по": "–"}
        ((_, column, text),) = play.errors(row(school="СОШ №47") | days)
        assert (column, "заново" in text) == ("D", True)

    def test_who_works_is_not_put_off(self, play, cast):
        DirectorFactory(school=cast.lonely, name=NAME, user=UserFactory(name=NAME))
        ((_, column, text),) = play.errors(row(school="СОШ №47") | {"Работает с": "01.09.2027"})
        assert (column, "уже работает" in text) == ("C", True)

    def test_a_methodist_is_the_administrators(self, play, cast):
        person = Membership.objects.get(user=cast.methodist)
        assert play.compared(row(person.name, school="")).counts == {"same": 1}
        ((_, column, text),) = play.errors(row(person.name, school="", Телефон="8"))
        assert (column, "администратор" in text) == ("A", True)

    def test_mail_for_contact_may_differ_from_that_of_the_account(self, play, cast):
        person = DirectorFactory(school=cast.lonely, name=NAME, user=UserFactory(name=NAME))
        login = person.user.email
        play.written(row(school="СОШ №47", Почта="school47@example.ru"))
        person.refresh_from_db()
        assert (person.email, person.user.email) == ("school47@example.ru", login)


class TestInvitations:
    @pytest.fixture
    def invited(self, play, monkeypatch):
        """Play with the box ticked; what was asked of the worker is kept."""
        asked = []
        monkeypatch.setattr(people_written, "enqueue", lambda *args: asked.append(args))
        return replace(play, scope=replace(play.scope, invites=True, site=SITE)), asked

    def test_nobody_is_invited_unasked(self, play, monkeypatch):
        monkeypatch.setattr(people_written, "enqueue", pytest.fail)
        play.written(NEW)

    def test_those_with_role_and_mail_are_invited(self, invited, held, cast):
        play, asked = invited
        play.written(NEW, DEPUTY, row("Без Почты", Роль="куратор"), row("Без Роли"))
        (post,) = Membership.objects.filter(email="novikova@school9.example")
        assert asked == [("schools.invite", [post.pk], cast.methodist.pk, SITE)]

    def test_a_contact_who_gets_a_role_is_invited(self, invited, held):
        play, asked = invited
        play.written(DEPUTY | {"Роль": "координатор"})
        assert asked[0][1] == [held.pk]

    def test_who_has_left_already_is_not(self, invited):
        play, asked = invited
        play.written(NEW | {"Работает по": "01.06.2026"})
        assert asked == []

    def test_the_letter_goes_out_once(self, play, cast, held, django_capture_on_commit_callbacks):
        play.written(NEW)
        post = Membership.objects.get(email="novikova@school9.example")
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                invite_people([post.pk, held.pk, 10**9], cast.methodist.pk, SITE)
        assert [letter.to for letter in mail.outbox] == [["novikova@school9.example"]]
        assert SITE in mail.outbox[0].body
        post = Membership.objects.with_account().get(pk=post.pk)
        assert post.account == AccountState.INVITED
        (notice,) = cast.methodist.notifications.all()
        assert notice.text == "Открыт вход людям из таблицы: 1"

    @pytest.mark.parametrize("ticked", [True, False])
    def test_the_box_of_the_preview_decides(self, play, cast, client, monkeypatch, ticked):
        asked = []
        monkeypatch.setattr(people_written, "enqueue", lambda *args: asked.append(args))
        fields = {"kind": ImportKind.PEOPLE, "content": play.content(NEW), "site": SITE}
        workbook = queued(cast.municipality, cast.methodist, **fields)
        assert run_import(workbook.pk)
        workbook.refresh_from_db()
        client.force_login(cast.methodist)
        page = client.get(reverse("schools:import", args=[workbook.pk])).content.decode()
        assert "Сразу отправить приглашения" in page
        data = {"digest": workbook.digest} | ({"invites": "1"} if ticked else {})
        client.post(reverse("schools:import-confirm", args=[workbook.pk]), data)
        assert run_import(workbook.pk)
        workbook.refresh_from_db()
        assert workbook.is_applied
        post = Membership.objects.get(email="novikova@school9.example")
        told = ("schools.invite", [post.pk], cast.methodist.pk, SITE)
        assert asked == ([told] if ticked else [])

    def test_only_people_of_ones_own_municipality(self, cast):
        post = MembershipFactory(
            user=None,
            municipality=cast.foreign,
            school=cast.foreign_lead,
            role=Role.DIRECTOR,
            email="foreign@school.example",
        )
        invite_people([post.pk], cast.methodist.pk, SITE)
        post.refresh_from_db()
        assert post.user is None


class TestFilled:
    def test_the_filled_template_changes_nothing(self, play, held, cast, tutor):
        """Also namesakes, the same person twice, a retired function, mail in large letters."""
        TeamFunction.objects.update(is_retired=True)
        Membership.objects.filter(pk=held.pk).update(function=tutor, in_team=True)
        MembershipFactory(
            user=None, municipality=cast.municipality, school=cast.lead, role="", name=NAME
        )
        DirectorFactory(school=cast.lead, name=NAME, post=held.post, role=Role.CURATOR)
        MembershipFactory(
            user=None, municipality=cast.municipality, role="", name=NAME, post="Эксперт"
        )
        MembershipFactory(
            user=None,
            municipality=cast.municipality,
            school=cast.lead,
            role="",
            name=NAME,
            post=held.post,
            until=date(2023, 6, 1),
        )
        plan = play.compared(content=play.filled())
        assert set(plan.counts) == {"same"}
        works = Membership.objects.filter(municipality=cast.municipality, until=None)
        ours = works.exclude(role__in=[Role.METHODIST, Role.CHAIR])
        assert plan.counts["same"] == ours.count()

    def test_it_holds_this_municipality_alone(self, play, held, cast):
        TeamFunction.objects.create(code="theirs", name="Их", municipality=cast.foreign)
        TeamFunction.objects.create(code="ours", name="Наша", municipality=cast.municipality)
        _, *lines = cells_of(play.filled(), "Люди")
        names = {line[0] for line in lines}
        assert NAME in names
        foreign = Membership.objects.filter(municipality=cast.foreign).exclude(name=NAME)
        assert not names & set(foreign.values_list("name", flat=True))
        assert cast.methodist.name not in names
        lists = cells_of(play.filled(), template.LISTS)
        assert {line[3] for line in lists[1:]} - {None} == {"Наша", template.DASH}


class TestErrors:
    @pytest.mark.parametrize("role", ["Методист", "председатель", "Администратор"])
    def test_higher_roles_are_the_administrators(self, play, role):
        ((_, column, text),) = play.errors(NEW | {"Роль": role})
        assert (column, "назначает администратор" in text) == ("D", True)

    def test_an_unknown_role_names_the_choices(self, play):
        ((_, _, text),) = play.errors(NEW | {"Роль": "завуч"})
        assert "«директор», «координатор», «куратор»" in text

    def test_a_role_is_held_in_a_school(self, play):
        ((_, column, text),) = play.errors(NEW | {"Школа": ""})
        assert (column, text) == ("B", "Для этой роли укажите школу.")

    def test_a_school_that_cannot_be_read_is_one_error(self, play):
        ((_, column, text),) = play.errors(NEW | {"Школа": "СОШ №15"})
        assert (column, "в муниципалитете нет" in text) == ("B", True)

    def test_mail_of_somebody_else_is_refused(self, play):
        UserFactory(email="novikova@school9.example", name="Соснина Ольга Юрьевна")
        ((_, column, text),) = play.errors(NEW)
        assert (column, "с другой фамилией" in text) == ("E", True)
        assert play.compared(NEW | {"Роль": ""}).counts == {"new": 1}

    def test_a_closed_account_is_told(self, play):
        UserFactory(email="novikova@school9.example", name=NEW["ФИО"], is_active=False)
        ((_, column, text),) = play.errors(NEW)
        assert (column, "закрыт" in text) == ("E", True)

    def test_two_people_do_not_sign_in_with_one_address(self, play):
        ((number, column, text),) = play.errors(NEW, NEW | {"ФИО": NAME, "Роль": "куратор"})
        assert (number, column) == (3, "E")
        assert "в строке 2" in text

    def test_the_same_person_twice_names_the_first_row(self, play, held):
        for line in (DEPUTY, NEW):
            ((number, column, text),) = play.errors(line, line)
            assert (number, column) == (3, "A")
            assert "в строке 2" in text

    def test_which_of_several_posts_must_be_said(self, play, held, cast):
        MembershipFactory(
            user=None,
            municipality=cast.municipality,
            school=cast.lead,
            role="",
            name=NAME,
            post="Психолог",
        )
        ((_, _, text),) = play.errors(row(Телефон="8"))
        assert "несколько должностей" in text

    def test_an_external_organisation_gives_no_way_in(self, play, cast):
        """Quirk 25."""
        SchoolFactory(municipality=cast.municipality, short_name="Вуз", org_type=OrgType.HIGHER)
        assert play.compared(row(school="Вуз")).counts == {"new": 1}
        ((_, column, text),) = play.errors(NEW | {"Школа": "Вуз"})
        assert (column, "нет входа" in text) == ("D", True)

    def test_in_a_closed_school_work_is_only_ended(self, play, held, cast):
        School.objects.filter(pk=cast.lead.pk).update(closed_on=date(2026, 8, 31))
        assert play.compared(DEPUTY | {"Работает по": "31.08.2026"}).counts == {"changed": 1}
        first, second = play.errors(DEPUTY | {"Телефон": "8"}, NEW)
        assert "можно только завершить работу" in first[2]
        assert second[1] == "B"

    def test_the_last_day_is_not_before_the_first(self, play, held):
        ((_, column, text),) = play.errors(DEPUTY | {"Работает по": "31.08.2024"})
        assert column == "D"
        assert text == "Последний день 31.08.2024 раньше первого (01.09.2024)."

    def test_the_team_is_a_schools(self, play, tutor):
        errors = play.errors(row(school="", Функция="Тьютор"))
        assert {"бывает у школы" in text for _, _, text in errors} == {True}
        ((_, column, text),) = play.errors(
            row(Функция="Тьютор") | {"В управленческой команде": "нет"}
        )
        assert (column, "напишите «да»" in text) == ("D", True)

    @pytest.mark.parametrize("value", ["не почта", "two@example.ru; one@example.ru"])
    def test_mail_is_one_address(self, play, value):
        ((_, column, _),) = play.errors(NEW | {"Почта": value})
        assert column == "E"


def test_three_hundred_rows_ask_no_more_than_three(play, cast, django_assert_num_queries):
    lines = [
        row(f"Фамилия{n} Имя", Почта=f"mail{n}@example.ru", Роль="куратор") for n in range(300)
    ]
    few, many = play.parsed(*lines[:3]), play.parsed(*lines)
    for rows in (few, many):
        by = User.objects.get(pk=cast.methodist.pk)  # one of the three: what this person may do
        with django_assert_num_queries(3):
            planning.compared(people, replace(play.scope, by=by), rows)

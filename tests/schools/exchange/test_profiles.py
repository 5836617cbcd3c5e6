"""The workbook of risk profiles: what is understood, what would change, what is written."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import User
from schools.enums import ChangeArea, OrgType, ProfileSource, Significance
from schools.exchange import planning, template
from schools.exchange.kinds import profiles
from schools.models import RiskFactor, RiskProfile, RiskProfileItem, School, SchoolChange
from tests.schools.exchange.books import cells_of, scope_of
from tests.schools.exchange.play import Play
from tests.schools.factories import (
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def play(cast):
    return Play(profiles, scope_of(cast.municipality, cast.methodist, YEAR))


@pytest.fixture
def staff():
    return RiskFactorFactory(
        name="Недостаточный уровень предметной и методической компетентности",
        short_name="Компетентность педагогов",
        aliases=["Недостаточная предметная и методическая компетентность"],
    )


@pytest.fixture
def shortage():
    return RiskFactorFactory(name="Дефицит педагогических кадров", short_name="Дефицит кадров")


@pytest.fixture
def held(cast, staff):
    """СОШ №9 with a profile of one factor; its namesake elsewhere with another."""
    profile = RiskProfileFactory(school=cast.lead, source=ProfileSource.SURVEY)
    namesake = SchoolFactory(municipality=cast.foreign, number="9")
    RiskProfileItemFactory(profile__school=namesake, factor=staff)
    return RiskProfileItemFactory(
        profile=profile, factor=staff, significance=Significance.MID, note="два  педагога"
    )


def row(factor="Дефицит кадров", school="СОШ №9", **more):
    return {"Школа": school, "Фактор риска": factor} | more


OVERCOME = {
    "Значимость": "средняя",
    "Преодолён": "да",
    "Когда": "01.06.2026",
    "Во взаимодействии со школой": "сош№5",
    "Благодаря чему": "совместные семинары",
}


class TestNew:
    def test_a_profile_comes_with_its_first_factor(self, play, cast, shortage):
        """R063, R068: significance, note, overcome together with another school."""
        plan = play.written(
            row(Примечание="20 % дети-инофоны", Источник="РПШ", **OVERCOME)
            | {"Пояснение к источнику": "протокол № 3"}
        )
        assert plan.counts == {"new": 1}
        assert plan.rows[0].title == "СОШ №9: Дефицит кадров"
        profile = RiskProfile.objects.get(school=cast.lead)
        assert (profile.year.start, profile.source) == (YEAR, ProfileSource.SURVEY)
        assert (profile.source_note, profile.version) == ("протокол № 3", 1)
        assert profile.updated_by == cast.methodist
        item = profile.items.get()
        assert (item.factor, item.significance) == (shortage, Significance.MID)
        assert (item.note, item.overcome_note) == ("20 % дети-инофоны", "совместные семинары")
        assert item.overcome
        assert (item.overcome_on, item.overcome_with) == (date(2026, 6, 1), cast.target)

    @pytest.mark.parametrize(
        "name",
        [
            "недостаточный  уровень предметной и методической КОМПЕТЕНТНОСТИ",
            "Компетентность педагогов",
            "«недостаточная предметная и методическая компетентность»",
        ],
    )
    def test_a_factor_is_found_by_its_names_and_aliases(self, play, staff, name):
        """Quirk 11: factors come inflected and misspelt."""
        play.written(row(name))
        assert RiskProfileItem.objects.get().factor == staff

    @pytest.mark.parametrize(
        "day", ["01.06.2026", "1 июня 2026 г.", "2026-06-01", "1.6.2026 г.", date(2026, 6, 1)]
    )
    def test_a_date_may_be_a_text(self, play, shortage, day):
        play.written(row(Преодолён="да", Когда=day))
        assert RiskProfileItem.objects.get().overcome_on == date(2026, 6, 1)

    def test_without_a_significance_it_is_not_stated(self, play, shortage):
        play.written(row())
        assert RiskProfileItem.objects.get().significance == Significance.UNSET

    def test_of_two_factors_of_one_name_that_of_the_year_is_meant(self, play, shortage):
        RiskFactorFactory(name="Благополучие", valid_to=2021)
        current = RiskFactorFactory(name="Благополучие", valid_from=2022)
        play.written(row("благополучие"))
        assert RiskProfileItem.objects.get().factor == current


class TestChanged:
    def test_old_and_new_values_are_told_and_the_rest_stays(self, play, held, shortage):
        other = RiskProfileItemFactory(profile=held.profile, factor=shortage)
        plan = play.written(row("Компетентность педагогов", Значимость="высокая"))
        (planned,) = plan.rows
        assert [(c.what, c.old, c.new) for c in planned.changes] == [
            ("Значимость", "средняя", "высокая")
        ]
        held.refresh_from_db()
        assert (held.significance, held.note) == (Significance.HIGH, "два  педагога")
        assert RiskProfileItem.objects.filter(pk=other.pk).exists()

    def test_a_changed_profile_is_of_a_new_version(self, play, held, cast):
        play.written(row("Компетентность педагогов", Значимость="высокая"))
        held.profile.refresh_from_db()
        assert (held.profile.version, held.profile.updated_by) == (2, cast.methodist)
        assert held.profile.source == ProfileSource.SURVEY

    def test_a_profile_of_another_school_stays(self, play, held, cast):
        other = RiskProfileFactory(school=cast.lonely)
        play.written(row("Компетентность педагогов", Значимость="высокая"))
        other.refresh_from_db()
        assert (other.version, other.updated_by) == (1, None)

    def test_the_history_says_it_as_the_form_does(self, play, held, shortage):
        play.written(
            row("Компетентность педагогов", Значимость="высокая", Источник="решение комитета"),
            row(),
        )
        changes = SchoolChange.objects.order_by("pk").values_list("what", "old", "new")
        assert list(changes) == [
            ("Рисковый профиль 2026/27: источник", "анкетирование РПШ", "решение комитета"),
            (
                "Рисковый профиль 2026/27: Компетентность педагогов",
                "средняя; два  педагога",
                "высокая; два  педагога",
            ),
            ("Рисковый профиль 2026/27: Дефицит кадров", "нет в профиле", "не указана"),
        ]
        change = SchoolChange.objects.first()
        assert (change.area, change.origin) == (ChangeArea.RISKS, "файл.xlsx")
        assert change.by == play.scope.by

    def test_no_more_overcome_takes_along_what_was_said_of_it(self, play, cast, shortage):
        play.written(row(**OVERCOME))
        cleared = dict.fromkeys(["Когда", "Во взаимодействии со школой", "Благодаря чему"], "")
        play.written(row(Преодолён="нет") | cleared)
        item = RiskProfileItem.objects.get()
        assert (item.overcome, item.overcome_on, item.overcome_with) == (False, None, None)
        assert item.overcome_note == ""

    def test_an_empty_cell_leaves_and_a_dash_clears(self, play, held):
        play.written(row("Компетентность педагогов", Значимость="", Примечание="–"))
        held.refresh_from_db()
        assert (held.significance, held.note) == (Significance.MID, "")

    def test_the_source_alone_may_change(self, play, held):
        plan = play.written(row("Компетентность педагогов", Источник="решение комитета"))
        assert plan.counts == {"changed": 1}
        held.profile.refresh_from_db()
        assert (held.profile.source, held.profile.version) == (ProfileSource.COMMITTEE, 2)
        assert SchoolChange.objects.count() == 1

    def test_the_same_again_changes_nothing(self, play, held, shortage):
        rows = [row(Источник="РПШ", **OVERCOME), row("Компетентность педагогов")]
        play.written(*rows)
        assert play.compared(*rows).counts == {"same": 2}

    def test_other_years_stay(self, play, held):
        earlier = RiskProfileItemFactory(
            profile__school=held.profile.school, profile__year=2025, factor=held.factor
        )
        play.written(row("Компетентность педагогов", Значимость="высокая"))
        earlier.refresh_from_db()
        assert earlier.significance == Significance.UNSET

    def test_a_namesake_of_another_municipality_stays(self, play, held, shortage, cast):
        play.written(row(), row("Компетентность педагогов", Значимость="низкая"))
        foreign = RiskProfileItem.objects.filter(profile__school__municipality=cast.foreign)
        assert [item.significance for item in foreign] == [Significance.UNSET]
        assert not SchoolChange.objects.filter(school__municipality=cast.foreign).exists()


class TestFilled:
    def test_the_filled_template_changes_nothing(self, play, held, cast, shortage):
        """Also what may not be chosen any more, and a helper from elsewhere."""
        RiskFactor.objects.filter(pk=held.factor.pk).update(valid_to=2021, is_retired=True)
        RiskProfileItemFactory(
            profile=held.profile,
            factor=shortage,
            overcome=True,
            overcome_on=date(2026, 6, 1),
            overcome_with=cast.foreign_lead,
            overcome_note="-",
        )
        RiskProfileItemFactory(profile__school=cast.target, factor=shortage)
        assert play.compared(content=play.filled()).counts == {"same": 3}

    def test_it_holds_this_municipality_and_this_year(self, play, held, cast, shortage):
        RiskProfileItemFactory(profile__school=cast.lead, profile__year=2025, factor=shortage)
        RiskFactorFactory(name="Их собственный", municipality=cast.foreign)
        RiskFactorFactory(name="Прежний", valid_to=2021)
        _, *lines = cells_of(play.filled(), "Рисковые профили")
        assert [line[:3] for line in lines] == [["СОШ №9", held.factor.name, "средняя"]]
        lists = cells_of(play.filled(), template.LISTS)
        assert {line[1] for line in lists[1:]} - {None} == {held.factor.name, shortage.name}

    def test_closed_schools_and_external_organisations_are_not_offered(self, play, cast):
        School.objects.filter(pk=cast.lonely.pk).update(closed_on=date(2026, 8, 31))
        SchoolFactory(municipality=cast.municipality, short_name="Вуз", org_type=OrgType.HIGHER)
        lists = cells_of(play.filled(), template.LISTS)
        assert {line[0] for line in lists[1:]} - {None} == {"СОШ №5", "СОШ №9"}


class TestErrors:
    def test_an_unknown_factor_gets_the_closest_name(self, play, staff):
        (error,) = play.errors(row("Недостаточной уровнем предметной и методич. компетентности"))
        assert error[:2] == (2, "B")
        assert "нет в справочнике" in error[2]
        assert f"Возможно, это «{staff.name}»" in error[2]

    def test_something_else_gets_no_hint(self, play, staff):
        ((_, _, text),) = play.errors(row("Погода"))
        assert "Возможно" not in text
        assert "добавьте это написание в справочник" in text

    def test_a_factor_of_another_municipality_is_unknown(self, play, cast):
        RiskFactorFactory(name="Их собственный", municipality=cast.foreign)
        ((_, column, text),) = play.errors(row("Их собственный"))
        assert (column, "нет в справочнике" in text) == ("B", True)

    def test_a_factor_that_left_the_list_names_its_successor(self, play, shortage):
        RiskFactorFactory(name="Нехватка учителей", valid_to=2021, replaced_by=shortage)
        ((_, column, text),) = play.errors(row("Нехватка учителей"))
        assert column == "B"
        assert text == (
            "Фактора «Нехватка учителей» нет в списке 2026/27 учебного года. "
            "Вместо него – «Дефицит педагогических кадров»."
        )

    def test_an_unknown_school_gets_the_closest_of_its_number(self, play, shortage):
        ((_, column, text),) = play.errors(row(school="СШО №9"))
        assert (column, "Возможно, это «СОШ №9»" in text) == ("A", True)
        ((_, _, text),) = play.errors(row(school="СОШ №8"))
        assert "Возможно" not in text

    def test_a_school_of_another_municipality_is_unknown(self, play, shortage):
        ((_, column, _),) = play.errors(row(school="СОШ №15"))
        assert column == "A"

    def test_external_and_closed_have_no_profile_to_change(self, play, shortage, cast):
        """Quirk 25."""
        SchoolFactory(municipality=cast.municipality, short_name="Вуз", org_type=OrgType.HIGHER)
        School.objects.filter(pk=cast.lead.pk).update(closed_on=date(2026, 8, 31))
        external, closed = play.errors(row(school="Вуз"), row())
        assert "внешняя организация" in external[2]
        assert "Школа закрыта 31 августа 2026" in closed[2].replace("\u00a0", " ")

    def test_the_same_factor_twice_names_the_first_row(self, play, shortage):
        ((number, column, text),) = play.errors(row(), row("Дефицит педагогических кадров"))
        assert (number, column) == (3, "B")
        assert "в строке 2" in text

    def test_details_of_overcoming_need_the_yes(self, play, shortage):
        errors = play.errors(row(**OVERCOME | {"Преодолён": "нет"}))
        assert [column for _, column, _ in errors] == ["E", "F", "G"]
        assert "напишите «да» в графе «Преодолён»" in errors[0][2]

    def test_what_was_not_found_is_not_overcome(self, play, shortage):
        ((_, column, text),) = play.errors(row(Значимость="не выявлен", Преодолён="да"))
        assert (column, "вместе не бывают" in text) == ("C", True)

    @pytest.mark.parametrize("day", ["25.11.2026", "01.01.1950", "31.02.2026", "31 июня 2026"])
    def test_a_day_of_overcoming_is_a_past_date(self, play, shortage, day):
        ((_, column, _),) = play.errors(row(Преодолён="да", Когда=day))
        assert column == "D"

    def test_nobody_overcomes_with_itself(self, play, shortage):
        line = row(Преодолён="да") | {"Во взаимодействии со школой": "СОШ №9"}
        ((_, column, text),) = play.errors(line)
        assert (column, "сама школа" in text) == ("D", True)

    def test_a_profile_has_one_source(self, play, shortage, staff):
        ((number, column, text),) = play.errors(
            row(Источник="РПШ"), row("Компетентность педагогов", Источник="решение комитета")
        )
        assert (number, column) == (3, "C")
        assert "В строке 2" in text


def test_three_hundred_rows_ask_no_more_than_three(play, cast, django_assert_num_queries):
    factors = RiskFactorFactory.create_batch(100)
    schools = ["СОШ №9", "СОШ №5", "СОШ №47"]
    lines = [row(factor.name, school) for factor in factors for school in schools]
    few, many = play.parsed(*lines[:3]), play.parsed(*lines)
    for rows in (few, many):
        by = User.objects.get(pk=cast.methodist.pk)  # one of the three: what this person may do
        with django_assert_num_queries(3):
            planning.compared(profiles, replace(play.scope, by=by), rows)

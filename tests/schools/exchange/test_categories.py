"""The workbook of categories: what is understood, what would change, what is written."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import User
from common.academic_year import AcademicYear
from schools.enums import BasisKind, CategoryCode, ChangeArea, OrgType
from schools.exchange import planning, template
from schools.exchange.kinds import categories
from schools.models import BasisDocument, Category, School, SchoolCategory, SchoolChange
from tests.schools.exchange.books import cells_of, scope_of
from tests.schools.exchange.play import Play
from tests.schools.factories import CategoryFactory, SchoolCategoryFactory, SchoolFactory

pytestmark = pytest.mark.django_db

ORDER = {
    "Основание: вид": "приказ",
    "Основание: номер": "112-о",
    "Основание: дата": "15.08.2026",
    "Основание: о чём": "О перечне школ",
}


@pytest.fixture
def play(cast):
    return Play(categories, scope_of(cast.municipality, cast.methodist))


@pytest.fixture
def low():
    return CategoryFactory(code=CategoryCode.LOW_RESULTS, name="ШНОР")


@pytest.fixture
def at_risk():
    return CategoryFactory(
        code=CategoryCode.AT_RISK, name="В зоне риска снижения образовательных результатов"
    )


@pytest.fixture
def held(cast, low):
    """СОШ №9 and its namesake elsewhere, each with an order of its own municipality."""
    namesake = SchoolFactory(municipality=cast.foreign, number="9")
    kept = {}
    for school in (cast.lead, namesake):
        basis = BasisDocument.objects.create(
            municipality=school.municipality, number="112-о", dated=date(2026, 8, 15)
        )
        kept[school] = SchoolCategoryFactory(
            school=school, category=low, since=AcademicYear(2024), basis=basis
        )
    return kept[cast.lead]


def row(category="ШНОР", school="СОШ №9", since="2026/27", **more):
    return {"Школа": school, "Категория": category, "С учебного года": since} | more


class TestNew:
    def test_a_category_comes_with_its_years_and_its_order(self, play, cast, low):
        plan = play.written(row() | {"По учебный год": "2027-2028"} | ORDER)
        assert plan.counts == {"new": 1}
        assert plan.rows[0].title == "СОШ №9: ШНОР"
        kept = SchoolCategory.objects.get()
        assert (kept.school, kept.category) == (cast.lead, low)
        assert (kept.since.label, kept.until.label) == ("2026/27", "2027/28")
        assert kept.author == cast.methodist
        basis = kept.basis
        assert (basis.municipality, basis.kind) == (cast.municipality, BasisKind.ORDER)
        assert (basis.number, basis.dated) == ("112-о", date(2026, 8, 15))
        assert basis.title == "О перечне школ"

    def test_the_merged_group_can_be_told(self, play, cast):
        """R052: it is not known which of the two applies."""
        merged = CategoryFactory(code=CategoryCode.LOW_OR_ADVERSE, name="ШНОР и ШНСУ")
        play.written(row("шнор и шнсу"))
        assert SchoolCategory.objects.get().category == merged

    def test_categories_are_independent_of_each_other(self, play, low, at_risk):
        play.written(row(), row("зона риска снижения образовательных результатов"))
        assert {kept.category for kept in SchoolCategory.objects.all()} == {low, at_risk}

    def test_an_order_of_the_file_is_written_down_once(self, play, low):
        play.written(row(), row(school="СОШ №5") | ORDER, row(school="СОШ №47") | ORDER)
        basis = BasisDocument.objects.get()
        assert SchoolCategory.objects.filter(basis=basis).count() == 2

    def test_a_known_order_is_taken_again(self, play, held, low):
        play.written(row(school="СОШ №5") | ORDER | {"Основание: номер": "№ 112-О"})
        held.basis.refresh_from_db()
        assert SchoolCategory.objects.get(school__number="5").basis == held.basis
        assert held.basis.title == "О перечне школ"
        assert BasisDocument.objects.filter(municipality=held.school.municipality).count() == 1

    def test_an_order_of_another_municipality_is_another_order(self, play, cast, low):
        BasisDocument.objects.create(
            municipality=cast.foreign, number="112-о", dated=date(2026, 8, 15)
        )
        play.written(row() | ORDER)
        assert SchoolCategory.objects.get().basis.municipality == cast.municipality

    def test_the_history_says_it_as_the_form_does(self, play, low):
        play.written(row() | ORDER)
        change = SchoolChange.objects.get()
        assert (change.what, change.old) == ("Категория «ШНОР»", "")
        assert change.new == (
            "с 2026/27 учебного года; приказ № 112-о от 15.08.2026 О перечне школ"
        )
        assert (change.area, change.origin) == (ChangeArea.CATEGORIES, "файл.xlsx")
        assert change.by == play.scope.by


class TestChanged:
    def test_a_last_year_ends_what_is_held(self, play, held):
        plan = play.written(row(since="2024/25") | {"По учебный год": "2025/26"})
        (planned,) = plan.rows
        assert [(c.what, c.old, c.new) for c in planned.changes] == [
            ("Срок", "с 2024/25 учебного года", "с 2024/25 по 2025/26 учебный год")
        ]
        held.refresh_from_db()
        assert held.until == AcademicYear(2025)
        assert held.basis is not None
        change = SchoolChange.objects.get()
        assert (change.school, change.what) == (held.school, "Категория «ШНОР»: срок")

    def test_it_may_begin_again_after_it_ended_in_the_same_file(self, play, held):
        plan = play.written(row(since="2024/25") | {"По учебный год": "2025/26"}, row())
        assert plan.counts == {"changed": 1, "new": 1}

    def test_a_dash_takes_the_end_and_the_basis_away(self, play, held):
        SchoolCategory.objects.filter(pk=held.pk).update(until=AcademicYear(2025))
        play.written(row(since="2024/25") | {"По учебный год": "–", "Основание: вид": "–"})
        held.refresh_from_db()
        assert (held.until, held.basis) == (None, None)

    def test_another_basis_is_told(self, play, held):
        plan = play.written(row(since="2024/25") | ORDER | {"Основание: номер": "7"})
        assert [(c.what, c.old) for c in plan.rows[0].changes] == [
            ("Основание", "приказ № 112-о от 15.08.2026")
        ]
        held.refresh_from_db()
        assert held.basis.number == "7"

    def test_an_empty_cell_leaves_what_is_held(self, play, held):
        SchoolCategory.objects.filter(pk=held.pk).update(until=AcademicYear(2025))
        line = row(since="2024/25") | {"По учебный год": "", "Основание: вид": ""}
        assert play.compared(line).counts == {"same": 1}

    def test_the_same_again_changes_nothing(self, play, held, at_risk):
        rows = [row(since="2024/25") | ORDER, row(at_risk.name) | {"По учебный год": 2027}]
        play.written(*rows)
        assert play.compared(*rows).counts == {"same": 2}

    def test_a_namesake_of_another_municipality_stays(self, play, held, cast):
        play.written(row(since="2024/25") | {"По учебный год": "2025/26"})
        foreign = SchoolCategory.objects.get(school__municipality=cast.foreign)
        assert foreign.until is None


class TestFilled:
    def test_the_filled_template_changes_nothing(self, play, held, cast, at_risk):
        """Also a retired category and two documents that differ by their titles only."""
        Category.objects.filter(pk=held.category.pk).update(is_retired=True)
        for title in ("О перечне", "О перечне школ"):
            basis = BasisDocument.objects.create(
                municipality=cast.municipality, number="112-о", dated=date(2026, 8, 15), title=title
            )
            SchoolCategoryFactory(
                school=cast.target if title == "О перечне" else cast.lonely,
                category=at_risk,
                until=AcademicYear(2026),
                basis=basis,
            )
        bare = BasisDocument.objects.create(
            municipality=cast.municipality, kind=BasisKind.OTHER, title="Перечень на сайте"
        )
        SchoolCategoryFactory(school=cast.lead, category=at_risk, basis=bare)
        assert play.compared(content=play.filled()).counts == {"same": 4}

    def test_it_holds_this_municipality_alone(self, play, held, cast):
        CategoryFactory(code="theirs", name="Их категория", municipality=cast.foreign)
        _, *lines = cells_of(play.filled(), "Категории")
        assert [line[:4] for line in lines] == [["СОШ №9", "ШНОР", "2024/25", None]]
        lists = cells_of(play.filled(), template.LISTS)
        assert {line[1] for line in lists[1:]} - {None} == {"ШНОР"}


class TestErrors:
    def test_years_in_common_with_what_is_held(self, play, held):
        ((_, column, text),) = play.errors(row())
        assert column == "C"
        assert text == (
            "Эта категория у школы уже есть в портале на те же годы: с 2024/25 учебного года. "
            "Чтобы изменить срок, напишите тот же первый год (2024/25)."
        )

    def test_years_in_common_inside_the_file(self, play, low):
        first, second = play.errors(row(), row(since="2027/28"))
        assert (first[0], second[0]) == (2, 3)
        assert "в строке 3" in first[2]
        assert "в строке 2" in second[2]

    def test_the_same_twice_names_the_first_row(self, play, low):
        ((number, column, text),) = play.errors(row(), row(school="МОБУ «СОШ № 9»"))
        assert (number, column) == (3, "B")
        assert "в строке 2" in text

    def test_the_last_year_is_not_before_the_first(self, play, low):
        ((_, column, text),) = play.errors(row() | {"По учебный год": "2025/26"})
        assert (column, text) == ("D", "Последний год 2025/26 раньше первого (2026/27).")

    @pytest.mark.parametrize("since", ["1980/81", "2035/36"])
    def test_a_first_year_is_sensible(self, play, low, since):
        ((_, column, text),) = play.errors(row(since=since))
        assert (column, "Проверьте год" in text) == ("C", True)

    def test_an_unknown_category_gets_the_closest_name(self, play, at_risk):
        ((_, column, text),) = play.errors(row("В зоне риска снижения результатов"))
        assert column == "B"
        assert f"Возможно, это «{at_risk.name}»" in text

    def test_a_category_of_another_municipality_is_unknown(self, play, cast):
        CategoryFactory(code="theirs", name="Их категория", municipality=cast.foreign)
        ((_, column, _),) = play.errors(row("Их категория"))
        assert column == "B"

    def test_a_retired_category_is_not_given_anew(self, play, low):
        Category.objects.update(is_retired=True)
        ((_, column, text),) = play.errors(row())
        assert (column, "больше не назначается" in text) == ("B", True)

    def test_external_and_closed_get_none(self, play, low, cast):
        """Quirk 25."""
        SchoolFactory(municipality=cast.municipality, short_name="Вуз", org_type=OrgType.HIGHER)
        School.objects.filter(pk=cast.lead.pk).update(closed_on=date(2026, 8, 31))
        external, closed = play.errors(row(school="Вуз"), row())
        assert external[2].startswith("Вуз: не общеобразовательная организация")
        assert closed[2].startswith("СОШ №9: закрыта")

    def test_a_basis_needs_its_kind(self, play, low):
        ((_, column, text),) = play.errors(row() | {"Основание: вид": "", "Основание: номер": 7})
        assert (column, "вид документа" in text) == ("D", True)

    def test_another_title_of_a_known_order_is_doubt(self, play, held):
        BasisDocument.objects.filter(pk=held.basis.pk).update(title="Об отпусках")
        ((_, column, text),) = play.errors(row(school="СОШ №5") | ORDER)
        assert column == "G"
        assert "«приказ № 112-о от 15.08.2026 Об отпусках»" in text

    @pytest.mark.parametrize("day", ["15 августа", "32.08.2026", "приказ"])
    def test_a_date_is_a_date(self, play, low, day):
        ((_, column, _),) = play.errors(row() | ORDER | {"Основание: дата": day})
        assert column == "F"


def test_three_hundred_rows_ask_no_more_than_three(play, cast, low, django_assert_num_queries):
    names = [s.short_name for s in SchoolFactory.create_batch(300, municipality=cast.municipality)]
    lines = [row(school=name) | ORDER for name in names]
    few, many = play.parsed(*lines[:3]), play.parsed(*lines)
    for rows in (few, many):
        by = User.objects.get(pk=cast.methodist.pk)
        with django_assert_num_queries(2):
            planning.compared(categories, replace(play.scope, by=by), rows)

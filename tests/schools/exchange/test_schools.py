"""The workbook of schools: what is understood, what would change, what is written."""

from datetime import date
from decimal import Decimal

import pytest

from schools.enums import ChangeArea, Locality, OrgType, RowOutcome, SchoolKind
from schools.exchange import planning, template
from schools.exchange.kinds import schools as kind
from schools.exchange.planning import Plan
from schools.models import LegalForm, School, SchoolChange
from tests.schools.exchange.books import quiet, schools_book, scope_of
from tests.schools.factories import LegalFormFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scope(cast):
    return scope_of(cast.municipality, cast.methodist)


def compared(scope, *rows, content: bytes | None = None) -> Plan:
    parsed = planning.parsed(kind, scope, content or schools_book(rows), quiet)
    return planning.compared(kind, scope, parsed)


def written(scope, *rows, content: bytes | None = None) -> Plan:
    plan = compared(scope, *rows, content=content)
    assert not plan.has_errors, [row.errors for row in plan.rows]
    kind.apply(scope, plan.to_write, "школы.xlsx", quiet)
    return plan


def errors(plan: Plan, number: int = 0) -> list[tuple[str, str]]:
    return [(problem.column, problem.text) for problem in plan.rows[number].errors]


ALL = {
    "Краткое название": "Лицей №7",
    "Организационно-правовая форма": "мобу",
    "Вид": "лицей",
    "Номер": 7,
    "Полное название": "Лицей номер семь",
    "Тип организации": "Общеобразовательная организация",
    "Головная организация": "сош№9",
    "Учтено в головной организации": "да",
    "Ведомственная принадлежность": "Комитет по образованию",
    "Классы с": 5,
    "Классы по": "11,0",
    "Обучающихся": "1 412",
    "Педагогов": 35.0,
    "Местность": "село",
    "Населённый пункт": "с. Примерное",
    "Адрес": "ул. Школьная, 1",
    "Сайт": "school7.example",
    "Почта": "School7@Example.ru",
    "Телефон": 83450000007,
    "Широта": "58,2",
    "Долгота": 68.25,
}


class TestNew:
    def test_every_fact_of_the_card_comes_in(self, scope, cast):
        plan = written(scope, ALL)
        assert plan.counts == {"new": 1}
        school = School.objects.get(short_name="Лицей №7")
        assert school.municipality == cast.municipality
        assert school.legal_form == LegalForm.objects.get(code="mobu")
        assert (school.kind, school.number) == (SchoolKind.LYCEUM, "7")
        assert (school.org_type, school.parent) == (OrgType.GENERAL, cast.lead)
        assert school.counted_in_parent
        assert (school.grades_from, school.grades_to) == (5, 11)
        assert (school.pupils, school.teachers) == (1412, 35)
        assert (school.locality, school.settlement) == (Locality.RURAL, "с. Примерное")
        assert (school.site, school.email) == ("https://school7.example", "school7@example.ru")
        assert school.phone == "83450000007"
        assert (school.latitude, school.longitude) == (Decimal("58.2"), Decimal("68.25"))
        assert (school.version, school.updated_by) == (1, cast.methodist)
        assert School.objects.search("примерное").get() == school

    def test_kind_and_number_are_name_enough(self, scope):
        written(scope, {"Вид": "Гимназия", "Номер": 3.0})
        assert School.objects.get(number="3").short_name == "Гимназия №3"

    def test_a_name_tells_kind_and_number(self, scope):
        written(scope, {"Краткое название": "ООШ № 77"}, {"Краткое название": "Музей"})
        school = School.objects.get(number="77")
        assert school.kind == SchoolKind.OOSH
        assert School.objects.get(short_name="Музей").kind == SchoolKind.OTHER

    @pytest.mark.parametrize(
        ("written_as", "form", "name"),
        [
            ("МОБУ «СОШ № 77»", "МОБУ", "СОШ №77"),
            ("Мобу «СОШ №77", "МОБУ", "СОШ №77"),
            ("МОБУ Гимназия «Надежда»", "МОБУ", "Гимназия «Надежда»"),
            ("Музей истории", None, "Музей истории"),
        ],
    )
    def test_a_legal_form_in_the_name_goes_to_its_place(self, scope, written_as, form, name):
        """Quirk 9."""
        written(scope, {"Краткое название": written_as})
        school = School.objects.get(short_name=name)
        assert (school.legal_form and school.legal_form.name) == form
        assert compared(scope, {"Краткое название": written_as}).counts == {"same": 1}

    def test_a_branch_may_stand_above_its_new_parent(self, scope):
        written(
            scope,
            {"Краткое название": "Дальняя СОШ", "Головная организация": "Ближняя СОШ"},
            {"Краткое название": "Ближняя СОШ", "Головная организация": ""},
        )
        branch = School.objects.get(short_name="Дальняя СОШ")
        assert branch.parent.short_name == "Ближняя СОШ"

    def test_it_is_said_in_the_history(self, scope, cast):
        written(scope, {"Краткое название": "Лицей №7"})
        change = SchoolChange.objects.get(school__short_name="Лицей №7")
        assert (change.what, change.by, change.area, change.origin) == (
            "Карточка создана",
            cast.methodist,
            ChangeArea.CARD,
            "школы.xlsx",
        )

    def test_the_same_number_elsewhere_is_another_school(self, scope, cast):
        """Quirk 10: «Чужой» has its own СОШ №15."""
        assert written(scope, {"Краткое название": "СОШ №15"}).counts == {"new": 1}
        assert School.objects.filter(name_key=cast.foreign_lead.name_key).count() == 2


class TestChanged:
    @pytest.mark.parametrize("name", ["СОШ№9", "МОБУ «СОШ № 9»", "Сош N 9", "сош №9"])
    def test_a_school_is_found_by_any_spelling_of_its_name(self, scope, cast, name):
        """Quirk 9."""
        plan = compared(scope, {"Краткое название": name, "Обучающихся": 500})
        assert [row.school for row in plan.rows] == [cast.lead]
        assert plan.rows[0].title == "СОШ №9"

    def test_old_and_new_value_are_told_in_words(self, scope, cast):
        School.objects.filter(pk=cast.lead.pk).update(pupils=400)
        row = {"Краткое название": "СОШ №9", "Обучающихся": 500, "Местность": "город"}
        (planned,) = compared(scope, row).rows
        assert [(c.what, c.old, c.new) for c in planned.changes] == [
            ("Обучающихся", "400", "500"),
            ("Местность", "", "городская"),
        ]

    def test_an_empty_cell_leaves_and_a_dash_clears(self, scope, cast):
        School.objects.filter(pk=cast.lead.pk).update(
            pupils=400, address="ул. Старая", counted_in_parent=True, parent=cast.lonely
        )
        row = {
            "Краткое название": "СОШ №9",
            "Обучающихся": "",
            "Адрес": "–",
            "Головная организация": "-",
            "Учтено в головной организации": "—",
            "Организационно-правовая форма": "–",
        }
        written(scope, row)
        cast.lead.refresh_from_db()
        assert (cast.lead.pupils, cast.lead.address, cast.lead.parent) == (400, "", None)
        assert (cast.lead.counted_in_parent, cast.lead.legal_form) == (False, None)

    def test_a_changed_card_is_of_a_new_version(self, scope, cast):
        written(scope, {"Краткое название": "СОШ №9", "Населённый пункт": "г. Новый"})
        cast.lead.refresh_from_db()
        assert (cast.lead.version, cast.lead.updated_by) == (2, cast.methodist)
        assert cast.lead in School.objects.search("новый")
        (change,) = SchoolChange.objects.filter(school=cast.lead)
        assert (change.what, change.old, change.new) == ("Населённый пункт", "", "г. Новый")

    def test_others_stay_as_they_are(self, scope, cast):
        before = School.objects.exclude(pk=cast.lead.pk).values()
        kept = list(before)
        written(scope, {"Краткое название": "СОШ №9", "Обучающихся": 1})
        assert list(before.all()) == kept

    def test_the_same_again_changes_nothing(self, scope):
        written(scope, ALL, {"Краткое название": "СОШ №9", "Обучающихся": 5})
        again = compared(scope, ALL, {"Краткое название": "СОШ №9", "Обучающихся": 5})
        assert again.counts == {"same": 2}

    def test_the_filled_template_changes_nothing(self, scope, cast):
        written(scope, ALL)
        form = LegalFormFactory(code="old", name="МСОУ")
        SchoolFactory(municipality=cast.municipality, number="1", legal_form=form)
        LegalForm.objects.filter(code="old").update(is_retired=True)
        content = template.made(kind, scope, filled=True)
        assert compared(scope, content=content).counts == {"same": 5}

    def test_a_school_of_another_municipality_is_out_of_reach(self, scope, cast):
        written(scope, {"Краткое название": "СОШ №14", "Обучающихся": 1})
        cast.foreign_target.refresh_from_db()
        assert cast.foreign_target.pupils is None


class TestErrors:
    def test_the_same_school_twice_names_the_first_row(self, scope):
        plan = compared(
            scope, {"Краткое название": "СОШ №9"}, {"Краткое название": "МОБУ «СОШ № 9»"}
        )
        assert errors(plan, 1) == [
            ("A", "То же самое уже сказано в строке 2. Оставьте одну из них.")
        ]

    def test_errors_of_a_row_are_told_from_the_left(self, scope):
        row = {"Краткое название": "СОШ №9", "Педагогов": "35,5", "Широта": "158"}
        twice = compared(scope, {"Краткое название": "СОШ №9"}, row)
        assert [column for column, _ in errors(twice, 1)] == ["A", "B", "C"]
        row |= {"Классы с": 11, "Классы по": 1, "Почта": "школа@"}
        assert [column for column, _ in errors(compared(scope, row))] == ["B", "C", "E", "F"]

    def test_an_external_organisation_has_no_pupils(self, scope):
        """Quirk 25."""
        row = {"Краткое название": "Вуз", "Тип организации": "вуз", "Обучающихся": 10}
        ((column, text),) = errors(compared(scope, row))
        assert column == "C"
        assert "не указывают число обучающихся" in text

    def test_a_school_that_turns_external_must_lose_its_pupils(self, scope, cast):
        School.objects.filter(pk=cast.lead.pk).update(pupils=10)
        row = {"Краткое название": "СОШ №9", "Тип организации": "предприятие", "Обучающихся": ""}
        ((_, text),) = errors(compared(scope, row))
        assert "поставьте здесь прочерк" in text
        assert written(scope, row | {"Обучающихся": "–"}).counts == {"changed": 1}

    def test_a_closed_school_says_what_to_do(self, scope, cast):
        School.objects.filter(pk=cast.lead.pk).update(closed_on=date(2026, 8, 31))
        ((_, text),) = errors(compared(scope, {"Краткое название": "СОШ №9", "Обучающихся": 1}))
        assert "закрыта 31.08.2026" in text
        assert "Уберите строку" in text

    def test_grades_go_up(self, scope):
        row = {"Краткое название": "СОШ №9", "Классы с": 9, "Классы по": 1}
        assert errors(compared(scope, row)) == [("C", "Последний класс (1) меньше первого (9).")]

    @pytest.mark.parametrize(
        ("parent", "says"),
        [
            ("СОШ №15", "нет ни в портале, ни в этом файле"),
            ("СОШ №9", "филиалом самой себя"),
            ("СОШ №47", "круг"),
        ],
    )
    def test_a_parent_is_another_organisation_of_the_municipality(self, scope, cast, parent, says):
        School.objects.filter(pk=cast.lonely.pk).update(parent=cast.lead)
        row = {"Краткое название": "СОШ №9", "Головная организация": parent}
        ((column, text),) = errors(compared(scope, row))
        assert column == "B"
        assert says in text

    def test_a_row_without_a_name_says_what_to_write(self, scope):
        plan = compared(scope, {"Краткое название": "", "Номер": "3"})
        assert errors(plan) == [("A", "Напишите краткое название или вид и номер.")]

    def test_every_bad_cell_of_a_row_is_told(self, scope):
        row = {
            "Краткое название": "СОШ №9",
            "Вид": "колледж",
            "Обучающихся": "12,5",
            "Педагогов": "много",
            "Сайт": "нет сайта",
        }
        plan = compared(scope, row)
        assert plan.counts == {"error": 1}
        assert [column for column, _ in errors(plan)] == ["B", "C", "D", "E"]
        assert "целое число" in errors(plan)[1][1]


def test_a_thousand_rows_ask_no_more_than_one(scope, django_assert_num_queries):
    few = planning.parsed(kind, scope, schools_book([{"Краткое название": "СОШ №9"}]), quiet)
    many = planning.parsed(
        kind, scope, schools_book({"Краткое название": f"СОШ №{n}"} for n in range(1000)), quiet
    )
    for rows in (few, many):
        with django_assert_num_queries(2):
            planning.compared(kind, scope, rows)


def test_a_plan_has_its_own_digest(scope, cast):
    row = {"Краткое название": "СОШ №9", "Обучающихся": 5}
    first = compared(scope, row)
    assert compared(scope, row).digest == first.digest
    School.objects.filter(pk=cast.lead.pk).update(pupils=4)
    assert compared(scope, row).digest != first.digest
    assert first.rows[0].outcome == RowOutcome.CHANGED

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter

from common.academic_year import AcademicYear
from common.fields import AcademicYearField, DerivedField, OneRow, SeveralRows
from tests.common.tables import Named

YEAR = AcademicYear(2026)


class NamedForm(forms.ModelForm):
    class Meta:
        model = Named
        fields = ["name", "year"]


class TestAcademicYear:
    def test_is_a_value_in_python_and_a_number_in_the_database(self, tables):
        row = Named.objects.create(name="А", year=YEAR)
        row.refresh_from_db()
        assert row.year == YEAR
        with connection.cursor() as cursor:
            cursor.execute("SELECT year FROM common_named")
            assert cursor.fetchone() == (2026,)

    @pytest.mark.parametrize("value", [YEAR, 2026, "2026/27"])
    def test_lookups_take_year_number_and_label(self, tables, value):
        row = Named.objects.create(name="А", year=YEAR)
        Named.objects.create(name="Б", year=YEAR.previous)
        assert Named.objects.get(year=value) == row
        assert Named.objects.get(year__gte=value) == row
        assert Named.objects.get(year__in=[value]) == row
        assert Named.objects.get(year__range=(value, value)) == row

    def test_orders_and_aggregates(self, tables):
        for year in (YEAR, YEAR.previous, YEAR.next):
            Named.objects.create(name=year.label, year=year)
        assert list(Named.objects.order_by("-year").values_list("year", flat=True)) == [
            YEAR.next,
            YEAR,
            YEAR.previous,
        ]
        assert Named.objects.aggregate(last=models.Max("year"))["last"] == YEAR.next

    def test_constraint_holds_in_database_and_in_validation(self, tables):
        row = Named(name="А", year=AcademicYear(1990))
        with pytest.raises(ValidationError):
            row.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_form_reads_a_label_and_shows_it_back(self, tables):
        form = NamedForm({"name": "А", "year": "2026-2027"})
        assert form.is_valid(), form.errors
        assert form.save().year == YEAR
        shown = NamedForm(instance=Named(name="А", year=YEAR))
        assert 'value="2026/27"' in str(shown["year"])

    def test_form_tells_what_is_wrong_in_russian(self):
        form = NamedForm({"name": "А", "year": "26"})
        assert form.errors["year"] == ["Укажите учебный год в виде «2026/27»."]

    @pytest.mark.parametrize(
        ("data", "changed"), [("2026", []), ("2025", ["year"]), ("x", ["year"])]
    )
    def test_form_knows_whether_the_year_changed(self, data, changed):
        form = NamedForm({"name": "А", "year": data}, instance=Named(name="А", year=YEAR))
        assert form.changed_data == changed

    def test_an_empty_year_is_none(self, tables):
        form = NamedForm({"name": "А", "year": ""})
        assert form.is_valid()
        assert form.save().year is None

    def test_choices_make_a_select_of_years(self):
        field = AcademicYearField("год", choices=[(YEAR, YEAR.label)]).formfield()
        assert field.clean("2026/27") == YEAR
        assert '<option value="2026/27">2026/27</option>' in field.widget.render("year", None)

    def test_migrations_can_write_field_default_and_condition(self):
        field = AcademicYearField(default=YEAR, validators=[])
        text, imports = MigrationWriter.serialize(field)
        assert "AcademicYear(2026)" in text
        assert "import common.academic_year" in imports
        assert (
            "AcademicYear(2000)"
            in MigrationWriter.serialize(models.Q(year__gte=AcademicYear(2000)))[0]
        )

    def test_fixtures_keep_the_year(self, tables):
        row = Named.objects.create(name="А", year=YEAR)
        text = serializers.serialize("python", [row])[0]["fields"]["year"]
        assert text == "2026/27"
        assert Named._meta.get_field("year").to_python(text) == YEAR


class TestDerived:
    def test_is_filled_on_save_and_bulk_create(self, tables):
        saved = Named.objects.create(name="СОШ №2")
        (bulk,) = Named.objects.bulk_create([Named(name="СОШ № 2")])
        assert saved.key == bulk.key == "сош2"
        assert Named.objects.filter(key="сош2").count() == 2

    def test_follows_its_source(self, tables):
        row = Named.objects.create(name="СОШ №2")
        row.name = "СОШ №3"
        row.save()
        row.refresh_from_db()
        assert row.search_key == "сош №3"

    def test_is_filled_before_validation(self):
        row = Named(name="СОШ №2")
        row.clean_fields()
        assert row.key == "сош2"

    def test_a_long_value_is_cut_to_the_column(self, tables):
        row = Named.objects.create(name="я" * 10_000)
        assert row.search_key == "я" * 30

    def test_is_in_no_form_and_survives_a_migration(self):
        assert "key" not in forms.modelform_factory(Named, fields="__all__").base_fields
        clone = Named._meta.get_field("key").clone()
        assert isinstance(clone, DerivedField)
        assert (clone.compute, clone.max_length) == ("unique", 200)

    def test_a_model_without_the_method_keeps_the_value(self):
        class Historical:
            key = "было"

        assert Named._meta.get_field("key").pre_save(Historical(), add=False) == "было"


@pytest.mark.parametrize("numbers", [["7"], ["7", str(10**30)], [f"-{10**19}"]])
def test_a_choice_that_is_no_row_is_told_on_both_databases(tables, numbers):
    field = SeveralRows(Named.objects.all())
    with pytest.raises(ValidationError, match="|".join(numbers)):
        field.clean(numbers)


@pytest.mark.parametrize("number", ["7", str(10**30), f"-{10**19}", "x", "\0"])
def test_one_row_that_is_none_is_told_too(tables, number):
    with pytest.raises(ValidationError):
        OneRow(Named.objects.all()).clean(number)

"""The register of schools, walked by hand: a table with errors, search, a profile of a new year."""

import re
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from common.academic_year import AcademicYear
from schools.importing import run_import
from schools.models import RiskProfile, School, WorkbookImport
from tests.browser.conftest import PHONE, Visit
from tests.browser.looking import follow, violations
from tests.sources import refuse

SHEET = "Школы"


def fill(template: Path, target: Path, *rows: dict[str, object]) -> Path:
    """Write rows under the headings of the template, as a person would."""
    book = openpyxl.load_workbook(template)
    sheet = book[SHEET]
    titles = {str(cell.value): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=2):
        for title, value in row.items():
            sheet.cell(number, titles[title], value)
    book.save(target)
    return target


def correct(marked: Path, target: Path, cells: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(marked)
    for address, value in cells.items():
        book[SHEET][address] = value
    book.save(target)
    return target


def upload(page: Page, file: Path) -> None:
    """Send the file and let the worker do its part; then the page as it is afterwards."""
    page.get_by_label("Заполненная таблица").set_input_files(file)
    follow(page.get_by_role("button", name="Загрузить и проверить"))
    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    run_import(WorkbookImport.objects.latest("pk").pk)
    page.reload()


def column_of(template: Path, title: str) -> str:
    sheet = openpyxl.load_workbook(template)[SHEET]
    return next(cell.column_letter for cell in sheet[1] if cell.value == title)


@pytest.mark.any_database
def test_table_with_three_errors_is_corrected_then_a_profile_goes_into_the_new_year(
    visit: Visit, tmp_path: Path
):
    page = visit("methodist").goto("/schools/imports/new/?kind=schools")
    refuse(violations(page))
    with page.expect_download() as told:
        page.get_by_role("button", name="Пустой").click()
    template = tmp_path / "шаблон.xlsx"
    told.value.save_as(template)
    before = School.objects.count()
    table = fill(
        template,
        tmp_path / "школы.xlsx",
        {"Краткое название": "СОШ №3", "Обучающихся": "много"},
        {"Краткое название": "СОШ №21", "Организационно-правовая форма": "МОБУУ"},
        {"Краткое название": "МОБУ «СОШ № 21»", "Населённый пункт": "Заречье"},
    )
    upload(page, table)

    expect(page.get_by_role("alert")).to_contain_text("есть строки с ошибками (3)")
    wrong = page.get_by_role("table")
    pupils, form = (
        column_of(template, title) for title in ("Обучающихся", "Организационно-правовая форма")
    )
    expect(wrong).to_contain_text(f"Лист «{SHEET}», ячейка {pupils}2")
    expect(wrong).to_contain_text(f"Лист «{SHEET}», ячейка {form}3")
    expect(wrong).to_contain_text("строке 3")
    refuse(violations(page))
    assert School.objects.count() == before

    with page.expect_download() as told:
        page.get_by_role("link", name="Файл с отметками").click()
    marked = tmp_path / "отметки.xlsx"
    told.value.save_as(marked)
    name = column_of(template, "Краткое название")
    corrected = correct(
        marked,
        tmp_path / "исправлено.xlsx",
        {f"{pupils}2": 612, f"{form}3": "МОБУ", f"{name}4": "СОШ №22"},
    )
    follow(page.get_by_role("link", name="Загрузить исправленный"))
    upload(page, corrected)
    expect(page.get_by_text("Посмотрите, что изменится")).to_be_visible()
    follow(page.get_by_role("button", name=re.compile("Записать")))
    run_import(WorkbookImport.objects.latest("pk").pk)
    page.reload()
    expect(page.get_by_text("Таблица записана целиком")).to_be_visible()
    assert School.objects.count() == before + 2

    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Школы").click()
    page.get_by_label("Название", exact=False).first.fill("сош n3")
    follow(page.get_by_role("button", name="Показать"))
    follow(page.get_by_role("link", name="МОБУ «СОШ №3»"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("СОШ №3")
    expect(page.locator("aside")).to_contain_text("612")
    follow(page.get_by_role("link", name="Риски", exact=True))

    year = AcademicYear.of(timezone.localdate()).next
    school = School.objects.get(short_name="СОШ №3")
    copied = set(_weighing(school, year.previous))
    follow(page.get_by_role("link", name="Внести профиль"))
    page.get_by_label("Учебный год").fill(year.label)
    page.get_by_label("С копии последнего").check()
    follow(page.get_by_role("button", name="Внести профиль"))
    assert set(_weighing(school, year)) == copied

    page.goto(page.url.split("/schools/")[0] + f"/schools/{school.pk}/risks/")
    follow(page.get_by_role("link", name=re.compile("Отметить преодолённым ?: Вовлечённость")))
    page.get_by_label("Благодаря чему").fill("Родительский клуб двух школ")
    follow(page.get_by_role("button", name="Отметить преодолённым"))
    beaten = RiskProfile.objects.get(school=school, year=year).items.get(overcome=True)
    assert beaten.factor.code == "parents_low"
    assert beaten.overcome_note == "Родительский клуб двух школ"
    expect(page.get_by_role("table").first).to_contain_text("Преодолён")
    refuse(violations(page))


def _weighing(school: School, year: AcademicYear) -> list[str]:
    items = RiskProfile.objects.get(school=school, year=year).items.present()
    return list(items.values_list("factor__code", flat=True))


@pytest.mark.any_database
def test_school_is_found_and_its_risks_read_on_a_phone_without_javascript(visit: Visit):
    page = visit("methodist", viewport=PHONE, java_script_enabled=False).goto("/schools/")
    page.get_by_label("Название", exact=False).first.fill("сош n3")
    follow(page.get_by_role("button", name="Показать"))
    follow(page.get_by_role("link", name="МОБУ «СОШ №3»"))
    follow(page.get_by_role("link", name="Риски", exact=True))
    expect(page.get_by_role("table").first).to_contain_text("родителей")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

"""The three ways of architecture.md, walked by hand in a browser."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from partnerships.models import Partnership
from reports.models import Document
from reports.tasks import render
from roadmaps.due import parse
from roadmaps.enums import ReportState, Stage
from roadmaps.models import Event, EventReport, Roadmap, RoadmapRow
from tests.browser.conftest import DESK, PASSWORD, PHONE, Visit
from tests.browser.looking import follow, look, violations
from tests.roadmaps.factories import RowFactory
from tests.sources import refuse

#: Asked of every change of an approved plan.
WHY = "Почему меняете"
LESSON = "Открытый урок двух школ"


def roadmap() -> Roadmap:
    """The running roadmap of СОШ №9 and СОШ №5, whose director is in the demonstration."""
    members = Partnership.objects.filter(members__school__short_name="СОШ №5")
    return Roadmap.objects.running().get(partnership__in=members)


@pytest.fixture
def row(demo: None) -> RoadmapRow:
    """An event of three days ago that nobody has reported about."""
    day = timezone.localdate() - timedelta(days=3)
    due = {"due_text": f"{day:%d.%m.%Y}", "starts_on": day, "ends_on": day}
    return RowFactory(
        roadmap=roadmap(),
        stage=Stage.JOINT_ACTIVITY,
        **{f"event__{name}": value for name, value in (due | {"title": LESSON}).items()},
    )


def edit_address(row: RoadmapRow) -> str:
    return f"/roadmaps/{row.roadmap_id}/"


def row_address(row: RoadmapRow) -> str:
    return f"/roadmaps/rows/{row.pk}/"


def last_day(row: RoadmapRow) -> str:
    return f"до {row.roadmap.ends_on:%d.%m.%Y}"


def understood(text: str, row: RoadmapRow) -> str:
    return parse(text, row.roadmap.period).explain()


@pytest.mark.any_database
def test_methodist_edits_a_row_in_place(visit: Visit, row: RoadmapRow):
    page = visit("methodist").goto(edit_address(row))
    page.evaluate("window.samePage = true")
    page.get_by_role("link", name=LESSON).click()
    form = page.locator(f"tr#row-{row.pk}.open")
    form.get_by_label("Срок").fill(last_day(row))
    expect(form.get_by_text("понято как:")).to_be_visible()
    expect(form).to_contain_text(understood(last_day(row), row))
    refuse(violations(page))
    form.get_by_label("Ответственные", exact=True).fill("Завуч СОШ №9; психолог")
    form.get_by_label(WHY).fill("Урок перенесён")
    form.get_by_role("button", name="Готово").click()

    expect(page.get_by_role("status")).to_contain_text(f"Строка {row.label} сохранена.")
    expect(page.locator(f"tr#row-{row.pk}")).to_contain_text(last_day(row))
    assert page.evaluate("window.samePage"), "the page was loaded anew"
    event = Event.objects.get(pk=row.event_id)
    assert (event.due_text, event.ends_on) == (last_day(row), row.roadmap.ends_on)
    assert event.responsible_list == ["Завуч СОШ №9", "психолог"]
    assert event.updated_by.email == "methodist@portal.example"


@pytest.mark.any_database
def test_row_is_edited_without_javascript(visit: Visit, row: RoadmapRow):
    page = visit("methodist", java_script_enabled=False).goto(edit_address(row))
    page.get_by_role("link", name=LESSON).click()
    page.get_by_label("Срок").fill(last_day(row))
    page.get_by_label(WHY).fill("Урок перенесён")
    page.get_by_role("button", name="Готово").click()

    expect(page).to_have_url(re.compile(rf"/roadmaps/{row.roadmap_id}/#row-{row.pk}$"))
    expect(page.get_by_role("status")).to_contain_text(f"Строка {row.label} сохранена.")
    expect(page.locator(f"tr#row-{row.pk}")).to_contain_text(last_day(row))


@pytest.mark.any_database
def test_sign_in_and_edit_by_keyboard_alone(visit: Visit, row: RoadmapRow):
    page = visit().goto(edit_address(row))
    _tab_to(page, "Электронная почта")
    page.keyboard.type("methodist@portal.example")
    _tab_to(page, "Пароль")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(edit_address(row)))
    _tab_to(page, LESSON)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Мероприятие", exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Урок с клавиатуры")
    _tab_to(page, WHY)
    page.keyboard.type("Название уточнено")
    _tab_to(page, "Готово")
    page.keyboard.press("Enter")

    # The focus stays where the work was.
    expect(page.get_by_role("link", name="Урок с клавиатуры")).to_be_focused()
    assert Event.objects.get(pk=row.event_id).title == "Урок с клавиатуры"


def _tab_to(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until the control with this label or text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate(
            "(e => [e.ariaLabel, e.labels?.[0]?.innerText, e.innerText].join(' '))"
            "(document.activeElement)"
        ):
            return
    raise AssertionError(f"Tab does not lead to {name!r}")


@pytest.mark.parametrize("in_place", [True, False], ids=["in-place", "on-its-page"])
def test_two_people_edit_one_row_and_nothing_is_overwritten(
    visit: Visit, row: RoadmapRow, in_place: bool
):
    first = visit("methodist").goto(edit_address(row))
    first.get_by_role("link", name=LESSON).click()
    second = visit("methodist2").goto(edit_address(row) if in_place else row_address(row))
    if in_place:
        second.get_by_role("link", name=LESSON).click()
    first.get_by_label("Ожидаемый результат").fill("Протокол первого")
    first.get_by_label(WHY).fill("Решили вести протокол")
    first.get_by_role("button", name="Готово").click()
    expect(first.get_by_role("status")).to_contain_text("сохранена")
    second.get_by_label("Ожидаемый результат").fill("Справка второго")
    second.get_by_label(WHY).fill("Нужна справка")
    second.get_by_role("button", name="Готово").click()

    both = second.get_by_role("table", name="Ваш текст и текст, который сейчас в карте")
    expect(both.get_by_role("cell", name="Протокол первого")).to_be_visible()
    expect(both.get_by_role("cell", name="Справка второго")).to_be_visible()
    expect(second.get_by_role("alert")).to_contain_text("Дёмина О. П.")
    refuse(look(second))
    assert Event.objects.get(pk=row.event_id).expected_result == "Протокол первого"
    second.get_by_role("button", name="Оставить мою").click()
    expect(second.get_by_role("status")).to_contain_text("сохранена")
    assert Event.objects.get(pk=row.event_id).expected_result == "Справка второго"


def photo() -> dict[str, object]:
    picture = io.BytesIO()
    Image.new("RGB", (1600, 1200), "#7a8c6b").save(picture, "JPEG")
    return {"name": "урок.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


@pytest.mark.parametrize(
    "viewport",
    [
        pytest.param(PHONE, id="phone"),
        pytest.param(DESK, id="desk", marks=pytest.mark.any_database),
    ],
)
def test_director_reports_an_event_and_the_methodist_decides(
    visit: Visit, row: RoadmapRow, viewport: dict[str, int]
):
    director = visit("director", viewport=viewport)
    methodist = visit("methodist")
    before = held_in_stage(methodist.goto(edit_address(row)))
    held = timezone.localdate() - timedelta(days=3)

    page = director.goto("/")
    page.get_by_role("link", name=re.compile(rf"Отметить проведённым\s*: {LESSON}")).click()
    fill_report(page, held)
    follow(page.get_by_role("button", name="Отправить методисту"))
    expect(page.get_by_role("status").first).to_contain_text("отправлен")
    report = EventReport.objects.get(occurrence__event=row.event_id)
    assert (report.state, report.held_on, report.url) == (
        ReportState.SUBMITTED, held, "https://school5.example/news/urok",
    )  # fmt: skip
    assert [p.count for p in report.participants.all()] == [12]
    assert report.photos.count() == 1

    page = review(methodist.goto, page_of=LESSON)
    page.get_by_text("Вернуть с замечанием").click()
    page.get_by_label("Что исправить").fill("Напишите, сколько было учеников")
    follow(page.get_by_role("button", name="Вернуть школе"))
    expect(page.get_by_role("status").first).to_be_visible()
    assert held_in_stage(methodist.goto(edit_address(row))) == before

    page = director.goto("/")
    page.get_by_role("link", name=re.compile(rf"Исправить отчёт\s*: {LESSON}")).click()
    expect(page.get_by_text("Напишите, сколько было учеников")).to_be_visible()
    page.get_by_label("Что получилось").fill("Урок прошёл, учеников было 26.")
    follow(page.get_by_role("button", name="Отправить методисту"))
    expect(page.get_by_role("status").first).to_contain_text("отправлен")

    page = review(methodist.goto, page_of=LESSON)
    expect(page.get_by_text("Урок прошёл, учеников было 26.")).to_be_visible()
    follow(page.get_by_role("button", name=re.compile(r"Подтвердить\s* отчёт СОШ №5")))
    expect(page.get_by_role("status").first).to_be_visible()
    report.refresh_from_db()
    assert report.state == ReportState.CONFIRMED
    assert held_in_stage(methodist.goto(edit_address(row))) == before + 1


def fill_report(page: Page, held: date) -> None:
    page.get_by_label("Когда прошло").fill(held.isoformat())
    page.get_by_label("Где", exact=True).select_option(label="СОШ №5 (у нас)")
    page.get_by_role("group", name="Сколько участников").get_by_role("textbox").first.fill("12")
    page.get_by_label("Что получилось").fill("Урок прошёл.")
    page.get_by_label("Фото").set_input_files([photo()])
    page.get_by_label("Страница о мероприятии").fill("https://school5.example/news/urok")
    # What was typed is kept before anybody presses a button.
    expect(page.locator("#saved")).to_contain_text("Черновик сохранён")


def review(goto: Callable[[str], Page], page_of: str) -> Page:
    page = goto("/")
    follow(page.get_by_role("link", name=re.compile(rf"Проверить\s* отчёт: {page_of}")))
    return page


def held_in_stage(page: Page) -> int:
    """«Проведено 4 из 12» of the second stage."""
    words = page.locator("#stage-2-count").inner_text()
    found = re.search(r"(\d+)\s+из", words)
    assert found, words
    return int(found[1])


def test_chair_orders_a_document_and_downloads_it(visit: Visit):
    page = visit("chair").goto("/")
    page.get_by_role("button", name="Сформировать справку").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("сетевом взаимодействии")
    expect(page.get_by_text("Справка ждёт очереди")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "0")

    render(Document.objects.latest("pk").pk)
    file = page.get_by_role("link", name=re.compile(r"^PDF"))
    expect(file).to_be_visible()  # the page asks for itself, nobody reloads it
    with page.expect_download() as download:
        file.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename.endswith(".pdf")


@pytest.mark.any_database
def test_a_session_that_ended_loses_no_word(visit: Visit, row: RoadmapRow):
    school = EventReport.objects.filter(school__short_name="СОШ №5").earliest("pk").school_id
    occurrence = row.event.occurrences.get()
    page = visit("director").goto(f"/roadmaps/occurrences/{occurrence.pk}/reports/{school}/")
    page.get_by_label("Что получилось").fill("Написано до конца сеанса")
    page.context.clear_cookies(name="sessionid")
    follow(page.get_by_role("button", name="Закончить позже"))
    expect(page.get_by_text("Введённое не потеряно")).to_be_visible()
    sign_in(page, "director@portal.example", PASSWORD)
    refuse(look(page))
    follow(page.locator("main").get_by_role("button"))

    expect(page.get_by_role("heading", level=1)).not_to_have_text("Вход")
    assert EventReport.objects.get(occurrence=occurrence).outcome == "Написано до конца сеанса"


def test_a_guessed_password_locks_the_door(visit: Visit):
    page = visit().goto("/sign-in/")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(page, "director@portal.example", "Не тот пароль")
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход закрыт на время")
    refuse(look(page))
    page.goto(page.url)
    sign_in(page, "director@portal.example", PASSWORD)
    expect(page.get_by_role("main")).not_to_contain_text("Мои мероприятия")


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Электронная почта").fill(email)
    page.get_by_label("Пароль", exact=True).fill(password)
    follow(page.get_by_role("button", name="Войти"))

"""The plan by mouse, by keys and without scripts: drag, autosave, undo, several rows at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from roadmaps.enums import RoadmapState
from roadmaps.models import EditorPresence, Event, Roadmap, RoadmapRow
from tests.browser.conftest import Visit
from tests.browser.looking import follow, until


@pytest.fixture
def rows(demo: None) -> list[RoadmapRow]:
    """The first rows of stage 2 of a plan that is still a draft."""
    roadmap = Roadmap.objects.filter(partnership__isnull=False, rows__stage=2).first()
    Roadmap.objects.filter(pk=roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    return list(roadmap.rows.filter(stage=2).select_related("event"))


def address(row: RoadmapRow) -> str:
    return f"/roadmaps/{row.roadmap_id}/"


def line(page: Page, row: RoadmapRow):
    return page.locator(f"tr#row-{row.pk}")


def place(row: RoadmapRow) -> tuple[int, int]:
    return RoadmapRow.objects.values_list("stage", "position").get(pk=row.pk)


@pytest.mark.any_database
def test_a_row_is_dragged_to_another_place(visit: Visit, rows: list[RoadmapRow]):
    page = visit("methodist").goto(address(rows[0]))
    grip = line(page, rows[0]).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    start, goal = grip.bounding_box(), line(page, rows[1]).bounding_box()
    assert start is not None
    assert goal is not None
    page.mouse.move(start["x"] + 6, start["y"] + 6)
    page.mouse.down()
    page.mouse.move(goal["x"] + 30, goal["y"] + goal["height"] - 6, steps=6)
    expect(line(page, rows[1])).to_have_attribute("data-drop", "below")
    page.mouse.up()
    expect(page.get_by_role("status").filter(has_text="Строка теперь")).to_be_visible()
    assert place(rows[0]) == (2, 2)
    assert place(rows[1]) == (2, 1)


@pytest.mark.any_database
def test_a_row_is_moved_by_keys_and_keeps_the_focus(visit: Visit, rows: list[RoadmapRow]):
    page = visit("methodist").goto(address(rows[0]))
    line(page, rows[0]).get_by_role("link").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("status").filter(has_text="Строка теперь")).to_be_visible()
    expect(line(page, rows[0]).get_by_role("link").first).to_be_focused()
    assert place(rows[0]) == (2, 2)
    page.keyboard.press("Alt+ArrowUp")
    expect(line(page, rows[0])).to_contain_text("2.1")
    expect(line(page, rows[0]).get_by_role("link").first).to_be_focused()
    assert place(rows[0]) == (2, 1)


@pytest.mark.any_database
def test_a_row_of_a_draft_saves_itself_and_is_taken_back(visit: Visit, rows: list[RoadmapRow]):
    before = rows[0].event.title
    page = visit("methodist").goto(address(rows[0]))
    line(page, rows[0]).get_by_role("link").first.press("Enter")
    field = page.get_by_label("Мероприятие", exact=True)
    field.fill("Само сохранилось")
    field.blur()
    expect(line(page, rows[0])).to_contain_text(re.compile(r"Сохранено в \d\d:\d\d"))
    assert Event.objects.get(pk=rows[0].event_id).title == "Само сохранилось"
    field.focus()
    page.keyboard.press("Escape")
    expect(page.locator("tr.open")).to_have_count(0)
    expect(line(page, rows[0]).get_by_role("link").first).to_be_focused()
    follow(page.get_by_role("button", name="Отменить: правка"))
    assert Event.objects.get(pk=rows[0].event_id).title == before
    follow(page.get_by_role("button", name="Вернуть: правка"))
    assert Event.objects.get(pk=rows[0].event_id).title == "Само сохранилось"


@pytest.mark.any_database
def test_what_was_not_saved_is_told_and_comes_back(visit: Visit, rows: list[RoadmapRow]):
    page = visit("methodist").goto(address(rows[0]))
    line(page, rows[0]).get_by_role("link").first.click()
    field = page.get_by_label("Мероприятие", exact=True)
    field.fill(" ")
    page.get_by_label("Ожидаемый результат").fill("Почти готово")
    page.get_by_label("Ожидаемый результат").blur()
    expect(line(page, rows[0])).to_contain_text("Не сохранено: Назовите мероприятие")
    page.keyboard.press("Escape")
    page.get_by_label("Ожидаемый результат").press("Escape")
    expect(page.locator("tr.open")).to_have_count(0)
    line(page, rows[0]).get_by_role("link").first.click()
    expect(page.get_by_label("Ожидаемый результат")).to_have_value("Почти готово")


def test_two_who_type_in_one_row_see_both_texts(visit: Visit, rows: list[RoadmapRow]):
    first = visit("methodist").goto(address(rows[0]))
    second = visit("methodist2").goto(address(rows[0]))
    for page in (first, second):
        line(page, rows[0]).get_by_role("link").first.click()
        expect(line(page, rows[0])).to_contain_text("Изменения сохраняются сами")
    for page, text in ((first, "Протокол первого"), (second, "Справка второго")):
        page.get_by_label("Ожидаемый результат").fill(text)
        page.get_by_label("Ожидаемый результат").blur()
        expect(line(page, rows[0])).to_contain_text(re.compile("Сохранено в|Не сохранено"))
    expect(line(second, rows[0])).to_contain_text("Протокол первого")
    assert Event.objects.get(pk=rows[0].event_id).expected_result == "Протокол первого"
    second.get_by_role("button", name="Готово").click()
    second.get_by_role("button", name="Оставить мою").click()
    expect(second.get_by_role("status").filter(has_text="сохранена")).to_be_visible()
    assert Event.objects.get(pk=rows[0].event_id).expected_result == "Справка второго"


def test_who_is_here_is_told_without_a_new_page(visit: Visit, rows: list[RoadmapRow]):
    first = visit("methodist").goto(address(rows[0]))
    expect(first.locator("#presence input")).to_be_attached()
    line(first, rows[0]).get_by_role("link").first.click()
    expect(first.locator("tr.open")).to_be_visible()
    until(EditorPresence.objects.exists, first)  # told a second after the page has loaded
    second = visit("methodist2").goto(address(rows[0]))
    expect(second.locator("#presence")).to_contain_text("Здесь же:")


@pytest.mark.any_database
def test_several_rows_and_undo_without_javascript(visit: Visit, rows: list[RoadmapRow]):
    page = visit("methodist", java_script_enabled=False).goto(address(rows[0]))
    expect(page.get_by_role("button", name="Выбрать все в этапе")).to_have_count(0)
    before = [row.event.responsible for row in rows[:2]]
    for row in rows[:2]:
        page.get_by_label(f"Выбрать строку № {row.label}").check()
    follow(page.get_by_role("button", name="Изменить выбранные строки"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Выбрано: 2")
    page.get_by_label("Задать ответственных").check()
    page.get_by_label("Ответственные", exact=True).fill("Творческая группа")
    follow(page.get_by_role("button", name="Сделать"))
    for row in rows[:2]:
        expect(line(page, row)).to_contain_text("Творческая группа")
    follow(page.get_by_role("button", name="Отменить: правка нескольких строк"))
    told = [Event.objects.get(pk=row.event_id).responsible for row in rows[:2]]
    assert told == before


@pytest.mark.any_database
def test_three_rows_are_added_in_a_row_by_keys(visit: Visit, rows: list[RoadmapRow]):
    """Six presses a row: a Tab to each field that is filled, and Ctrl+Enter to the next row."""
    page = visit("methodist").goto(address(rows[0]))
    page.locator("#add-2 a").press("Enter")
    for number, title in enumerate(("Первый семинар", "Второй семинар", "Третий семинар")):
        opened = page.locator("tr.open").get_by_label("Мероприятие", exact=True)
        expect(opened).to_be_focused()
        # The text of the row before has gone to the portal: it does not come back here.
        expect(opened).to_have_value("")
        page.keyboard.type(title)
        page.keyboard.press("Tab")
        page.keyboard.type("декабрь")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#plan tr[id^=row-]").filter(has_text=title)).to_be_visible()
        assert RoadmapRow.objects.filter(event__title=title, stage=2).count() == 1, number
    # The keys go to whatever holds the focus: the next row has to have it first.
    expect(page.locator("tr.open").get_by_label("Мероприятие", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("tr.open")).to_have_count(0)
    # Whoever stops adding is where the last row was added, not at the end of the stage.
    expect(page.get_by_role("link", name="Третий семинар")).to_be_focused()


@pytest.mark.any_database
def test_a_saved_row_opens_with_what_was_saved(visit: Visit, rows: list[RoadmapRow]):
    """Not with the text and the version that the browser kept while it was typed."""
    page = visit("methodist").goto(address(rows[0]))
    for title in ("Названо раз", "Названо два"):
        line(page, rows[0]).get_by_role("link").first.click()
        field = page.get_by_label("Мероприятие", exact=True)
        field.fill(title)
        page.get_by_role("button", name="Готово").click()
        expect(page.locator("tr.open")).to_have_count(0)
        assert Event.objects.get(pk=rows[0].event_id).title == title
    line(page, rows[0]).get_by_role("link").first.click()
    expect(page.locator("tr.open")).not_to_contain_text("Возвращён ваш текст")


@pytest.mark.any_database
def test_words_above_a_field_and_above_a_button_stay_readable(visit: Visit, rows: list[RoadmapRow]):
    """The ring of the focus lies on the border of its field; a button keeps away from a list."""
    page = visit("methodist").goto(address(rows[0]))
    line(page, rows[0]).get_by_role("link").first.press("Enter")
    field = page.get_by_label("Мероприятие", exact=True)
    expect(field).to_be_focused()
    ring = [
        field.evaluate("(one, of) => parseFloat(getComputedStyle(one)[of])", of)
        for of in ("outlineOffset", "outlineWidth")
    ]
    assert 0 < sum(ring) <= 2
    Roadmap.objects.filter(pk=rows[0].roadmap_id).update(state=RoadmapState.AGREEING, round=1)
    page.goto(page.url.split("/roadmaps/")[0] + f"/roadmaps/{rows[0].roadmap_id}/approval/")
    button = page.get_by_role("link", name="Записать слово школы")
    top = button.evaluate("one => one.getBoundingClientRect().top")
    words = page.locator("ul.list:has(+ p)").first
    assert top - words.evaluate("one => one.getBoundingClientRect().bottom") >= 8

"""A plan from its making to a change after the approval, in the browser (R134)."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from common.academic_year import AcademicYear
from partnerships.models import Partnership
from roadmaps.models import PlanTemplate, Roadmap
from tests.browser.conftest import Visit
from tests.browser.looking import follow, look
from tests.sources import refuse

ORDER = "214-о"


@pytest.fixture
def pair(demo: None) -> Partnership:
    """A pair of which both directors have accounts, with risks."""
    found = Partnership.objects.filter(members__school__short_name="СОШ №5", factors__isnull=False)
    return found.filter(members__school__short_name="СОШ №9").first()


def window(visit: Visit, who: str, address: str) -> Page:
    return visit(who).goto(address)


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name, exact=True))


def go(page: Page, name: str) -> None:
    follow(page.get_by_role("link", name=name, exact=True).first)


def created(page: Page, pair: Partnership) -> Roadmap:
    """A draft for the next year, with the rows of a ready plan that answers no risk."""
    year = AcademicYear.of(timezone.localdate()).next
    page.get_by_label("Партнёрство").select_option(str(pair.pk))
    page.get_by_label("Период").select_option(f"a{year.start}")
    press(page, "Создать черновик")
    roadmap = Roadmap.objects.filter(partnership=pair).latest("pk")
    plan = PlanTemplate.objects.filter(factor=None, direction=None, municipality=None).first()
    page.goto(page.url.split("/roadmaps/")[0] + f"/roadmaps/{roadmap.pk}/")
    go(page, "Из типового плана")
    page.goto(page.url + f"{plan.pk}/")
    follow(page.get_by_role("button", name="Добавить"))
    assert roadmap.rows.exists()
    return roadmap


@pytest.mark.any_database
def test_a_plan_is_made_checked_agreed_approved_and_changed(visit: Visit, pair: Partnership):
    page = window(visit, "methodist", "/roadmaps/new/")
    roadmap = created(page, pair)
    risk = pair.factors.first()
    server = page.url.split("/roadmaps/")[0]

    # The check finds what no event answers; the event is added, the finding is gone.
    found = page.locator("#plan-check")
    unanswered = f"На риск «{risk.label}» не отвечает"
    expect(found).to_contain_text(unanswered)
    page.goto(f"{server}/roadmaps/{roadmap.pk}/stages/2/add/")
    page.get_by_label("Мероприятие", exact=True).fill("Консультации по риску")
    page.get_by_label("Срок", exact=True).fill("апрель 2028")
    for factor in pair.factors.all():
        page.get_by_label(factor.label, exact=True).check()
    press(page, "Добавить")
    expect(page.locator("#plan-check")).not_to_contain_text(unanswered)

    # Both schools agree, one of them after a remark to a field of a row.
    go(page, "Отправить школам")
    press(page, "Отправить школам")
    row = roadmap.rows.get(event__title="Консультации по риску")
    school = window(visit, "director", f"/roadmaps/{roadmap.pk}/approval/")
    refuse(look(school))
    go(school, "Есть замечания…")
    school.get_by_text("Замечание к строке " + row.label, exact=True).click()
    school.locator(f"#id_row{row.pk}-field").select_option("due_text")
    school.locator(f"#id_row{row.pk}-text").fill("Лучше в марте")
    refuse(look(school))
    press(school, "Отправить замечания")
    page.goto(f"{server}/roadmaps/{roadmap.pk}/approval/?row={row.pk}")
    expect(page.get_by_role("main")).to_contain_text("Лучше в марте")
    refuse(look(page))
    page.get_by_label("Ответ школе").fill("В марте ВПР")
    press(page, "Отклонить")
    follow(school.get_by_role("link", name="Согласование"))
    expect(school.get_by_role("main")).to_contain_text("Отклонено. В марте ВПР")
    press(school, "Согласовать")
    partner = window(visit, "director9", f"/roadmaps/{roadmap.pk}/approval/")
    press(partner, "Согласовать")

    # The committee approves by an order.
    chair = window(visit, "chair", f"/roadmaps/{roadmap.pk}/")
    go(chair, "Утвердить")
    expect(chair.get_by_role("main")).not_to_contain_text("Почему без согласия")
    chair.get_by_label("Номер приказа").fill(ORDER)
    refuse(look(chair))
    press(chair, "Утвердить")
    expect(chair.get_by_role("main")).to_contain_text(ORDER)

    # A change after the approval asks why, and is told in «Что изменилось».
    page.goto(f"{server}/roadmaps/rows/{row.pk}/")
    page.get_by_label("Срок", exact=True).fill("май 2028")
    page.get_by_role("button", name="Готово", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("напишите, почему меняете")
    page.get_by_label("Почему меняете").fill("В апреле ремонт")
    press(page, "Готово")
    go(page, "Что изменилось")
    told = page.get_by_role("main")
    for words in ("апрель 2028", "май 2028", "В апреле ремонт"):
        expect(told).to_contain_text(words)
    refuse(look(page))
    go(page, "Отправить изменение…")
    press(page, "Отправить школам")
    expect(page.get_by_role("main")).to_contain_text("Изменение № 1")
    refuse(look(page))
    go(page, "История")
    expect(page.get_by_role("main")).to_contain_text("Изменение № 1: отправлено школам")
    refuse(look(page))

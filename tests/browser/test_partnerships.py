"""A group of schools from its proposal to a pause and on, walked by hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from partnerships.enums import ObligationSide, PartnershipState
from partnerships.models import Partnership, PartnershipObligation
from tests.browser.conftest import PHONE, Visit
from tests.browser.looking import follow, violations
from tests.sources import refuse


def add_member(page: Page, name: str, role: str) -> None:
    """One more row of members, filled as a person would."""
    page.get_by_role("button", name="Добавить участника").click()
    page.get_by_label("Школа или организация").last.fill(name)
    page.get_by_label("Роль", exact=True).last.select_option(label=role)


def take_step(page: Page, name: str, comment: str = "", *, because: int = 0) -> None:
    """Press the step on the card and answer its page; `because`: which reason of the list."""
    follow(page.get_by_role("link", name=name, exact=True).first)
    refuse(violations(page))
    if because:
        page.get_by_label("Причина").select_option(index=because)
    if comment:
        page.get_by_role("textbox").last.fill(comment)
    follow(page.get_by_role("main").get_by_role("button", name=name))


@pytest.mark.any_database
def test_a_group_of_two_leads_and_two_targets_lives_its_life(visit: Visit):
    methodist = visit("methodist")
    page = methodist.goto("/partnerships/create/")
    page.get_by_label("Школа или организация").first.fill("МОБУ «СОШ № 4»")
    page.get_by_label("Школа или организация").nth(1).fill("сош n47")
    add_member(page, "гимназия №1", "школа-лидер")
    add_member(page, "СОШ№5", "целевая школа")
    page.get_by_role("textbox", name="Тема").fill("наставничество молодых педагогов")
    follow(page.get_by_role("button", name="Предложить партнёрство"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Гимназия №1, СОШ №4 – СОШ №5, СОШ №47"
    )
    refuse(violations(page))
    group = Partnership.objects.latest("pk")
    card = f"/partnerships/{group.pk}/"

    page = methodist.goto(f"{card}obligations/edit/")
    for side, often in (("Школа-лидер", "4"), ("Целевая школа", "2")):
        promised = page.get_by_role("region", name=side)
        promised.get_by_role("checkbox").first.check()
        promised.get_by_label("Раз за год").first.fill(often)
    follow(page.get_by_role("button", name="Сохранить обязательства"))
    told = page.get_by_role("main")
    expect(told).to_contain_text("Целевая школа", ignore_case=True)
    promises = PartnershipObligation.objects.filter(partnership=group)
    assert dict(promises.values_list("side", "quantity")) == {
        ObligationSide.LEAD: 4,
        ObligationSide.TARGET: 2,
    }

    take_step(page, "Согласовать", "СОШ №4 берёт четвёртую школу на один год")
    take_step(page, "Начать")
    group.refresh_from_db()
    assert group.state == PartnershipState.ACTIVE
    take_step(page, "Приостановить", "Ремонт здания до конца четверти", because=1)
    expect(page.get_by_role("main")).to_contain_text("Партнёрство приостановлено")
    assert methodist.page.request.get(f"{methodist.server}{card}edit/").status == 403
    take_step(page, "Возобновить")
    group.refresh_from_db()
    assert group.state == PartnershipState.ACTIVE

    page = methodist.goto(f"{card}history/")
    expect(page.get_by_role("main")).to_contain_text(re.compile("обещано|Обязательств"))

    # СОШ №9 has no part in it, СОШ №5 is helped by it.
    stranger = visit("director9", viewport=PHONE)
    assert stranger.page.request.get(f"{stranger.server}{card}").status == 404
    page = visit("director", viewport=PHONE).goto(card)
    expect(page.get_by_role("heading", level=1)).to_contain_text("СОШ №5")
    expect(page.get_by_role("main")).to_contain_text("Ремонт здания до конца четверти")

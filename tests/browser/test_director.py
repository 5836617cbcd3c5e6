"""A new director in the browser: what is asked again says whose access ends when."""

import pytest
from playwright.sync_api import expect

from schools.models import Membership, School
from tests.browser.conftest import Visit
from tests.browser.looking import follow, look
from tests.sources import refuse


@pytest.mark.any_database
def test_a_new_director_is_confirmed_on_a_page_that_names_both(visit: Visit):
    school = School.objects.get(short_name="СОШ №5")
    page = visit("methodist").goto(f"/schools/{school.pk}/director/")
    page.get_by_label("Фамилия, имя, отчество").fill("Лосев Илья Петрович")
    page.get_by_label("Рабочая почта").fill("losev@portal.example")
    page.get_by_label("Первый день нового").fill("2030-12-02")
    follow(page.get_by_role("button", name="Продолжить"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Сменить директора: СОШ №5?")
    expect(page.get_by_role("main")).to_contain_text("Лосев Илья Петрович")
    refuse(look(page))
    follow(page.get_by_role("button", name="Сменить директора"))
    expect(page.get_by_role("main")).to_contain_text("Приглашение отправлено: losev@portal.example")
    assert Membership.objects.filter(school=school, user__email="losev@portal.example").exists()

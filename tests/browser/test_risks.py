"""Two methodists at one risk profile: the second one sees both versions and loses nothing."""

from django.utils import timezone
from playwright.sync_api import expect

from common.academic_year import AcademicYear
from schools.models import RiskProfileItem, School
from tests.browser.conftest import Visit
from tests.browser.looking import follow, look
from tests.sources import refuse


def test_the_second_methodist_sees_both_versions_of_a_profile(visit: Visit):
    year = AcademicYear.of(timezone.localdate())
    school = School.objects.get(short_name="СОШ №2")
    address = f"/schools/{school.pk}/profiles/{year.start}/"
    item = RiskProfileItem.objects.get(
        profile__school=school, profile__year=year, factor__code="ovz_share_high"
    )
    significance = f"#id_significance_{item.factor_id}"
    mine, theirs = visit("methodist").goto(address), visit("methodist2").goto(address)

    theirs.locator(significance).select_option("high")
    follow(theirs.get_by_role("button", name="Сохранить профиль"))
    mine.locator(significance).select_option("low")
    mine.locator(f"#id_note_{item.factor_id}").fill("15 %")
    follow(mine.get_by_role("button", name="Сохранить профиль"))

    expect(mine.get_by_role("alert")).to_contain_text("Рябов П. А.")
    row = mine.get_by_role("row", name="Обучающиеся с ОВЗ")
    expect(row).to_contain_text("низкая; 15 %")
    expect(row).to_contain_text("высокая")
    refuse(look(mine))
    follow(mine.get_by_role("button", name="Записать моё"))
    item.refresh_from_db()
    assert (item.significance, item.note) == ("low", "15 %")

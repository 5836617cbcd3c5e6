"""The frozen context: plain JSON, chosen sections only, sentences that the data make."""

import json
from datetime import date

import pytest
from django.utils import timezone

from indicators.enums import Unit
from indicators.models import IndicatorTarget
from reports import builders
from reports.builders import network
from reports.enums import NetworkSection
from schools.enums import CategoryCode
from tests.accounts.factories import UserFactory
from tests.indicators.factories import IndicatorFactory, ValueFactory
from tests.partnerships.factories import AgreementFactory, pair
from tests.reports.factories import DocumentFactory
from tests.roadmaps.factories import RoadmapFactory, RowFactory
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    MunicipalityFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def place():
    return MunicipalityFactory(name="Здешний")


def in_need(place, number: str):
    school = SchoolFactory(municipality=place, number=number)
    category = CategoryFactory(code=CategoryCode.AT_RISK)
    SchoolCategoryFactory(school=school, category=category)
    return school


def built(place, *sections: str, **fields) -> dict:
    document = DocumentFactory(municipality=place, sections=list(sections), **fields)
    return builders.build(document, timezone.now(), lambda stage, percent: None)


def words(context: dict) -> str:
    """All words of the sections, unbroken, to look for sentences in."""
    return json.dumps(context["sections"], ensure_ascii=False)


def test_the_context_survives_json_unchanged(place):
    in_need(place, "47")
    context = built(place, *NetworkSection.values)
    assert json.loads(json.dumps(context)) == context


def test_only_chosen_sections_are_printed_and_numbered_densely(place):
    context = built(place, NetworkSection.CONCLUSIONS, NetworkSection.CLUSTERS)
    assert [section["title"] for section in context["sections"]] == [
        "1. Кластеризация образовательных организаций",
        "2. Выводы",
    ]


def test_tables_are_numbered_over_the_chosen_sections(place):
    in_need(place, "47")
    context = built(place, NetworkSection.CLUSTERS, NetworkSection.PARTNERSHIPS)
    captions = [b["caption"] for s in context["sections"] for b in s["blocks"] if "caption" in b]
    assert [caption[:10] for caption in captions] == ["Таблица 1.", "Таблица 2."]


def test_every_section_has_a_builder():
    assert list(network.SECTIONS) == list(NetworkSection)


def test_progress_is_told_by_sections(place):
    heard = []
    document = DocumentFactory(municipality=place)
    builders.build(document, timezone.now(), lambda *told: heard.append(told))
    assert heard[0] == ("Собираются данные: общие положения и основание", 0)
    assert len(heard) == len(NetworkSection)


def test_a_school_without_a_partner_is_named_in_the_table_and_in_the_conclusions(place):
    in_need(place, "47")
    told = words(built(place, NetworkSection.PARTNERSHIPS, NetworkSection.CONCLUSIONS))
    assert "нет партнёра" in told
    assert "определить школу-лидера для МОБУ «СОШ №47»" in told


def test_an_agreement_without_number_and_date_says_so(place):
    target = in_need(place, "5")
    AgreementFactory(partnership=pair(SchoolFactory(municipality=place, number="9"), target))
    context = built(place, NetworkSection.PARTNERSHIPS, NetworkSection.CONCLUSIONS)
    assert "заключён договор о сотрудничестве (номер и дата не указаны)" in words(context)
    assert "указать реквизиты договора СОШ №9 – СОШ №5: номер и дата" in words(context)
    assert "Договор СОШ №9 – СОШ №5: номер и дата не указаны" in [
        gap["text"] for gap in context["gaps"]
    ]


def test_an_agreement_with_details_is_named_by_them(place):
    partnership = pair(SchoolFactory(municipality=place, number="9"), in_need(place, "5"))
    AgreementFactory(partnership=partnership, number="12", signed_on=date(2026, 9, 1))
    told = words(built(place, NetworkSection.PARTNERSHIPS))
    assert "заключён договор о сотрудничестве № 12 от 01.09.2026" in told


def test_overdue_events_are_counted_by_roadmap_in_the_conclusions(place):
    lead = SchoolFactory(municipality=place, number="9")
    RowFactory(roadmap=RoadmapFactory(partnership=pair(lead, in_need(place, "5"))))
    told = words(built(place, NetworkSection.CONCLUSIONS))
    assert "СОШ №9 – СОШ №5 (1); всего 1" in told


def test_more_schools_than_fit_go_on_in_a_second_matrix(place):
    factor = RiskFactorFactory(name="Высокая доля обучающихся с ОВЗ")
    for number in range(1, 9):
        profile = RiskProfileFactory(school=in_need(place, str(number)))
        RiskProfileItemFactory(profile=profile, factor=factor)
    (section,) = built(place, NetworkSection.RISKS)["sections"]
    first, second = (block for block in section["blocks"] if block["kind"] == "table")
    assert [column["title"] for column in second["columns"]] == [
        "Фактор риска",
        "СОШ №7",
        "СОШ №8",
    ]
    assert second["caption"].endswith("(продолжение)")
    assert first["rows"][-1] == ["Всего факторов", *["1"] * 6]


def test_missing_zero_and_not_applicable_are_three_things(place):
    indicator = IndicatorFactory(unit=Unit.PEOPLE, name="Победители")
    zero, none, _ = (in_need(place, number) for number in ("1", "2", "3"))
    fields = {"indicator": indicator, "numerator": None, "denominator": None, "state": "checked"}
    checker = UserFactory()
    ValueFactory(school=zero, number=0, checked_by=checker, **fields)
    ValueFactory(school=none, not_applicable=True, checked_by=checker, **fields)
    (section,) = built(place, NetworkSection.INDICATORS)["sections"]
    rows = {row[0]: row[2] for row in section["blocks"][0]["rows"]}
    assert rows["МОБУ «СОШ №1»"] == "0"
    assert rows["МОБУ «СОШ №2»"] == "н/п"
    assert rows["МОБУ «СОШ №3»"] == "нет данных"


def test_a_value_that_nobody_checked_counts_nowhere(place):
    ValueFactory(school=in_need(place, "2"), state="submitted")
    (section,) = built(place, NetworkSection.INDICATORS)["sections"]
    assert section["blocks"][0]["text"] == "Проверенных значений показателей нет."


def test_the_target_is_judged_for_the_schools_together(place):
    indicator, checker = IndicatorFactory(name="ГИА"), UserFactory()
    fields = {"indicator": indicator, "state": "checked", "checked_by": checker}
    ValueFactory(school=in_need(place, "1"), numerator=1, denominator=2, **fields)
    ValueFactory(school=in_need(place, "2"), numerator=9, denominator=10, **fields)
    IndicatorTarget.objects.create(
        indicator=indicator, municipality=place, year=YEAR.previous, low=80
    )
    (section,) = built(place, NetworkSection.INDICATORS)["sections"]
    assert section["blocks"][0]["rows"][0] == [
        "ГИА, %, всего",
        "нет данных",
        "83,3",
        "не менее 80",
        "достигнута",
    ]


def test_a_total_names_the_schools_it_is_made_without(place):
    indicator, checker = IndicatorFactory(name="ГИА"), UserFactory()
    fields = {"indicator": indicator, "state": "checked", "checked_by": checker}
    for year in (YEAR.previous.previous, YEAR.previous):
        ValueFactory(school=in_need(place, f"1{year.start}"), year=year, **fields)
    ValueFactory(school=in_need(place, "47"), year=YEAR.previous, **fields | {"state": "submitted"})
    (section,) = built(place, NetworkSection.INDICATORS)["sections"]
    left_out = next(block for block in section["blocks"] if block.get("items"))
    assert left_out["intro"].startswith("Итоги посчитаны без школ")
    assert left_out["items"] == [
        "ГИА, 2024/25: СОШ №47, СОШ №12025",
        "ГИА, 2025/26: СОШ №47, СОШ №12024",
    ]


def test_what_is_missing_before_is_what_was_missing_after(place):
    in_need(place, "47")
    document = DocumentFactory(municipality=place)
    before = [gap.as_json() for gap in builders.missing_for(document)]
    after = builders.build(document, timezone.now(), lambda *told: None)["gaps"]
    assert before == after
    assert "СОШ №47: нет партнёра" in [gap["text"] for gap in before]
    assert "Не указан подписант" in [gap["text"] for gap in before]


def test_a_full_name_of_the_signatory_is_signed_with_initials(place):
    context = built(place, NetworkSection.AIM, signatory_name="Орлова Анна Петровна")
    assert context["head"]["signatory_name"] == "А. П. Орлова"
    context = built(place, NetworkSection.AIM, signatory_name="А. П. Орлова")
    assert context["head"]["signatory_name"] == "А. П. Орлова"


def test_nothing_of_another_municipality_gets_in(cast):
    RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужой семинар", occurrence__held=True)
    RiskProfileItemFactory(profile=RiskProfileFactory(school=cast.foreign_target))
    ValueFactory(school=cast.foreign_target, state="checked", checked_by=cast.stranger)
    told = json.dumps(built(cast.municipality, *NetworkSection.values), ensure_ascii=False)
    for foreign in ("Чуж", "чужая тема", "СОШ №15", "СОШ №14"):
        assert foreign not in told
    assert "СОШ №9" in told

"""The common catalogues hold the owner's words; a word that is lost fails here."""

import pytest

from common.academic_year import AcademicYear
from common.search import fold
from indicators.models import Breakdown, Indicator
from network_portal.catalogues import load_catalogues
from network_portal.launcher import prepare
from partnerships.enums import MemberRole, Scenario, StatementKind
from partnerships.models import AgreementTemplate, MoveReason, Obligation, Statement
from roadmaps.enums import Collective, NetworkStep, Stage
from roadmaps.models import EventKind, TargetGroup
from schools.enums import Deficit
from schools.models import AssessmentProcedure, Direction, RiskFactor, SchoolFeature, TeamFunction


@pytest.fixture
def loaded(db):
    load_catalogues()


def names(model) -> list[str]:
    return list(model.objects.order_by("position").values_list("name", flat=True))


def test_the_five_obligations_are_those_of_the_seed(loaded):
    """R011–R015, R097: one catalogue, nothing twice."""
    parts = [
        ["организации, подготовке и проведении совместных мероприятий", "Программы перехода"],
        ["консультационное сопровождение"],
        ["разработке стратегии (Программы) перехода"],
        ["межшкольных семинарах"],
        ["обучения на своей базе", "стажировки", "информационно-методическую помощь"],
    ]
    texts = names(Obligation)
    assert len(texts) == len(parts)
    for text, words in zip(texts, parts, strict=True):
        assert [word for word in words if word not in text] == []


def test_definitions_and_characteristics_are_those_of_the_seed(loaded):
    """R004, R005, R006, R002."""
    by_kind = {
        kind: list(Statement.objects.filter(kind=kind).values_list("name", "text"))
        for kind in StatementKind
    }
    networking, community = by_kind[StatementKind.DEFINITION]
    assert "взаимообусловленных действий руководителей и педагогических" in networking[1]
    assert "ормальная или неформальная группа профессионалов" in community[1]
    assert [name for name, _ in by_kind[StatementKind.CHARACTERISTIC]] == [
        *("Пространство", "Информация", "Время", "Энергия", "Партнёрское взаимодействие")
    ]
    assert [name.split()[-1] for name, _ in by_kind[StatementKind.LEVEL]] == [
        *("школ", "коллективов", "детей")
    ]


def test_a_lead_may_be_chosen_by_any_of_the_usual_assessments(loaded):
    """R080: «по результатам ЕГЭ, ГИА, олимпиад»."""
    known = " ".join(names(AssessmentProcedure))
    assert [word for word in ("ЕГЭ", "ОГЭ", "ГВЭ", "ВПР", "ВсОШ") if f"({word})" not in known] == []


def test_three_stages_in_order_and_three_collectives():
    """R018, R019, R021, R022."""
    assert [(stage.value, stage.label) for stage in Stage] == [
        (1, "Знакомство"),
        (2, "Совместная деятельность по реализации Дорожной карты"),
        (3, "Рефлексивно-обобщающий"),
    ]
    assert set(Collective.labels) == {"учащиеся", "педагоги", "административные команды"}


def test_the_five_indicators_and_their_series(loaded):
    """R023–R027."""
    parts = [
        ["Доля учащихся", "сдавших государственную итоговую аттестацию"],
        ["Количество учащихся 8–11 классов", "школьном, муниципальном"],
        ["победителей и призёров муниципального этапа"],
        ["Доля учащихся 8–11 классов", "конкурсном и олимпиадном движении"],
        ["Доля педагогических работников", "онлайн-платформы"],
    ]
    texts = names(Indicator)
    assert len(texts) == len(parts)
    for text, words in zip(texts, parts, strict=True):
        assert [word for word in words if word not in text] == []
    series = Breakdown.objects.values_list("indicator__code", "name")
    stages = {name for code, name in series if code == "olympiad_participants"}
    statuses = {name for code, name in series if code == "olympiad_winners"}
    subjects = {name for code, name in series if code == "contests"}
    assert stages == {
        f"{stage} этап, {subject}"
        for stage in ("Школьный", "Муниципальный")
        for subject in ("русский язык", "математика")
    }
    assert statuses == {
        f"{status}, {subject}"
        for status in ("Победители", "Призёры")
        for subject in ("русский язык", "математика")
    }
    assert subjects == {"Русский язык", "Математика"}


def test_the_eight_factors_of_the_seed_are_known(loaded):
    """R059."""
    texts = " | ".join(names(RiskFactor))
    for words in (
        "внутришкольной системы повышения квалификации",
        "оснащения школы",
        "компетентности педагогических",
        "обучающихся с ОВЗ",
        "рисками учебной неуспешности",
        "школьной образовательной и воспитательной среды",
        "вовлечённости родителей",
        "низкой адаптивности учебного процесса",
    ):
        assert words in texts


def test_kinds_of_events_stand_on_two_steps(loaded):
    """R154, R155."""
    kinds = EventKind.objects.values_list("name", "step")
    offline = {name for name, step in kinds if step == NetworkStep.OFFLINE}
    online = {name for name, step in kinds if step == NetworkStep.ONLINE}
    assert offline >= {
        "Семинар",
        "Круглый стол",
        "Конференция",
        "Дискуссия",
        "Встреча по обмену опытом",
        "День партнёрского взаимодействия",
    }
    assert online == {"Вебинар", "Интернет-конференция", "Публикация материалов на сайте"}


def test_participants_are_counted_by_the_five_groups(loaded):
    """R103."""
    assert set(names(TargetGroup)) == {
        *("Педагоги", "Обучающиеся", "Родители"),
        *("Члены управляющих советов", "Представители местного сообщества"),
    }


def test_both_scenarios_are_offered_and_neither_is_assumed():
    """R079, R082."""
    labels = dict(Scenario.choices)
    assert "низкими образовательными результатами" in labels[Scenario.LEAD_TO_LOW]
    assert "сложном социальном контексте" in labels[Scenario.PEER_CONTEXT]
    assert Scenario.UNSET in labels


def test_sides_are_called_lead_and_target():
    """R003."""
    assert MemberRole.LEAD.label == "школа-лидер"
    assert MemberRole.TARGET.label == "целевая школа"


def directions_of(rows) -> dict[str, list[str]]:
    return {row.code: [d.name for d in row.directions.order_by("position")] for row in rows}


def test_the_four_features_propose_the_directions_of_the_seed(loaded):
    """R084–R096: every feature with its own directions, verbatim."""
    assert names(SchoolFeature) == [
        "Работа в условиях профессиональной «изоляции»",
        "Недостаточная система работы с одаренными детьми",
        "Неразвитая образовательная инфраструктура",
        "Внешняя неконкурентная среда",
    ]
    assert directions_of(SchoolFeature.objects.all()) == {
        "isolation": [
            "Анализ спектра запросов партнеров по организации сетевого взаимодействия",
            "Информационно-методическая поддержка педагогов",
            "Систематизация опыта работы педагогов в различных направлениях",
            "Организация работы школы передового опыта",
        ],
        "gifted": [
            "Расширение возможностей для профессионального диалога педагогов по вопросам "
            "организации работы с одаренными детьми",
            "Расширение круга общения обучающихся, позволяющего им получать социальный опыт, "
            "посредством проведения совместных мероприятий для одаренных детей",
        ],
        "infrastructure": [
            "Создание базы учебно-методических материалов",
            "Объединение образовательных ресурсов для реализации ФГОС на всех уровнях общего "
            "образования",
        ],
        "no_competition": [
            "Обмен опытом, совместная реализация образовательных проектов и социальных инициатив"
        ],
    }


def test_the_seven_functions_in_a_team_are_those_of_the_seed(loaded):
    """R139."""
    assert names(TeamFunction) == [
        "Заместитель руководителя по воспитательной работе",
        "Председатель методического объединения классных руководителей",
        "Руководитель отделения дополнительного образования детей",
        "Педагог-организатор",
        "Классный руководитель",
        "Заместитель руководителя по начальной школе",
        "Педагог дополнительного образования",
    ]


def test_every_factor_says_what_it_means_what_it_lacks_and_what_helps(loaded):
    """R036, R051: deficits are resource or educational; a factor proposes directions."""
    factors = list(RiskFactor.objects.all())
    assert [f.code for f in factors if not (f.definition and f.deficit and f.aliases)] == []
    assert [code for code, found in directions_of(factors).items() if not found] == []
    lacking = {f.code for f in factors if f.deficit == Deficit.RESOURCE}
    assert lacking == {"equipment_low", "staff_shortage"}


def test_spellings_of_the_seed_are_known_and_each_means_one_factor(loaded):
    """Quirk 11: inflected and misspelt wordings find the factor."""
    meant = [
        (fold(text), factor.code)
        for factor in RiskFactor.objects.all()
        for text in {factor.name, *factor.aliases}
    ]
    by_text: dict[str, set[str]] = {}
    for text, code in meant:
        by_text.setdefault(text, set()).add(code)
    assert {text for text, codes in by_text.items() if len(codes) > 1} == set()
    spelt = "недостаточной уровнем предметной и методической компетентности"
    assert by_text[f"{spelt} педагогических работников"] == {"competence_low"}
    assert by_text["низким уровнем вовлеченности родителей"] == {"parents_low"}


def test_the_wordings_of_2021_are_replaced_by_that_of_2022(loaded):
    old = RiskFactor.objects.filter(replaced_by__code="environment_low")
    assert {f.code for f in old} == {"wellbeing_low", "motivation_low", "discipline_low"}
    in_2021 = set(RiskFactor.objects.valid_in(AcademicYear(2021)).values_list("code", flat=True))
    in_2022 = set(RiskFactor.objects.valid_in(AcademicYear(2022)).values_list("code", flat=True))
    assert {f.code for f in old} == in_2021 - in_2022
    assert in_2022 - in_2021 == {"environment_low", "adaptivity_low", "inhouse_pd_missing"}


def test_loading_again_adds_nothing_and_leaves_what_people_wrote(
    loaded, django_assert_max_num_queries
):
    RiskFactor.objects.filter(code="parents_low").update(definition="Своими словами", aliases=["р"])
    feature = SchoolFeature.objects.get(code="isolation")
    feature.directions.set(Direction.objects.filter(code="ict"))
    with django_assert_max_num_queries(40):
        assert load_catalogues() == 0
    factor = RiskFactor.objects.get(code="parents_low")
    assert (factor.definition, factor.aliases) == ("Своими словами", ["р"])
    assert [d.code for d in feature.directions.all()] == ["ict"]


def test_loading_fills_the_columns_that_came_after_their_rows(loaded):
    blank = {"definition": "", "deficit": "", "aliases": [], "replaced_by": None}
    RiskFactor.objects.filter(code="wellbeing_low").update(name="Благополучие школы", **blank)
    assert load_catalogues() == 0
    factor = RiskFactor.objects.get(code="wellbeing_low")
    assert factor.name == "Благополучие школы"
    assert all([factor.definition, factor.deficit, factor.aliases])
    assert factor.replaced_by.code == "environment_low"


#: Lists that came with partnerships (issue 4), and a column of each that people may rewrite.
OF_PARTNERSHIPS = [
    (AssessmentProcedure, "name"),
    (MoveReason, "name"),
    (AgreementTemplate, "text"),
    (Statement, "text"),
]


@pytest.mark.parametrize(("model", "column"), OF_PARTNERSHIPS)
def test_a_rewritten_and_a_retired_row_stay_so(loaded, model, column):
    first, second, *_ = [*model.objects.filter(municipality=None), None]
    model.objects.filter(pk=first.pk).update(**{column: "Своими словами"})
    model.objects.filter(pk=(second or first).pk).update(is_retired=True)
    before = list(model.objects.order_by("pk").values())
    assert load_catalogues() == 0
    assert list(model.objects.order_by("pk").values()) == before


def test_an_installation_at_work_gets_the_lists_of_a_new_version(loaded, cast):
    """Nobody types a command after an update, and a move without reasons to choose is no move."""
    for model, _ in OF_PARTNERSHIPS:
        model.objects.all().delete()
    prepare.catalogues()
    for model, _ in OF_PARTNERSHIPS:
        assert model.objects.filter(municipality=None).exists()


@pytest.mark.django_db
def test_an_empty_installation_gets_its_lists_with_its_first_person():
    prepare.catalogues()
    assert not MoveReason.objects.exists()

"""The common catalogues hold the owner's words; a word that is lost fails here."""

import pytest

from indicators.models import Breakdown, Indicator
from network_portal.catalogues import load_catalogues
from partnerships.enums import MemberRole, Scenario, StatementKind
from partnerships.models import Obligation, Statement
from roadmaps.enums import Collective, NetworkStep, Stage
from roadmaps.models import EventKind, TargetGroup
from schools.models import RiskFactor


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

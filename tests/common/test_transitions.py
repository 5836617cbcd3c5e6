import pytest

from common.transitions import WrongState, can_move, move
from tests.common.tables import Paper

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def paper():
    return Paper.objects.create()


def test_move_changes_the_state_and_remembers_who_and_why(paper):
    log = move(paper, "submit", by=7, comment="Готово.")
    assert paper.state == "sent"
    assert Paper.objects.get().state == "sent"
    assert paper.transitions.get() == log
    assert (log.verb, log.from_state, log.to_state) == ("submit", "draft", "sent")
    assert (log.by, log.comment) == (7, "Готово.")
    assert log.at is not None


def test_move_there_and_back_is_read_in_order(paper):
    for verb in ("submit", "return", "submit", "confirm"):
        move(paper, verb, by=None)
    assert [row.to_state for row in paper.transitions.all()] == [
        "sent",
        "returned",
        "sent",
        "confirmed",
    ]


def test_a_wrong_state_is_told_in_russian_and_changes_nothing(paper):
    move(paper, "submit", by=7)
    with pytest.raises(WrongState) as caught:
        move(paper, "submit", by=7)
    assert str(caught.value) == ("Действие «Отправить» невозможно: сейчас состояние «На проверке».")
    assert (caught.value.verb, caught.value.state) == ("submit", "sent")
    assert paper.transitions.count() == 1


def test_of_two_submits_of_one_paper_the_second_is_refused(paper):
    same = Paper.objects.get()
    move(paper, "submit", by=1)
    assert same.state == "draft"
    with pytest.raises(WrongState):
        move(same, "submit", by=2)
    assert same.state == "sent"
    assert paper.transitions.get().by == 1


def test_only_the_state_is_written(paper):
    paper.title = "не сохранено"
    move(paper, "submit", by=1)
    assert Paper.objects.get().title == "Отчёт"


def test_a_deleted_row_is_told(paper):
    Paper.objects.all().delete()
    with pytest.raises(WrongState, match="удалена"):
        move(paper, "submit", by=1)


def test_an_unknown_verb_is_a_mistake_of_ours(paper):
    with pytest.raises(KeyError):
        move(paper, "fly", by=1)


def test_can_move_gives_the_reason_that_a_button_shows(paper):
    assert can_move(paper, "submit")
    verdict = can_move(paper, "confirm")
    assert not verdict
    assert verdict.reason == "Действие «confirm» невозможно: сейчас состояние «Черновик»."

"""The algorithm of networking as a checklist of a roadmap (R126–R136)."""

import pytest
from django.urls import reverse

from roadmaps.algorithm import Known, hints_of, known_of
from roadmaps.enums import AlgorithmStep, Collective
from roadmaps.models import AlgorithmMark
from tests.roadmaps.factories import PracticeFactory, RowFactory

ALL = frozenset(one.value for one in Collective)


def test_the_algorithm_has_eleven_steps_in_their_order():
    assert [step.value for step in AlgorithmStep] == list(range(1, 12))
    assert "тематики" in AlgorithmStep.EXPERIENCE.label  # R126
    assert "сравнительная характеристика" in AlgorithmStep.ANALYSIS.label  # R135
    assert "базы наставников" in AlgorithmStep.BASE.label  # R136


@pytest.mark.parametrize(
    ("step", "known", "expected"),
    [
        (1, Known(topic="ИКТ", experience=2), [("тема: ИКТ", True), ("опыт школ: 2 записи", True)]),
        (1, Known(), [("тема не указана", False), ("опыт школ: нет", False)]),
        (2, Known(), [("контакты коллективов: нет", False)]),
        (
            2,
            Known(collectives=frozenset({"heads"})),
            [("контакты коллективов: административные команды", False)],
        ),
        (
            2,
            Known(collectives=ALL),
            [("контакты коллективов: учащиеся, педагоги, административные команды", True)],
        ),
        (3, Known(), [("мероприятий в карте нет", False)]),
        (3, Known(rows=6, answered=5), [("ответственные указаны в строках: 5 из 6", False)]),
        (3, Known(rows=6, answered=6), [("ответственные указаны в строках: 6 из 6", True)]),
        (
            4,
            Known(goals=3, problems=1),
            [("цели этапов: 3 из 3", True), ("записано: 1 проблема", True)],
        ),
        (5, Known(recurring=1), [("повторяется: 1 мероприятие", True)]),
        (6, Known(rows=2, dated=1), [("сроки понятны в строках: 1 из 2", False)]),
        (7, Known(materials=5), [("общие материалы: 5 ресурсов", True)]),
        (8, Known(supporting=2), [("исполняют обязательства школ: 2 строки", True)]),
        (9, Known(edits=3), [("после утверждения: 3 правки", True)]),
        (10, Known(), [("вывод этапа 3 не записан", False)]),
        (10, Known(has_conclusion=True), [("вывод этапа 3 записан", True)]),
        (11, Known(practices=1), [("в банке практик: 1 карточка", True), ("в школах: нет", False)]),
    ],
)
def test_each_step_is_told_what_the_portal_knows(step, known, expected):
    hints = hints_of(AlgorithmStep(step), known)
    found = [(hint.text.replace("\xa0", " "), hint.speaks_for) for hint in hints]
    assert found == expected


def test_figures_are_of_this_roadmap_only(cast):
    row = RowFactory(roadmap=cast.roadmap, event__responsible="Завуч")
    RowFactory(roadmap=cast.roadmap, event__state="cancelled", event__cancel_reason="Карантин")
    RowFactory(roadmap=cast.foreign_roadmap, event__responsible="Завуч")
    PracticeFactory(municipality=cast.municipality, event=row.event)
    PracticeFactory(municipality=cast.municipality)
    known = known_of(cast.roadmap)
    assert (known.rows, known.answered, known.dated, known.practices) == (1, 1, 1, 1)


def url(cast):
    return reverse("roadmaps:algorithm", args=[cast.roadmap.pk])


@pytest.mark.parametrize("who", ["methodist", "director", "curator"])
def test_a_step_is_marked_with_who_and_when_and_unmarked(client, cast, who):
    client.sign_in(getattr(cast, who))
    client.post(url(cast), {"step": "3", "deed": "mark", "s3-note": "Приказ № 12"})
    mark = AlgorithmMark.objects.get()
    assert (mark.roadmap, mark.step, mark.note) == (cast.roadmap, 3, "Приказ № 12")
    assert mark.by == getattr(cast, who)
    html = client.get(url(cast)).content.decode()
    assert "Пройдено шагов: 1 из 11" in html
    assert mark.by.list_name in html.replace("&nbsp;", " ").replace("\xa0", " ")
    client.post(url(cast), {"step": "3", "deed": "unmark"})
    assert not AlgorithmMark.objects.exists()


def test_marking_again_writes_the_note_anew(client, cast):
    client.sign_in(cast.methodist)
    for note in ("Первая", "Вторая"):
        client.post(url(cast), {"step": "1", "deed": "mark", "s1-note": note})
    assert AlgorithmMark.objects.get().note == "Вторая"


def test_a_note_too_long_is_told_and_kept(client, cast):
    client.sign_in(cast.methodist)
    answer = client.post(url(cast), {"step": "1", "deed": "mark", "s1-note": "я" * 501})
    assert answer.status_code == 422
    assert "я" * 501 in answer.content.decode()
    assert not AlgorithmMark.objects.exists()


@pytest.mark.parametrize("step", ["0", "12", "x", ""])
def test_there_is_no_other_step(client, cast, step):
    answer = client.sign_in(cast.methodist).post(url(cast), {"step": step, "deed": "mark"})
    assert answer.status_code == 404


def test_the_chair_reads_and_does_not_mark(client, cast):
    client.sign_in(cast.chair)
    assert client.get(url(cast)).status_code == 200
    assert client.post(url(cast), {"step": "1", "deed": "mark"}).status_code == 403


def test_the_editor_tells_how_far_the_algorithm_is(client, cast):
    cast.roadmap.algorithm_marks.create(step=1, by=cast.methodist)
    page = client.sign_in(cast.methodist).get(reverse("roadmaps:detail", args=[cast.roadmap.pk]))
    assert "Пройдено шагов: 1 из 11" in page.content.decode()

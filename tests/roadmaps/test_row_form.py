"""The form of a row: its fields, reasons of changes, copies and rows added below."""

import re

import pytest
from django.forms import Textarea

from roadmaps import responsible
from roadmaps.enums import EditVerb, RoadmapState
from roadmaps.forms.practices import PracticeForm
from roadmaps.forms.row import EventForm
from roadmaps.forms.templates import TemplateRowForm
from roadmaps.models import Event, PlanEdit, Roadmap, RoadmapRow
from tests.roadmaps.factories import (
    EventKindFactory,
    EvidenceKindFactory,
    OccurrenceFactory,
    ProblemFactory,
    RoadmapFactory,
    RowFactory,
    TargetGroupFactory,
)
from tests.roadmaps.test_views_plan import HTMX, add_url, detail_url, edit_url, text_of, typed
from tests.schools.factories import DirectionFactory, RiskFactorFactory


@pytest.fixture
def row(cast) -> RoadmapRow:
    return RowFactory(roadmap=cast.roadmap, event__title="Круглый стол")


@pytest.fixture
def draft(cast) -> Roadmap:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    cast.roadmap.refresh_from_db()
    return cast.roadmap


def places(roadmap: Roadmap) -> list[str]:
    rows = roadmap.rows.order_by("stage", "position").select_related("event")
    return [f"{row.stage}.{row.position} {row.event.title}" for row in rows]


def details(html: str) -> str:
    """Opening tag of «Ещё поля»."""
    return re.search(r'<details class="all flow"[^>]*>', html)[0]


# --- Who is responsible (pure) --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", []),
        (" ; \n ", []),
        ("все ОО", ["все ОО"]),
        ("Директора школ;  все ОО", ["Директора школ", "все ОО"]),
        ("Иванова А. А., завуч\r\nметодист", ["Иванова А. А., завуч", "методист"]),
        ("а;б\nв;;г", ["а", "б", "в", "г"]),
    ],
)
def test_responsible_are_separated_by_semicolons_and_lines(text, named):
    assert responsible.split(text) == named
    assert responsible.split(responsible.joined(text)) == named


def test_posts_schools_of_the_pair_and_everybody_are_suggested(client, cast, row):
    page = text_of(client.sign_in(cast.methodist).get(edit_url(row)))
    assert "все ОО ; СОШ №9 ; СОШ №5" in page


# --- Fields ---------------------------------------------------------------------------------


def test_every_further_field_is_saved(client, cast, row):
    group, evidence = TargetGroupFactory(name="Педагоги"), EvidenceKindFactory(name="Протокол")
    direction = DirectionFactory(name="Методическая работа")
    client.sign_in(cast.methodist).post(
        edit_url(row),
        typed(
            row,
            section="Работа с педагогами",
            steps="Разослать анкеты\r\n\r\n  Собрать ответы ",
            target_groups=[group.pk],
            participants="0",
            evidence=[evidence.pk],
            direction=direction.pk,
            note="Перенесено из плана\r\nпрошлого года",
        ),
    )
    event = Event.objects.get(pk=row.event_id)
    assert event.step_list == ["Разослать анкеты", "Собрать ответы"]
    assert (list(event.target_groups.all()), list(event.evidence.all())) == ([group], [evidence])
    assert (event.participants, event.direction) == (0, direction)
    assert event.note == "Перенесено из плана\nпрошлого года"
    assert RoadmapRow.objects.get(pk=row.pk).section == "Работа с педагогами"


def test_row_shows_what_it_is_for_whom_and_by_what_it_is_proved(client, cast):
    """R103: participants of events by group."""
    kind = EventKindFactory(name="Вебинар", step=2)
    row = RowFactory(
        roadmap=cast.roadmap,
        section="Работа с педагогами",
        event__kind=kind,
        event__steps="Разослать анкеты\nСобрать ответы",
        event__participants=41,
    )
    row.event.target_groups.add(TargetGroupFactory(name="Педагоги"))
    row.event.evidence.add(EvidenceKindFactory(name="Протокол"))
    page = text_of(client.sign_in(cast.methodist).get(detail_url(cast.roadmap)))
    for words in (
        "Работа с педагогами",
        "Разослать анкеты Собрать ответы",
        "Вебинар, 2 ступень",
        "Для кого: педагоги; 41 участник",
        "Подтверждается: протокол",
    ):
        assert words in page


def test_kinds_are_offered_under_their_steps(client, cast, row):
    """R154, R155: in person is step 1, through the Internet is step 2."""
    EventKindFactory(name="Вебинар", step=2)
    EventKindFactory(name="Конференция", step=1)
    page = text_of(client.sign_in(cast.methodist).get(edit_url(row)))
    order = ["1 ступень (очно)", "Конференция", "2 ступень (через Интернет)", "Вебинар"]
    html = client.get(edit_url(row)).content.decode()
    assert 'optgroup label="1 ступень (очно)"' in html
    found = [html.index(words) for words in order]
    assert found == sorted(found)
    assert "Вебинар" in page


def test_further_fields_are_folded_until_one_is_filled(client, cast, row):
    client.sign_in(cast.methodist)
    assert "open" not in details(client.get(edit_url(row)).content.decode())
    Event.objects.update(participants=0)
    assert "open" in details(client.get(edit_url(row)).content.decode())
    wrong = client.post(edit_url(row), typed(row, participants="много"))
    assert "open" in details(wrong.content.decode())


def test_sections_of_a_stage_are_headings_and_no_heading_is_repeated(client, cast):
    for title, section in [("А", "Первый"), ("Б", "Первый"), ("В", "Второй"), ("Г", "")]:
        RowFactory(roadmap=cast.roadmap, event__title=title, section=section)
    html = client.sign_in(cast.methodist).get(detail_url(cast.roadmap)).content.decode()
    headings = re.findall(r'<tr class="part">\s*<td colspan="\d+">([^<]+)</td>', html)
    assert headings == ["Первый", "Второй", "Без раздела"]


def test_new_row_offers_the_section_of_the_last_row_of_its_stage(client, cast, draft):
    RowFactory(roadmap=draft, stage=2, section="Первый")
    RowFactory(roadmap=draft, stage=2, section="Второй")
    RowFactory(roadmap=draft, stage=3, section="Итоги")
    client.sign_in(cast.methodist)
    assert 'name="section" value="Второй"' in client.get(add_url(draft, 2)).content.decode()
    first = draft.rows.get(stage=2, position=1)
    below = client.get(add_url(draft, 2), {"after": first.pk}).content.decode()
    assert 'name="section" value="Первый"' in below
    assert 'name="section" value=' not in client.get(add_url(draft, 1)).content.decode()


def test_roadmap_by_direction_gives_its_direction_to_new_rows(client, cast):
    """R073: a roadmap, or an event of it, may be tied to a direction."""
    direction = DirectionFactory(name="Воспитание")
    roadmap = RoadmapFactory(
        partnership=None,
        municipality=cast.municipality,
        direction=direction,
        state=RoadmapState.DRAFT,
        approved_at=None,
    )
    form = client.sign_in(cast.methodist).get(add_url(roadmap)).content.decode()
    assert f'<option value="{direction.pk}" selected>' in form


# --- Bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "  "}, "Мероприятие: Назовите мероприятие"),
        ({"participants": "-1"}, "Число участников не бывает меньше 0"),
        ({"participants": "100001"}, "Столько участников не бывает: проверьте число"),
        ({"participants": "много"}, "Напишите число участников цифрами"),
        ({"section": "я" * 301}, "Слишком длинно: 301 знаков, помещается 300"),
        ({"steps": "я" * 5001}, "Слишком длинно: 5001 знаков, помещается 5"),
        ({"note": "я" * 10_001}, "Слишком длинно: 10001 знаков, помещается 10"),
        ({"responsible": "я\n" * 900}, "Слишком длинно"),
        ({"kind": "9" * 30}, "Выберите корректный вариант"),
        ({"evidence": ["9" * 30]}, "Выберите корректный вариант"),
        ({"why_reason": "я" * 501}, "помещается 500 знаков"),
    ],
)
def test_bad_input_gets_a_sentence_and_what_was_typed_stays(client, cast, row, changes, sentence):
    client.sign_in(cast.methodist)
    answer = client.post(edit_url(row), typed(row, expected_result="Справка") | changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert ">\nСправка</textarea>" in answer.content.decode()
    assert Event.objects.get(pk=row.event_id).version == 1


def test_conflict_shows_all_fields_and_carries_them_on(client, cast, row):
    group = TargetGroupFactory(name="Педагоги")
    client.sign_in(cast.methodist)
    client.post(edit_url(row), typed(row, title="Первый", section="Старый раздел"))
    second = typed(row, title="Второй", section="Новый раздел", participants="12")
    second |= {"target_groups": [group.pk], "note": "Сверить", "why_reason": "По приказу"}
    stale = client.post(edit_url(row), second)
    page = text_of(stale)
    assert "Раздел внутри этапа Различается Новый раздел Старый раздел" in page
    assert "Для кого Различается Педагоги не указано" in page
    assert "Почему меняете" not in page  # a reason is no text of the plan
    hidden = re.findall(
        r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', stale.content.decode()
    )
    client.post(edit_url(row), {name: value for name, value in hidden if name[:4] != "csrf"})
    row.refresh_from_db()
    event = Event.objects.get(pk=row.event_id)
    assert (event.title, row.section, event.participants) == ("Второй", "Новый раздел", 12)
    assert (list(event.target_groups.all()), event.note) == ([group], "Сверить")
    assert PlanEdit.objects.latest("pk").reason == "По приказу"


# --- Why an approved plan is changed --------------------------------------------------------


def test_reason_is_asked_after_approval_and_kept(client, cast, row):
    client.sign_in(cast.methodist)
    refused = client.post(edit_url(row), typed(row, due_text="до 01.12.2026", why_reason=""))
    assert refused.status_code == 422
    assert "напишите, почему меняете, или отметьте исправление описки" in text_of(refused)
    changed = typed(row, due_text="до 01.12.2026", why_reason="Каникулы")
    assert client.post(edit_url(row), changed).status_code == 302
    edit = PlanEdit.objects.get()
    assert (edit.reason, edit.is_correction, edit.after_approval) == ("Каникулы", False, True)


def test_slip_of_the_pen_is_mended_in_texts_without_a_reason(client, cast, row):
    client.sign_in(cast.methodist)
    fields = typed(row, title="Круглый стол педагогов", why_reason="", is_correction="on")
    assert client.post(edit_url(row), fields).status_code == 302
    assert PlanEdit.objects.get().is_correction


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"due_text": "май"}, "«Срок»"),
        ({"participants": "5"}, "«Сколько участников»"),
        ({"then": "copy"}, "«добавлена строка»"),
    ],
)
def test_correction_changes_no_meaning(client, cast, row, changes, label):
    fields = typed(row, title="Круглый стол педагогов", why_reason="", is_correction="on")
    answer = client.sign_in(cast.methodist).post(edit_url(row), fields | changes)
    assert answer.status_code == 422
    assert f"Это уже не описка: изменено {label}. Снимите отметку" in text_of(answer)
    assert cast.roadmap.rows.count() == 1
    assert not PlanEdit.objects.exists()


def test_correction_leaves_risks_and_problems_as_they_are(client, cast, row):
    """Links that the form shows as stored are no change; a joint event keeps foreign problems."""
    factor, mine = RiskFactorFactory(), ProblemFactory(roadmap=cast.roadmap)
    joint = RoadmapFactory(partnership=cast.partnership)
    RowFactory(roadmap=joint, event=row.event, occurrence=False)
    row.event.factors.add(factor)
    row.event.problems.add(mine, ProblemFactory(roadmap=joint))
    fields = typed(row, title="Круглый стол!", factors=[factor.pk], problems=[mine.pk])
    fields |= {"why_reason": "", "is_correction": "on"}
    assert client.sign_in(cast.methodist).post(edit_url(row), fields).status_code == 302


def test_nothing_changed_needs_no_reason(client, cast, row):
    client.sign_in(cast.methodist)
    answer = client.post(edit_url(row), typed(row, why_reason=""), follow=True)
    assert "В строке 2.1 ничего не изменилось." in text_of(answer)
    assert not PlanEdit.objects.exists()


def test_result_of_two_lines_stays_two_lines_when_the_row_is_opened_and_saved(client, cast, row):
    """A cell of a Word table has several lines; a field of one line would glue their words."""
    Event.objects.filter(pk=row.event_id).update(expected_result="Протокол\nПриказ")
    page = client.sign_in(cast.methodist).get(edit_url(row)).content.decode()
    assert re.search(r"<textarea[^>]*name=\"expected_result\"[^>]*>\s*Протокол\nПриказ<", page)
    # A browser sends the ends of lines its own way: that is no change of the plan.
    client.post(edit_url(row), typed(row, expected_result="Протокол\r\nПриказ", why_reason=""))
    assert not PlanEdit.objects.exists()
    assert "Протокол<br>Приказ" in client.get(detail_url(cast.roadmap)).content.decode()


@pytest.mark.parametrize("form", [EventForm, TemplateRowForm, PracticeForm])
def test_result_keeps_its_lines_in_ready_plans_and_practices_too(form):
    field = form.base_fields["expected_result"]
    assert isinstance(field.widget, Textarea)
    assert field.clean("Протокол\r\nПриказ") == "Протокол\nПриказ"


def test_new_row_of_an_approved_plan_needs_a_reason(client, cast):
    client.sign_in(cast.methodist)
    refused = client.post(add_url(cast.roadmap), typed(why_reason=""))
    assert refused.status_code == 422
    assert "Карта утверждена: напишите, почему меняете план" in text_of(refused)
    assert "исправление описки" not in text_of(refused)
    client.post(add_url(cast.roadmap), typed(why_reason="Решение совета"))
    assert PlanEdit.objects.get().reason == "Решение совета"


def test_draft_asks_for_no_reason(client, cast, draft):
    row = RowFactory(roadmap=draft)
    client.sign_in(cast.methodist)
    assert "Почему меняете" not in text_of(client.get(edit_url(row)))
    assert client.post(edit_url(row), typed(row, title="Иначе", why_reason="")).status_code == 302


def test_a_row_that_saves_itself_is_closed_and_does_not_promise_to_stay_as_it_was(
    client, cast, draft
):
    row = RowFactory(roadmap=draft)
    client.sign_in(cast.methodist)
    in_place = text_of(client.get(edit_url(row), headers=HTMX))
    assert ("Закрыть" in in_place, "Не менять" in in_place) == (True, False)
    assert "Не менять" in text_of(client.get(edit_url(row)))  # a page saves by its button alone


def test_event_that_stands_in_an_approved_plan_too_asks_for_a_reason(client, cast, draft):
    row = RowFactory(roadmap=draft)
    running = RoadmapFactory(partnership=cast.partnership)
    RowFactory(roadmap=running, event=row.event, occurrence=False)
    fields = typed(row, title="Иначе", why_reason="")
    assert client.sign_in(cast.methodist).post(edit_url(row), fields).status_code == 422


# --- A copy, a row below --------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_row_is_repeated_below_with_all_its_links(client, cast, row, headers):
    group, factor = TargetGroupFactory(), RiskFactorFactory()
    problem = ProblemFactory(roadmap=cast.roadmap)
    RowFactory(roadmap=cast.roadmap, event__title="Семинар")
    OccurrenceFactory(event=row.event, held=True)
    RoadmapRow.objects.filter(pk=row.pk).update(number="1.1", section="Раздел")
    fields = typed(row, title="Круглый стол!", number="1.1", section="Раздел", then="copy")
    fields |= {"target_groups": [group.pk], "factors": [factor.pk], "problems": [problem.pk]}
    answer = client.sign_in(cast.methodist).post(edit_url(row), fields, headers=headers)
    assert places(cast.roadmap) == ["2.1 Круглый стол!", "2.2 Круглый стол!", "2.3 Семинар"]
    copy = cast.roadmap.rows.get(position=2)
    assert copy.event_id != row.event_id
    assert (copy.section, copy.number, copy.is_unapproved) == ("Раздел", "", True)
    assert list(copy.event.target_groups.all()) == [group]
    assert list(copy.event.factors.all()) == [factor]
    assert list(copy.event.problems.all()) == [problem]
    assert [time.state for time in copy.event.occurrences.all()] == ["planned"]
    verbs = list(PlanEdit.objects.order_by("pk").values_list("verb", "reason"))
    assert verbs == [(EditVerb.EDIT, "Уточнение плана"), (EditVerb.ADD, "Уточнение плана")]
    if headers:
        assert answer.headers["HX-Retarget"] == "#plan"
        assert f'<tr class="open" id="row-{copy.pk}"' in " ".join(answer.content.decode().split())
    else:
        assert answer.url == edit_url(copy)


def test_copy_pressed_twice_is_one_copy(client, cast, draft):
    row = RowFactory(roadmap=draft)
    client.sign_in(cast.methodist)
    key = re.search(r'name="key" value="([^"]+)"', client.get(edit_url(row)).content.decode())[1]
    for _ in range(2):
        assert client.post(edit_url(row), typed(row, then="copy", key=key)).status_code == 302
    assert draft.rows.count() == 2


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_add_below_saves_the_row_and_opens_a_new_one_after_it(client, cast, draft, headers):
    row = RowFactory(roadmap=draft, event__title="Первая")
    RowFactory(roadmap=draft, event__title="Последняя")
    client.sign_in(cast.methodist)
    fields = typed(row, title="Первая!", then="below")
    opened = client.post(edit_url(row), fields, headers=headers)
    if not headers:
        assert opened.url == f"{add_url(draft)}?after={row.pk}"
        opened = client.get(opened.url)
    html = opened.content.decode()
    assert f'name="after" value="{row.pk}"' in html
    assert "Новая строка после 2.1" in text_of(opened)
    added = client.post(add_url(draft), typed(title="Средняя", after=row.pk), headers=headers)
    assert places(draft) == ["2.1 Первая!", "2.2 Средняя", "2.3 Последняя"]
    if headers:
        # Numbers below have changed, so the whole table comes, in the order of the plan.
        assert added.headers["HX-Retarget"] == "#plan"
        shown = re.findall(
            r"hx-swap=\"outerHTML\">(Первая!|Средняя|Последняя)</a>", added.content.decode()
        )
        assert shown == ["Первая!", "Средняя", "Последняя"]


@pytest.mark.parametrize("after", ["", "0", "x", "9" * 40])
def test_row_below_nothing_goes_to_the_end(client, cast, draft, after):
    RowFactory(roadmap=draft, event__title="Первая")
    foreign = RowFactory(roadmap=cast.foreign_roadmap)
    client.sign_in(cast.methodist)
    for named in (after, str(foreign.pk)):
        client.post(add_url(draft), typed(title="Новая", after=named))
    assert places(draft) == ["2.1 Первая", "2.2 Новая", "2.3 Новая"]


def test_changed_section_brings_the_whole_table(client, cast, row):
    client.sign_in(cast.methodist)
    saved = client.post(edit_url(row), typed(row, section="Раздел"), headers=HTMX)
    assert saved.headers["HX-Retarget"] == "#plan"
    assert '<tr class="part">' in saved.content.decode()
    row.event.refresh_from_db()
    same = client.post(edit_url(row), typed(row, section="Раздел", title="Другое"), headers=HTMX)
    assert "HX-Retarget" not in same.headers


def test_names_of_the_form_are_those_of_history():
    """What is told of a change has a label in `plan_fields`."""
    from roadmaps import plan_fields

    assert {*EventForm.MAIN, *EventForm.MORE} <= set(plan_fields.BY_NAME)

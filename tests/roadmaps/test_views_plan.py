"""The editor's pages: rows in place and as pages, stale versions, moves, bad input, queries."""

import re

import pytest
from django.urls import reverse

from partnerships.enums import PartnershipState
from partnerships.models import Partnership
from roadmaps.actions import plan as actions
from roadmaps.enums import AmendmentState, EventState, RoadmapState
from roadmaps.models import Event, Roadmap, RoadmapRow
from tests.partnerships.factories import ObligationFactory, PartnershipObligationFactory, pair
from tests.roadmaps.factories import (
    AmendmentFactory,
    EventKindFactory,
    OccurrenceFactory,
    ProblemFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.schools.factories import RiskFactorFactory, SchoolFactory

HTMX = {"HX-Request": "true"}


def typed(row: RoadmapRow | None = None, **changes: object) -> dict[str, object]:
    """Fields of the row's form as a browser sends them."""
    fields = {
        "title": row.event.title if row else "Семинар «Адаптированные программы»",
        "due_text": row.event.due_text if row else "до 15.12.2026",
        "kind": "",
        "responsible": row.event.responsible if row else "Директора школ",
        "expected_result": "",
        "obligation": "",
        "host": "",
        "number": "",
        "why_reason": "Уточнение плана",
    }
    if row:
        fields["version"] = row.event.version
    return fields | changes


def text_of(response) -> str:
    """Words of a page without tags and with plain spaces."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare.replace("\u00a0", " "))


@pytest.fixture
def draft(cast) -> Roadmap:
    """The cast's roadmap before approval."""
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    cast.roadmap.refresh_from_db()
    return cast.roadmap


@pytest.fixture
def row(cast) -> RoadmapRow:
    return RowFactory(roadmap=cast.roadmap, event__title="Круглый стол")


def detail_url(roadmap: Roadmap) -> str:
    return reverse("roadmaps:detail", args=[roadmap.pk])


def edit_url(row: RoadmapRow) -> str:
    return reverse("roadmaps:event-edit", args=[row.pk])


def add_url(roadmap: Roadmap, stage: int = 2) -> str:
    return reverse("roadmaps:row-add", args=[roadmap.pk, stage])


def move_url(row: RoadmapRow) -> str:
    return reverse("roadmaps:event-move", args=[row.pk])


# --- The page -----------------------------------------------------------------------------


def test_editor_shows_three_stages_rows_and_what_was_understood(client, cast, row):
    actions.add_row(
        roadmap=cast.roadmap,
        stage=2,
        values={"title": "Консультации", "due_text": "ежемесячно с октября по май"},
        by=cast.methodist,
    )
    page = text_of(client.sign_in(cast.methodist).get(detail_url(cast.roadmap)))
    for title in ("Знакомство", "Совместная деятельность", "Рефлексивно-обобщающий"):
        assert title in page
    assert "ежемесячно с октября по май 8 раз, октябрь – май" in page
    assert "проведено 0 из 9, просрочено 2" in page
    assert "После утверждения изменены строки: 2.2" in page
    assert "Откроется, когда будет записан контакт: учащиеся, педагоги" in page


def test_a_stranger_finds_nothing(client, cast, row):
    foreign = RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужой семинар")
    client.sign_in(cast.methodist)
    addresses = [
        detail_url(cast.foreign_roadmap),
        add_url(cast.foreign_roadmap),
        edit_url(foreign),
        reverse("roadmaps:event-cancel", args=[foreign.pk]),
        reverse("roadmaps:event-delete", args=[foreign.pk]),
        reverse("roadmaps:acquaintance", args=[cast.foreign_roadmap.pk]),
        reverse("roadmaps:reflection", args=[cast.foreign_roadmap.pk]),
        reverse("roadmaps:due-preview", args=[cast.foreign_roadmap.pk]),
        reverse("roadmaps:move", args=[cast.foreign_roadmap.pk, "finish"]),
    ]
    assert [client.get(url).status_code for url in addresses] == [404] * len(addresses)
    assert client.post(move_url(foreign), {"to": "up"}).status_code == 404
    assert client.post(edit_url(foreign), typed(foreign, title="Взлом")).status_code == 404
    assert "Чужой семинар" not in text_of(client.get(reverse("roadmaps:list")))


def test_director_reads_an_approved_roadmap_and_is_told_why_only_reads(client, cast, row):
    client.sign_in(cast.director)
    page = client.get(detail_url(cast.roadmap))
    assert "школы готовят только черновик" in text_of(page)
    assert edit_url(row) not in page.content.decode()
    assert client.get(edit_url(row)).status_code == 403
    assert client.post(edit_url(row), typed(row, title="Иначе")).status_code == 403
    assert client.get(add_url(cast.roadmap)).status_code == 403


def test_the_report_column_leads_each_person_to_the_own_page(client, cast, row):
    occurrence = row.event.occurrences.get()
    report = reverse("roadmaps:report-edit", args=[occurrence.pk, cast.target.pk])
    review = reverse("roadmaps:review", args=[occurrence.pk])
    assert report in client.sign_in(cast.director).get(detail_url(cast.roadmap)).content.decode()
    ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
    page = client.sign_in(cast.methodist).get(detail_url(cast.roadmap)).content.decode()
    assert review in page
    assert report not in page


def test_only_who_may_open_all_reports_of_an_event_is_led_to_them(client, cast, row):
    occurrence = OccurrenceFactory(event=row.event, held=True)
    review = reverse("roadmaps:review", args=[occurrence.pk])
    assert review in client.sign_in(cast.chair).get(detail_url(cast.roadmap)).content.decode()
    for person in (cast.director, cast.coordinator, cast.curator):
        page = client.sign_in(person).get(detail_url(cast.roadmap)).content.decode()
        assert review not in page
        assert client.get(review).status_code == 403


def test_workflow_button_that_is_refused_stays_with_its_reason(client, cast, row):
    html = client.sign_in(cast.chair).get(detail_url(cast.roadmap)).content.decode()
    assert 'aria-disabled="true" aria-describedby="finish-why"' in html
    assert "без анализа результатов карта не завершается" in html
    director = client.sign_in(cast.director).get(detail_url(cast.roadmap))
    assert "Завершить" not in text_of(director).replace("Завершена", "")


# --- A row in place and as a page ---------------------------------------------------------


def test_row_opens_in_place_and_comes_back_saved(client, cast, row):
    client.sign_in(cast.methodist)
    opened = client.get(edit_url(row), headers=HTMX).content.decode().strip()
    assert re.match(rf'<tr class="open"\s+id="row-{row.pk}">', opened)
    saved = client.post(edit_url(row), typed(row, title="Итоги года"), headers=HTMX)
    html = saved.content.decode()
    assert saved.status_code == 200
    assert f'<tr id="row-{row.pk}">' in html
    assert 'id="stage-2-count" hx-swap-oob="true"' in html
    assert "Строка 2.1 сохранена." in text_of(saved)
    row.event.refresh_from_db()
    assert (row.event.title, row.event.version) == ("Итоги года", 2)
    assert RoadmapRow.objects.get(pk=row.pk).is_unapproved


def test_without_scripts_the_same_address_is_a_page(client, cast, row):
    client.sign_in(cast.methodist)
    page = client.get(edit_url(row))
    assert "<html" in page.content.decode()
    assert "понято как: до 15 ноября 2026 г. включительно" in text_of(page)
    saved = client.post(edit_url(row), typed(row, due_text="до 01.12.2026"))
    assert saved.status_code == 302
    assert saved.url == f"{detail_url(cast.roadmap)}#row-{row.pk}"
    assert "Строка 2.1 сохранена." in text_of(client.get(saved.url))


def test_every_field_of_the_form_is_saved(client, cast, row):
    kind, factor = EventKindFactory(), RiskFactorFactory(name="Неуспешность")
    promise = PartnershipObligationFactory(partnership=cast.partnership, side="target")
    client.sign_in(cast.methodist).post(
        edit_url(row),
        typed(
            row,
            kind=kind.pk,
            responsible="Директора школ;\nвсе ОО",
            expected_result="Протокол",
            factors=[factor.pk],
            obligation=f"{promise.obligation_id}-target",
            host=cast.lead.pk,
            number="1.1",
        ),
    )
    event = Event.objects.get(pk=row.event_id)
    assert (event.kind, event.obligation, event.host) == (kind, promise.obligation, cast.lead)
    assert event.obligation_side == "target"
    assert (event.responsible, event.expected_result) == ("Директора школ; все ОО", "Протокол")
    assert list(event.factors.all()) == [factor]
    assert RoadmapRow.objects.get(pk=row.pk).label == "1.1"


def test_choices_are_those_of_the_pair(client, cast, row):
    mine, other = RiskFactorFactory(name="Свой риск"), RiskFactorFactory(name="Чужой риск")
    cast.partnership.factors.add(mine)
    promised = PartnershipObligationFactory(
        partnership=cast.partnership, obligation__name="Обещанное"
    )
    ObligationFactory(name="Бывшее обязательство", is_retired=True)
    EventKindFactory(name="Чужой вид", municipality=cast.foreign)
    EventKindFactory(name="Бывший вид", is_retired=True)
    page = text_of(client.sign_in(cast.methodist).get(edit_url(row)))
    assert mine.name in page
    assert promised.obligation.name in page
    for absent in (other.name, "Бывшее обязательство", "Чужой вид", "Бывший вид"):
        assert absent not in page
    bad = client.post(edit_url(row), typed(row, host=cast.lonely.pk))
    assert bad.status_code == 422


def test_obligations_are_offered_with_their_side_what_was_promised_first(client, cast, row):
    PartnershipObligationFactory(
        partnership=cast.partnership, side="target", obligation__name="Консультации"
    )
    ObligationFactory(name="Семинары")
    page = text_of(client.sign_in(cast.methodist).get(edit_url(row)))
    offered = [
        "Консультации – целевая школа",
        "Консультации – школа-лидер",
        "Семинары – школа-лидер",
    ]
    places = [page.index(words) for words in offered]
    assert places == sorted(places)


def test_row_answers_problems_of_its_roadmap_and_keeps_those_of_another(client, cast, row):
    mine = ProblemFactory(roadmap=cast.roadmap, text="Нет тьютора")
    joint = RoadmapFactory(partnership=cast.partnership)
    RowFactory(roadmap=joint, event=row.event, occurrence=False)
    other = ProblemFactory(roadmap=joint, text="Мало часов")
    row.event.problems.add(other)
    client.sign_in(cast.methodist)
    assert "Мало часов" not in text_of(client.get(edit_url(row)))
    client.post(edit_url(row), typed(row, problems=[mine.pk]))
    assert set(Event.objects.get(pk=row.event_id).problems.all()) == {mine, other}
    bad = client.post(edit_url(row), typed(row, version="2", problems=[other.pk]))
    assert bad.status_code == 422


def test_retired_kind_stays_where_it_is_used(client, cast, row):
    Event.objects.update(kind=EventKindFactory(name="Бывший вид", is_retired=True))
    assert "Бывший вид" in text_of(client.sign_in(cast.methodist).get(edit_url(row)))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_errors_come_back_with_all_that_was_typed(client, cast, row, headers):
    client.sign_in(cast.methodist)
    answer = client.post(
        edit_url(row), typed(row, title=" ", expected_result="Справка"), headers=headers
    )
    assert answer.status_code == 422
    assert "Мероприятие: Назовите мероприятие" in text_of(answer)
    assert ">\nСправка</textarea>" in answer.content.decode()
    assert Event.objects.get(pk=row.event_id).version == 1


def test_title_of_ten_thousand_letters_gets_a_sentence(client, cast, row):
    answer = client.sign_in(cast.methodist).post(edit_url(row), typed(row, title="я" * 10_000))
    assert answer.status_code == 422
    assert "Слишком длинно: 10000 знаков, помещается 500. Сократите текст" in text_of(answer)
    assert "maxlength" not in answer.content.decode()


def test_html_is_shown_as_text(client, cast, row):
    client.sign_in(cast.methodist)
    nasty = "<script>alert(1)</script>"
    fields = typed(row, title=nasty, due_text=nasty, responsible=nasty, expected_result=nasty)
    client.post(edit_url(row), fields)
    html = client.get(detail_url(cast.roadmap)).content.decode()
    assert nasty not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    opened = client.get(edit_url(row), headers=HTMX).content.decode()
    assert nasty not in opened


def test_due_preview_explains_and_warns(client, cast, row):
    client.sign_in(cast.director)
    url = reverse("roadmaps:due-preview", args=[cast.roadmap.pk])
    read = text_of(client.get(url, {"due_text": "октябрь – ноябрь"}))
    assert "понято как: с 1 октября по 30 ноября 2026 г.; просрочка – с 1 декабря" in read
    assert "срок уже прошёл" in text_of(client.get(url, {"due_text": "до 15.09.2026"}))
    assert "выходит за период" in text_of(client.get(url, {"due_text": "до 15.09.2028"}))
    assert "Внимание: дата не понята" in text_of(client.get(url, {"due_text": "потом"}))
    assert "Например: до 15.10.2026" in text_of(client.get(url))


def test_month_without_a_year_is_asked_in_a_plan_of_two_years(client, cast):
    long = RoadmapFactory(
        partnership=cast.partnership, starts_on="2026-09-01", ends_on="2028-08-31"
    )
    url = reverse("roadmaps:due-preview", args=[long.pk])
    read = text_of(client.sign_in(cast.methodist).get(url, {"due_text": "октябрь"}))
    assert "укажите год: октябрь бывает в 2026 и 2027" in read


# --- Two people at one row ----------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_stale_version_shows_both_texts_and_writes_nothing(client, cast, row, headers):
    first = typed(row, title="Текст первого", responsible="Завучи")
    second = typed(row, title="Текст второго", responsible="Завучи")
    client.sign_in(cast.methodist).post(edit_url(row), first)
    stale = client.post(edit_url(row), second, headers=headers)
    read = text_of(stale)
    assert stale.status_code == 409
    assert "Мероприятие Различается Текст второго Текст первого" in read
    assert "Ответственные Завучи Завучи" in read
    assert cast.methodist.list_name in read
    assert Event.objects.get(pk=row.event_id).title == "Текст первого"


def test_own_text_is_kept_by_one_press(client, cast, row):
    factor = RiskFactorFactory()
    second = typed(row, title="Текст второго", factors=[factor.pk])
    client.sign_in(cast.methodist).post(edit_url(row), typed(row, title="Текст первого"))
    html = client.post(edit_url(row), second).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', html)
    assert {name for name, _ in hidden} >= {"title", "due_text", "version", "factors"}
    carried = {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}
    client.post(edit_url(row), carried)
    event = Event.objects.get(pk=row.event_id)
    assert (event.title, event.version) == ("Текст второго", 3)
    assert list(event.factors.all()) == [factor]


def test_form_without_a_version_overwrites_nothing(client, cast, row):
    fields = typed(row, title="Вслепую")
    del fields["version"]
    assert client.sign_in(cast.methodist).post(edit_url(row), fields).status_code == 409
    assert Event.objects.get(pk=row.event_id).title == "Круглый стол"


# --- New rows -----------------------------------------------------------------------------


def test_row_is_added_in_place_and_the_button_comes_back(client, cast, draft):
    client.sign_in(cast.director)
    opened = client.get(add_url(draft, 3), headers=HTMX).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', opened)[1]
    added = client.post(add_url(draft, 3), typed(key=key), headers=HTMX)
    row = draft.rows.get()
    assert (row.stage, row.label, row.event.created_by) == (3, "3.1", cast.director)
    html = added.content.decode()
    assert f'<tr id="row-{row.pk}">' in html
    assert '<tr id="add-3">' in html
    assert not row.is_unapproved


def test_the_first_row_opens_approval_at_once(client, cast, draft):
    client.sign_in(cast.methodist)
    page = client.get(detail_url(draft)).content.decode()
    assert "утверждать нечего" in page
    added = client.post(add_url(draft), typed(), headers=HTMX).content.decode()
    assert f'href="{workflow_url(draft, "approve")}"' in added
    assert "утверждать нечего" not in added


def test_a_row_changed_after_approval_is_named_at_once(client, cast, row):
    client.sign_in(cast.methodist)
    saved = client.post(edit_url(row), typed(row, title="Итоги года"), headers=HTMX)
    assert f'После утверждения изменены строки:</b> <a href="#row-{row.pk}">' in " ".join(
        saved.content.decode().split()
    )


def test_double_submit_adds_one_row(client, cast, draft):
    client.sign_in(cast.methodist)
    fields = typed(key="7f1c3c0e-9d6b-4a7e-8f6a-2f6f3f0d9b11")
    answers = [client.post(add_url(draft), fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert draft.rows.count() == 1


def test_row_added_after_approval_is_marked(client, cast):
    client.sign_in(cast.methodist).post(add_url(cast.roadmap), typed())
    assert cast.roadmap.rows.get().is_unapproved


def test_there_is_no_fourth_stage_to_add_to(client, cast):
    client.sign_in(cast.methodist)
    assert client.get(add_url(cast.roadmap, 4)).status_code == 404
    assert client.post(add_url(cast.roadmap, 4), typed()).status_code == 404
    assert not Event.objects.exists()


def test_warning_about_the_date_is_said_after_saving(client, cast, draft):
    client.sign_in(cast.methodist)
    answer = client.post(add_url(draft), typed(due_text="до 15.09.2026"), follow=True)
    assert "Обратите внимание, срок уже прошёл: 15 сентября 2026 г." in text_of(answer)


# --- Places, cancelling, deleting ---------------------------------------------------------


def titles(roadmap: Roadmap) -> list[str]:
    rows = roadmap.rows.order_by("stage", "position").select_related("event")
    return [f"{row.stage}.{row.position} {row.event.title}" for row in rows]


def test_row_is_moved_by_buttons(client, cast, row):
    other = RowFactory(roadmap=cast.roadmap, event__title="Семинар")
    client.sign_in(cast.methodist)
    moved = client.post(move_url(other), {"to": "up"})
    assert moved.url == f"{detail_url(cast.roadmap)}#row-{other.pk}"
    assert titles(cast.roadmap) == ["2.1 Семинар", "2.2 Круглый стол"]
    client.post(move_url(row), {"to": "3"})
    assert titles(cast.roadmap) == ["2.1 Семинар", "3.1 Круглый стол"]
    assert client.post(move_url(row), {"to": "4"}).status_code == 404
    assert client.get(move_url(row)).status_code == 405


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_move_in_the_middle_of_editing_loses_nothing_and_saves_nothing(client, cast, row, headers):
    RowFactory(roadmap=cast.roadmap, event__title="Семинар")
    fields = typed(row, title="Ещё не дописа", to="down")
    answer = client.sign_in(cast.methodist).post(move_url(row), fields, headers=headers)
    assert answer.status_code == 200
    assert "Ещё не дописа" in text_of(answer)
    assert titles(cast.roadmap) == ["2.1 Семинар", "2.2 Круглый стол"]
    assert Event.objects.get(pk=row.event_id).version == 1
    if headers:
        assert answer.content.decode().strip().startswith('<table class="t stack" id="plan"')


def test_cancelling_asks_for_a_reason_and_keeps_what_was_held(client, cast, row):
    OccurrenceFactory(event=row.event, held=True)
    url = reverse("roadmaps:event-cancel", args=[row.pk])
    client.sign_in(cast.methodist)
    assert "Отменить мероприятие «Круглый стол»?" in text_of(client.get(url))
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Карантин"}).status_code == 302
    event = Event.objects.get(pk=row.event_id)
    assert (event.state, event.cancel_reason) == (EventState.CANCELLED, "Карантин")
    page = text_of(client.get(detail_url(cast.roadmap)))
    assert "Отменено: Карантин" in page
    assert "Отменено (проведено 1)" in page


def test_cancelling_twice_is_one_cancelling(client, cast, row):
    url = reverse("roadmaps:event-cancel", args=[row.pk])
    client.sign_in(cast.methodist)
    for reason in ("Карантин", "Ещё раз"):
        assert client.post(url, {"reason": reason}).status_code == 302
    assert Event.objects.get(pk=row.event_id).cancel_reason == "Карантин"


def test_cancelled_event_is_taken_back(client, cast, row):
    actions.cancel_event(row=row, reason="Карантин", by=cast.methodist)
    url = reverse("roadmaps:event-cancel", args=[row.pk])
    client.sign_in(cast.methodist)
    assert client.get(edit_url(row)).status_code == 403
    table = client.get(detail_url(cast.roadmap)).content.decode()
    assert url in table
    assert f'href="{edit_url(row)}"' not in table
    assert "Причина: Карантин" in text_of(client.get(url))
    assert client.post(url, {"restore": "yes"}).status_code == 422
    client.post(url, {"restore": "yes", "why_reason": "Карантин снят"})
    assert Event.objects.get(pk=row.event_id).state == EventState.PLANNED
    assert cast.roadmap.edits.latest("pk").reason == "Карантин снят"


def test_row_is_deleted_in_a_draft_only(client, cast, row):
    url = reverse("roadmaps:event-delete", args=[row.pk])
    client.sign_in(cast.methodist)
    refused = client.post(url)
    assert refused.status_code == 403
    assert "отмените мероприятие и укажите причину" in text_of(refused)
    Roadmap.objects.update(state=RoadmapState.DRAFT)
    assert "Удалить строку 2.1 «Круглый стол»?" in text_of(client.get(url))
    assert RoadmapRow.objects.filter(pk=row.pk).exists()
    assert client.post(url).status_code == 302
    assert not Event.objects.filter(pk=row.event_id).exists()


# --- Workflow -----------------------------------------------------------------------------


def workflow_url(roadmap: Roadmap, verb: str) -> str:
    return reverse("roadmaps:move", args=[roadmap.pk, verb])


def test_roadmap_is_approved_finished_and_reopened(client, cast, draft):
    RowFactory(roadmap=draft)
    client.sign_in(cast.chair)
    assert "План будет зафиксирован" in text_of(client.get(workflow_url(draft, "approve")))
    assert Roadmap.objects.get(pk=draft.pk).state == RoadmapState.DRAFT
    client.post(workflow_url(draft, "approve"), {"comment": "Школы согласны устно"})
    assert client.post(workflow_url(draft, "finish")).status_code == 403
    draft.stages.filter(stage=3).update(conclusion="Доля снизилась")
    asked = text_of(client.get(workflow_url(draft, "finish")))
    assert "проведено 0 из 1, остальное так и останется не проведённым" in asked
    client.post(workflow_url(draft, "finish"))
    assert Roadmap.objects.get(pk=draft.pk).state == RoadmapState.FINISHED
    assert client.get(workflow_url(draft, "explode")).status_code == 404
    client.post(workflow_url(draft, "reopen"))
    logged = [(log.verb, log.by) for log in draft.transitions.all()]
    assert logged == [(verb, cast.chair) for verb in ("approve", "finish", "reopen")]


def test_approving_twice_is_one_approval(client, cast, draft):
    RowFactory(roadmap=draft)
    client.sign_in(cast.methodist)
    typed = {"comment": "Школы согласны устно"}
    answers = [client.post(workflow_url(draft, "approve"), typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert draft.transitions.count() == 1


def test_school_does_not_approve(client, cast, draft):
    RowFactory(roadmap=draft)
    client.sign_in(cast.director)
    assert client.post(workflow_url(draft, "approve")).status_code == 403
    assert Roadmap.objects.get(pk=draft.pk).state == RoadmapState.DRAFT


# --- Stages 1 and 3 -----------------------------------------------------------------------


def test_contacts_and_problems_open_stage_two(client, cast):
    url = reverse("roadmaps:acquaintance", args=[cast.roadmap.pk])
    client.sign_in(cast.curator)
    for collective in ("pupils", "teachers", "heads"):
        fields = {"deed": "contact", "contact-collective": collective}
        client.post(url, fields | {"contact-happened_on": "2026-09-10"})
    assert "Этап 2 откроется, когда будет записана проблема" in text_of(client.get(url))
    client.post(url, {"deed": "problem", "problem-text": "Нет тьютора"})
    page = text_of(client.get(url))
    assert "Для перехода к этапу 2 всё записано." in page
    assert "Нет тьютора" in page
    problem = cast.roadmap.problems.get()
    client.post(url, {"deed": f"problem-{problem.pk}"})
    client.post(url, {"deed": "none"})
    assert "Проблемы не выявлены." in text_of(client.get(url))


def test_contact_in_the_future_or_without_a_date_is_not_recorded(client, cast):
    url = reverse("roadmaps:acquaintance", args=[cast.roadmap.pk])
    client.sign_in(cast.methodist)
    fields = {"deed": "contact", "contact-collective": "pupils"}
    late = client.post(url, fields | {"contact-happened_on": "2026-11-25"})
    assert late.status_code == 422
    assert "Дата ещё не наступила" in text_of(late)
    assert client.post(url, fields).status_code == 422
    for deed in ("explode", "contact-", f"problem-{'9' * 5000}"):
        assert client.post(url, {"deed": deed}).status_code == 302
    assert not cast.roadmap.contacts.exists()


def test_reader_sees_the_records_without_forms(client, cast):
    url = reverse("roadmaps:acquaintance", args=[cast.roadmap.pk])
    client.sign_in(cast.chair)
    assert "Записать контакт" not in text_of(client.get(url))
    assert client.post(url, {"deed": "none"}).status_code == 403
    reflection = reverse("roadmaps:reflection", args=[cast.roadmap.pk])
    assert "Вывод не записан." in text_of(client.get(reflection))
    assert client.post(reflection, {"conclusion": "x"}).status_code == 403


# --- New roadmap --------------------------------------------------------------------------


def test_new_roadmap_for_a_school_year_or_a_calendar_year(client, cast):
    other = pair(cast.lead, cast.lonely)
    url = reverse("roadmaps:create")
    client.sign_in(cast.methodist)
    page = client.get(url, {"partnership": other.pk}).content.decode()
    assert f'<option value="{other.pk}" selected>' in page
    answer = client.post(url, {"partnership": other.pk, "period": "a2026"})
    roadmap = other.roadmaps.get()
    assert answer.url == detail_url(roadmap)
    assert (roadmap.period_label, roadmap.created_by) == ("2026/27 учебный год", cast.methodist)
    client.post(url, {"partnership": other.pk, "period": "c2027", "again": "on"})
    assert other.roadmaps.filter(starts_on="2027-01-01", ends_on="2027-12-31").exists()


def test_second_roadmap_for_the_same_period_asks_first(client, cast):
    url = reverse("roadmaps:create")
    fields = {"partnership": cast.partnership.pk, "period": "a2026"}
    client.sign_in(cast.methodist)
    asked = client.post(url, fields)
    assert asked.status_code == 422
    assert "На этот период карта уже есть" in text_of(asked)
    assert cast.partnership.roadmaps.count() == 1
    client.post(url, fields | {"again": "on"})
    assert cast.partnership.roadmaps.count() == 2


def test_roadmap_for_what_the_person_does_not_see_is_refused(client, cast):
    url = reverse("roadmaps:create")
    client.sign_in(cast.methodist)
    fields = {"period": "a2026"}
    foreign = client.post(url, fields | {"partnership": cast.foreign_partnership.pk})
    assert foreign.status_code == 422
    assert "чужая тема" not in text_of(foreign)
    assert client.post(url, fields | {"partnership": "drop"}).status_code == 422
    bad = client.post(url, {"partnership": cast.partnership.pk, "period": "a1850"})
    assert bad.status_code == 422
    client.sign_in(cast.chair)
    assert client.post(url, fields | {"partnership": cast.partnership.pk}).status_code == 403
    Partnership.objects.update(state=PartnershipState.FINISHED)
    client.sign_in(cast.methodist)
    assert client.post(url, fields | {"partnership": cast.partnership.pk}).status_code == 422


# --- List ---------------------------------------------------------------------------------


def test_list_shows_progress_and_filters_by_year_and_state(client, cast, row):
    url = reverse("roadmaps:list")
    OccurrenceFactory(event=row.event, held=True)
    client.sign_in(cast.methodist)
    page = text_of(client.get(url, {"year": "2026/27", "state": "running"}))
    assert "СОШ №9 – СОШ №5 2026/27 учебный год Выполняется 1 из 2" in page
    assert "СОШ №15" not in page
    assert "По этим условиям карт нет." in text_of(client.get(url, {"year": "2027/28"}))
    assert "По этим условиям карт нет." in text_of(client.get(url, {"state": "draft"}))
    for nonsense in ({"year": "<b>"}, {"state": "x"}, {"page": "-3"}, {"page": "many"}):
        assert "СОШ №9 – СОШ №5" in text_of(client.get(url, nonsense))


def test_list_on_agreement_holds_approved_plans_with_an_open_change(client, cast, row):
    url, asked = reverse("roadmaps:list"), {"state": "agreeing"}
    client.sign_in(cast.methodist)
    AmendmentFactory(roadmap=cast.roadmap, number=1, state=AmendmentState.WITHDRAWN)
    assert "По этим условиям карт нет." in text_of(client.get(url, asked))
    for roadmap in (cast.roadmap, cast.foreign_roadmap):
        AmendmentFactory(roadmap=roadmap, number=2)
    page = text_of(client.get(url, asked))
    assert "СОШ №9 – СОШ №5 2026/27 учебный год Выполняется Изменение № 2 на согласовании" in page
    assert "СОШ №15" not in page


def test_empty_list_says_what_to_do_next(client, cast):
    Roadmap.objects.all().delete()
    url = reverse("roadmaps:list")
    assert "Создать первую" in text_of(client.sign_in(cast.methodist).get(url))
    assert "Создать первую" not in text_of(client.sign_in(cast.chair).get(url))


# --- Query counts -------------------------------------------------------------------------


def test_list_takes_the_same_queries_for_one_roadmap_and_three(
    client, cast, row, django_assert_num_queries
):
    url = reverse("roadmaps:list")
    client.sign_in(cast.methodist)
    client.get(url)
    with django_assert_num_queries(8):
        client.get(url)
    for _ in range(2):
        other = pair(cast.lead, SchoolFactory(municipality=cast.municipality))
        RowFactory(roadmap=RoadmapFactory(partnership=other))
    with django_assert_num_queries(8):
        assert "всего" not in text_of(client.get(url))


def fill(roadmap: Roadmap, count: int) -> None:
    factor, kind = RiskFactorFactory(), EventKindFactory()
    for number in range(count):
        row = RowFactory(roadmap=roadmap, stage=1 + number % 3, event__kind=kind)
        row.event.factors.add(factor)


@pytest.mark.parametrize("count", [3, 30])
def test_editor_opens_with_the_same_queries_for_3_rows_and_30(
    client, cast, count, django_assert_num_queries
):
    fill(cast.roadmap, count)
    client.sign_in(cast.methodist)
    client.get(detail_url(cast.roadmap))
    with django_assert_num_queries(34):
        page = client.get(detail_url(cast.roadmap))
    assert page.content.decode().count('<tr id="row-') == count


@pytest.mark.parametrize("count", [3, 30])
def test_row_is_opened_and_saved_with_the_same_queries_in_3_rows_and_30(
    client, cast, count, django_assert_num_queries
):
    fill(cast.roadmap, count)
    row = cast.roadmap.rows.first()
    client.sign_in(cast.methodist)
    client.get(edit_url(row), headers=HTMX)
    with django_assert_num_queries(27):
        client.get(edit_url(row), headers=HTMX)
    with django_assert_num_queries(62):
        client.post(edit_url(row), typed(row, due_text="до 01.12.2026"), headers=HTMX)
    with django_assert_num_queries(30):
        client.post(move_url(row), {"to": "2"})

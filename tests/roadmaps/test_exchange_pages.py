"""A plan comes from Word and Excel through the pages, nothing dropped, and goes back there."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roadmaps.enums import RoadmapState
from roadmaps.exchange.source import of_file
from roadmaps.models import Event, PlanDraft, PlanEdit, RoadmapRow
from tests.roadmaps.exchange_samples import PLAN, PLAN_TEXTS, cells, word_file, word_html
from tests.roadmaps.factories import RowFactory


@pytest.fixture
def roadmap(cast):
    cast.roadmap.state = RoadmapState.DRAFT
    cast.roadmap.approved_at = None
    cast.roadmap.save()
    return cast.roadmap


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


def hand_in(client, roadmap, content=None, name="план.docx", **fields):
    if content is not None:
        fields["file"] = SimpleUploadedFile(name, content)
    return client.post(reverse("roadmaps:exchange", args=[roadmap.pk]), fields)


def page_of(draft):
    return reverse("roadmaps:draft", args=[draft.pk])


def choices(draft, **others):
    """What the page of the preview sends when nothing is touched."""
    taken = [str(n) for n, row in enumerate(draft.rows) if not row.get("leave")]
    shown = [str(n) for n in range(len(draft.rows))]
    return {"row": shown, "take": taken, "reading": draft.source["reading"], **others}


def pasted(client, roadmap, *rows):
    text = "\n".join(row.replace("|", "\t") for row in ("№|Мероприятие|Срок", *rows))
    assert hand_in(client, roadmap, text=text).status_code == 302
    return PlanDraft.objects.latest("pk")


@pytest.mark.parametrize("way", ["docx", "html"])
def test_every_cell_of_the_source_is_found_again_in_the_roadmap(methodist, roadmap, way):
    answer = (
        hand_in(methodist, roadmap, word_file())
        if way == "docx"
        else hand_in(methodist, roadmap, text="план", html=word_html())
    )
    draft = PlanDraft.objects.get()
    assert answer["Location"] == page_of(draft)
    preview = methodist.get(page_of(draft)).content.decode().replace("\xa0", " ")
    assert methodist.post(page_of(draft), choices(draft, do="accept")).status_code == 302

    rows = list(RoadmapRow.objects.filter(roadmap=roadmap).select_related("event"))
    found = "\n".join(
        "\n".join(
            (
                f"Этап {row.stage}. {row.get_stage_display()}",
                f"{row.stage} этап. {row.get_stage_display()}",
                row.section,
                row.number,
                *(getattr(row.event, name) for name in PLAN_TEXTS),
            )
        )
        for row in rows
    )
    assert [text for text in cells() if text.strip(" ;,") not in found] == []
    assert [text for text in cells() if text.strip(" ;,") not in preview + found] == []
    first, second, third, last = rows
    assert first.event.steps == "обмен рисковыми профилями\nпротокол намерений"
    assert first.event.responsible_list == [
        "Директор школы-лидера",
        "директор целевой школы",
        "зам. директора по УВР",
        "руководитель ШМО",
        "куратор",
        "методист",
    ]
    assert second.event.due_text == "до 10 августа 2015 года"
    assert "(в срок до 10 августа 2015 года)" in second.event.title
    assert first.event.note == "Отметка о выполнении, № дела: дело № 12"
    assert [row.stage for row in rows] == [1, 1, 2, 3]
    assert third.section == "Этап II. Методическая работа"
    assert third.event.occurrences.count() > 1
    assert last.section == ""


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_export_of_that_roadmap_reads_back_equal(methodist, roadmap, kind):
    hand_in(methodist, roadmap, word_file())
    draft = PlanDraft.objects.get()
    methodist.post(page_of(draft), choices(draft, do="accept"))
    RowFactory(roadmap=roadmap, stage=1, section="Этап 3. Итог", event__title="Без номера, срок 1")
    RowFactory(
        roadmap=roadmap,
        event__title="Отменено",
        event__state="cancelled",
        event__cancel_reason="нет",
    )

    answer = methodist.get(reverse(f"roadmaps:export-{kind}", args=[roadmap.pk]))
    name = unquote(answer["Content-Disposition"])
    assert "Дорожная карта, СОШ №9" in name
    assert name.endswith(f".{kind}")
    _, source = of_file(b"".join(answer.streaming_content), f"x.{kind}")
    read = [
        {name: getattr(one.row, name) for name in ("stage", "section", "number", *PLAN_TEXTS)}
        for one in source.read(roadmap.period).rows
    ]
    stored = RoadmapRow.objects.filter(roadmap=roadmap).exclude(event__state="cancelled")
    assert read == [
        {"stage": row.stage, "section": row.section, "number": row.number}
        | {name: getattr(row.event, name) for name in PLAN_TEXTS}
        for row in stored.select_related("event").order_by("stage", "position")
    ]
    assert len(read) == 5


def test_preview_says_what_was_understood(methodist, roadmap):
    RowFactory(roadmap=roadmap, number="7", event__title="Семинар для педагогов")
    draft = pasted(
        methodist,
        roadmap,
        "1|СЕМИНАР для «педагогов»|до 15.10.2026",
        "2||май",
        "3|Урок|абракадабра",
    )
    html = methodist.get(page_of(draft)).content.decode().replace("\xa0", " ")
    assert "до 15 октября 2026 г. включительно" in html
    assert "Такое мероприятие в карте уже есть: строка 7" in html
    assert "Нет названия мероприятия" in html
    assert "Срок: май" in html
    assert "дата не понята" in html
    assert "«Мероприятие» – мероприятие" in html
    assert "Прочитано 3 строки, взято 2, нельзя взять 1" in html


def test_a_row_that_stands_in_the_plan_with_its_date_is_left_unless_taken(methodist, roadmap):
    RowFactory(roadmap=roadmap, event__title="Семинар", event__due_text="май")
    draft = pasted(methodist, roadmap, "1|Семинар|май", "2|Семинар|июнь")
    assert [bool(row.get("leave")) for row in draft.rows] == [True, False]
    methodist.post(page_of(draft), choices(draft, do="accept"))
    assert roadmap.rows.count() == 2


def test_choices_titles_and_stages_are_kept(methodist, roadmap):
    draft = pasted(methodist, roadmap, "1|Урок|май", "2||июнь", "3|Сбор|июль")
    data = choices(draft, do="save") | {"take": ["0"], "stage-0": "3", "title-1": "Отчёт  общий"}
    methodist.post(page_of(draft), data)
    draft.refresh_from_db()
    first, second, third = draft.rows
    assert (first["stage"], first["leave"]) == (3, False)
    assert (second["title"], second["leave"]) == ("Отчёт общий", False)
    assert "refused" not in second
    assert third["leave"]
    methodist.post(page_of(draft), choices(draft, do="stage", bulk_stage="1"))
    draft.refresh_from_db()
    assert [row["stage"] for row in draft.rows] == [1, 1, 2]
    methodist.post(page_of(draft), choices(draft, do="none"))
    answer = methodist.post(page_of(draft), choices(draft, do="accept") | {"take": []})
    assert answer.status_code == 422
    assert "Не отмечено ни одной строки" in answer.content.decode()
    methodist.post(page_of(draft), choices(draft, do="all"))
    draft.refresh_from_db()
    assert not any(row["leave"] for row in draft.rows)
    assert roadmap.rows.count() == 0


def test_acceptance_is_one_step_of_the_journal_and_sent_twice_it_adds_once(methodist, roadmap):
    draft = pasted(methodist, roadmap, *(f"{n}|Урок {n}|май" for n in range(17)))
    data = choices(draft, do="accept")
    methodist.post(page_of(draft), data)
    methodist.post(page_of(draft), data)
    assert roadmap.rows.count() == 17
    (edit,) = PlanEdit.objects.all()
    assert len(edit.after) == 17
    html = methodist.get(page_of(draft)).content.decode().replace("\xa0", " ")
    assert "добавлено: 17 строк" in html
    assert reverse("roadmaps:detail", args=[roadmap.pk]) in html
    draft.refresh_from_db()
    assert draft.source == {}


def test_an_approved_plan_asks_why(methodist, cast):
    draft = pasted(methodist, cast.roadmap, "1|Урок|май")
    answer = methodist.post(page_of(draft), choices(draft, do="accept"))
    assert answer.status_code == 422
    assert not cast.roadmap.rows.exists()
    methodist.post(page_of(draft), choices(draft, do="accept", why_reason="Новый приказ"))
    (row,) = cast.roadmap.rows.all()
    assert row.is_unapproved
    assert PlanEdit.objects.get().reason == "Новый приказ"


def test_choices_of_a_page_that_is_out_of_date_are_not_saved(methodist, roadmap):
    draft = pasted(methodist, roadmap, "1|Урок|май")
    data = choices(draft, do="accept")
    methodist.post(
        reverse("roadmaps:draft-columns", args=[draft.pk]),
        {"t0-c0": "number", "t0-c1": "title", "t0-c2": "note"},
    )
    answer = methodist.post(page_of(draft), data, follow=True)
    assert "за это время перечитали" in answer.content.decode()
    assert not roadmap.rows.exists()
    draft.refresh_from_db()
    assert draft.rows[0]["note"] == "май"


def test_columns_need_a_title(methodist, roadmap):
    draft = pasted(methodist, roadmap, "1|Урок|май")
    answer = methodist.post(
        reverse("roadmaps:draft-columns", args=[draft.pk]),
        {"t0-c0": "number", "t0-c1": "due", "t0-c2": "note"},
    )
    assert answer.status_code == 422
    assert "в какой графе названия мероприятий" in answer.content.decode()


def test_of_two_tables_the_person_chooses(methodist, roadmap):
    hand_in(methodist, roadmap, word_file(PLAN[:3], PLAN[4:6]))
    draft = PlanDraft.objects.get()
    columns = reverse("roadmaps:draft-columns", args=[draft.pk])
    assert methodist.get(page_of(draft))["Location"] == columns
    html = methodist.get(columns).content.decode()
    assert "Таблица 2, «Дорожная карта 2»" in html
    assert methodist.post(columns, {}).status_code == 422
    assert methodist.post(columns, {"tables": ["7"]}).status_code == 422
    methodist.post(columns, {"tables": ["1"]})
    draft.refresh_from_db()
    assert [row["number"] for row in draft.rows] == ["2.1"]


def test_bad_input_is_said_and_what_was_typed_stays(methodist, roadmap):
    answer = hand_in(methodist, roadmap)
    assert answer.status_code == 422
    assert "Вставьте таблицу в поле или выберите файл" in answer.content.decode()
    answer = hand_in(methodist, roadmap, b"x", text="мой текст")
    assert "Оставьте что-то одно" in answer.content.decode()
    assert "мой текст" in answer.content.decode()
    answer = hand_in(methodist, roadmap, b"\x89PNG", name="план.png")
    assert answer.status_code == 422
    assert "Это картинка" in answer.content.decode()
    assert not PlanDraft.objects.exists()


def test_what_waits_is_listed_for_its_maker_alone(client, cast, roadmap):
    client.sign_in(cast.methodist)
    draft = pasted(client, roadmap, "1|Урок|май")
    url = reverse("roadmaps:exchange", args=[roadmap.pk])
    assert page_of(draft) in client.get(url).content.decode()
    client.sign_in(cast.director)
    assert page_of(draft) not in client.get(url).content.decode()
    for name in ("draft", "draft-columns", "draft-discard"):
        assert client.get(reverse(f"roadmaps:{name}", args=[draft.pk])).status_code == 404
    client.sign_in(cast.methodist)
    client.post(reverse("roadmaps:draft-discard", args=[draft.pk]))
    assert not PlanDraft.objects.exists()


def test_a_school_may_not_add_to_an_approved_plan(client, cast):
    client.sign_in(cast.director)
    answer = client.get(reverse("roadmaps:exchange", args=[cast.roadmap.pk]))
    assert answer.status_code == 403
    assert "строки правит методист" in answer.content.decode()


def test_long_previews_have_pages_and_moving_between_them_saves(methodist, roadmap):
    draft = pasted(methodist, roadmap, *(f"{n}|Урок {n}|май" for n in range(51)))
    html = methodist.get(page_of(draft)).content.decode()
    assert html.count('name="row"') == 50
    data = {"row": ["0"], "take": [], "reading": 0, "do": "page:2"}
    answer = methodist.post(page_of(draft), data)
    assert answer["Location"] == f"{page_of(draft)}?page=2"
    draft.refresh_from_db()
    assert draft.rows[0]["leave"]
    assert not draft.rows[50].get("leave")


def queries(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize("many", [3, 30])
def test_queries_do_not_grow_with_the_rows(methodist, roadmap, many):
    draft = pasted(methodist, roadmap, *(f"{n}|Урок {n}|май" for n in range(many)))
    methodist.get(page_of(draft))
    assert queries(lambda: methodist.get(page_of(draft))) == PREVIEW
    data = choices(draft, do="accept")
    assert queries(lambda: methodist.post(page_of(draft), data)) == ACCEPT
    assert Event.objects.count() == many
    export = reverse("roadmaps:export-docx", args=[roadmap.pk])
    assert queries(lambda: b"".join(methodist.get(export).streaming_content)) == EXPORT


PREVIEW, ACCEPT, EXPORT = 11, 30, 10


def test_the_editor_leads_to_the_files(methodist, roadmap):
    html = methodist.get(reverse("roadmaps:detail", args=[roadmap.pk])).content.decode()
    for name in ("exchange", "export-docx", "export-xlsx"):
        assert reverse(f"roadmaps:{name}", args=[roadmap.pk]) in html

"""Papers of a school (R017): who sees and keeps them, the file, what is refused."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from common.academic_year import AcademicYear
from schools.enums import ChangeArea, OrgType, PaperKind
from schools.models import SchoolChange, SchoolDocument, SchoolFile
from tests.schools import papers
from tests.schools.factories import RiskFactorFactory, SchoolDocumentFactory, SchoolFactory
from tests.schools.papers import EXE, PDF, upload
from tests.schools.test_people import text_of
from tests.urls_walk import paper_of


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def tab(school) -> str:
    return reverse("schools:papers", args=[school.pk])


def add(client, school, **fields: object):
    data = {"kind": PaperKind.TRANSITION, **fields}
    return client.post(reverse("schools:paper-add", args=[school.pk]), data)


def edit(client, paper, **fields: object):
    data = {"kind": paper.kind, "title": paper.title, **fields}
    return client.post(reverse("schools:paper-edit", args=[paper.pk]), data)


def history_of(school) -> list[tuple[str, str, str]]:
    rows = SchoolChange.objects.filter(school=school, area=ChangeArea.PAPERS).order_by("pk")
    return list(rows.values_list("what", "old", "new"))


@pytest.mark.parametrize("who", ["methodist", "director", "coordinator"])
def test_programme_of_transition_with_number_date_years_link_and_file(client, cast, who):
    """R017"""
    client.sign_in(getattr(cast, who))
    answer = add(
        client,
        cast.target,
        number="12-п",
        dated="2026-09-01",
        since="2026/27",
        until="2028/29",
        url="school.example/programma",
        upload=upload(),
    )
    assert answer.url == tab(cast.target)

    paper = SchoolDocument.objects.get()
    assert paper.title == "Программа перехода в эффективный режим развития"
    assert (paper.number, paper.dated) == ("12-п", date(2026, 9, 1))
    assert (paper.since, paper.until) == (AcademicYear(2026), AcademicYear(2028))
    assert paper.url == "https://school.example/programma"
    assert (paper.file.original_name, paper.author) == ("Программа.pdf", getattr(cast, who))
    page = text_of(client.get(tab(cast.target)))
    assert "01.09.2026" in page
    assert "2026/27 – 2028/29" in page
    assert history_of(cast.target) == [
        (f"Документ добавлен: {paper.title}", "", paper.title),
    ]


def test_anti_risk_programme_names_its_factor(client, cast):
    factor = RiskFactorFactory(name="Дефицит педагогических кадров")
    client.sign_in(cast.director)
    add(client, cast.target, kind=PaperKind.ANTI_RISK, factor=factor.pk)

    assert SchoolDocument.objects.get().title == (
        "Антирисковая программа: Дефицит педагогических кадров"
    )
    assert "Фактор риска: Дефицит" in text_of(client.get(tab(cast.target)))


@pytest.mark.parametrize("who", ["lead_director", "lonely_director", "curator", "administrator"])
def test_papers_are_seen_where_risks_are(client, cast, who):
    paper = paper_of(cast.target, cast.director)
    client.sign_in(getattr(cast, who))

    assert client.get(tab(cast.target)).status_code in {403, 404}
    for name in ("paper-edit", "paper-delete", "paper-file"):
        assert client.get(reverse(f"schools:{name}", args=[paper.pk])).status_code == 404
    assert tab(cast.target) not in text_of(
        client.get(reverse("schools:school-people", args=[cast.target.pk]))
    )


def test_chair_reads_and_does_not_write(client, cast):
    paper = paper_of(cast.target, cast.director)
    client.sign_in(cast.chair)

    page = text_of(client.get(tab(cast.target)))
    assert paper.title in page
    assert "Править" not in page
    assert edit(client, paper).status_code == 403
    assert add(client, cast.target).status_code == 403


def test_file_is_saved_under_its_own_name_and_never_shown(client, cast):
    paper = paper_of(cast.target, cast.director)
    client.sign_in(cast.chair)
    answer = client.get(reverse("schools:paper-file", args=[paper.pk]))

    assert answer.getvalue() == b"%PDF-1.7\n%%EOF\n"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F%D1%80")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert "private" in answer["Cache-Control"]


def test_paper_without_a_file_gives_none(client, cast):
    paper = SchoolDocumentFactory(school=cast.target)
    client.sign_in(cast.director)
    assert client.get(reverse("schools:paper-file", args=[paper.pk])).status_code == 404


def test_a_new_file_takes_the_place_of_the_old_one(client, cast, media, committed):
    paper = paper_of(cast.target, cast.director)
    client.sign_in(cast.director)
    with committed():
        edit(client, paper, upload=upload(papers.picture(), "скан.png"))

    paper.refresh_from_db()
    assert paper.file.original_name == "скан.png"
    assert SchoolFile.objects.count() == files_in(media) == 1
    assert history_of(cast.target) == [(f"{paper.title}: файл", "Программа.pdf", "скан.png")]


def test_edit_without_a_file_keeps_it_and_drops_it_when_asked(client, cast, media, committed):
    paper = paper_of(cast.target, cast.director)
    client.sign_in(cast.director)
    edit(client, paper, number="7")
    paper.refresh_from_db()
    assert paper.file is not None
    with committed():
        edit(client, paper, number="7", drop_file="on")

    paper.refresh_from_db()
    assert paper.file is None
    assert files_in(media) == 0


def test_deleted_paper_takes_its_file_along(client, cast, media, committed):
    paper = paper_of(cast.target, cast.director)
    client.sign_in(cast.director)
    url = reverse("schools:paper-delete", args=[paper.pk])

    assert f"Удалить документ «{paper.title}»?" in text_of(client.get(url))
    assert SchoolDocument.objects.exists()
    with committed():
        assert client.post(url).url == tab(cast.target)
    assert not SchoolDocument.objects.exists()
    assert files_in(media) == SchoolFile.objects.count() == 0
    assert history_of(cast.target)[-1] == (f"Документ удалён: {paper.title}", paper.title, "")
    assert client.post(url).status_code == 404


def test_double_submit_keeps_one_paper_and_one_file(client, cast, media, committed):
    client.sign_in(cast.director)
    for _ in range(2):
        with committed():
            assert add(client, cast.target, upload=upload()).status_code == 302

    assert SchoolDocument.objects.count() == files_in(media) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (EXE, "программа.pdf", "Такие файлы не принимаются"),
        (papers.office(papers.WORD_WITH_MACROS), "программа.docm", "есть макросы"),
        (b"", "программа.pdf", "Файл пуст"),
        (b"%PDF-" + bytes(25 * 1024 * 1024), "программа.pdf", "больше 20 МБ"),
        (papers.office(papers.WORD), "программа.pdf", "внутри документ Word"),
    ],
)
def test_bad_files_are_told_and_nothing_typed_is_lost(client, cast, content, name, sentence):
    client.sign_in(cast.director)
    answer = add(client, cast.target, title="Наша программа", upload=upload(content, name))

    assert answer.status_code == 200
    page = text_of(answer)
    assert sentence in page
    assert 'value="Наша программа"' in page
    assert not SchoolDocument.objects.exists()
    assert not SchoolFile.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Обязательное поле"),
        ({"kind": "diary"}, "корректный вариант"),
        ({"title": "А" * 301}, "не более 300"),
        ({"title": "А\x00"}, "ноль-байт"),
        ({"dated": "2026-11-25"}, "будущая дата"),
        ({"dated": "вчера"}, "правильную дату"),
        ({"since": "2027/28", "until": "2026/27"}, "раньше первого учебного года"),
        ({"since": "2026/28"}, "заканчивается в 2027 году"),
        ({"since": "9" * 400}, "не более 20"),
        ({"url": "не адрес"}, "адрес целиком"),
        ({"url": "javascript:alert(1)"}, "адрес целиком"),
        ({"factor": "9" * 30}, "корректный вариант"),
    ],
)
def test_bad_input_is_told(client, cast, fields, sentence):
    client.sign_in(cast.director)
    answer = add(client, cast.target, **fields)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not SchoolDocument.objects.exists()


def test_factor_stands_at_anti_risk_programmes_of_the_own_catalogue(client, cast):
    own = RiskFactorFactory()
    foreign = RiskFactorFactory(name="Чужой фактор", municipality=cast.foreign)
    client.sign_in(cast.director)

    assert "только у антирисковой" in text_of(add(client, cast.target, factor=own.pk))
    answer = text_of(add(client, cast.target, kind=PaperKind.ANTI_RISK, factor=foreign.pk))
    assert "корректный вариант" in answer
    assert "Чужой фактор" not in answer


def test_a_file_beside_a_mistake_is_asked_for_again(client, cast):
    client.sign_in(cast.director)
    page = text_of(add(client, cast.target, dated="вчера", upload=upload()))
    assert "Выберите файл ещё раз" in page


def test_papers_of_other_schools_and_of_foreign_ones_are_not_written(client, cast):
    client.sign_in(cast.director)
    assert add(client, cast.lead).status_code == 403
    assert add(client, cast.foreign_target).status_code == 404
    foreign = paper_of(cast.foreign_target, cast.stranger)
    for name in ("paper-edit", "paper-delete", "paper-file"):
        assert client.get(reverse(f"schools:{name}", args=[foreign.pk])).status_code == 404


def test_organisation_without_pupils_has_no_papers(client, cast):
    museum = SchoolFactory(municipality=cast.municipality, org_type=OrgType.PUBLIC)
    client.sign_in(cast.methodist)
    refused = client.get(tab(museum))
    assert refused.status_code == 403
    assert "она не школа" in text_of(refused)
    assert add(client, museum).status_code == 403
    card = client.get(reverse("schools:school-people", args=[museum.pk]))
    assert tab(museum) not in text_of(card)


def test_papers_of_a_closed_school_stay_as_they_were(client, cast):
    paper = paper_of(cast.target, cast.director)
    cast.target.closed_on = date(2026, 8, 31)
    cast.target.save()
    client.sign_in(cast.methodist)

    assert paper.title in text_of(client.get(tab(cast.target)))
    for answer in (add(client, cast.target), edit(client, paper)):
        assert answer.status_code == 403
        assert "Школа закрыта" in text_of(answer)


def test_history_of_papers_is_hidden_where_risks_are(client, cast):
    client.sign_in(cast.director)
    add(client, cast.target)
    assert SchoolChange.objects.visible_to(cast.director).filter(area=ChangeArea.PAPERS).exists()
    hidden = SchoolChange.objects.visible_to(cast.lead_director)
    assert not hidden.filter(area=ChangeArea.PAPERS).exists()


def test_programme_of_transition_stands_first(client, cast):
    """R017"""
    for kind in (PaperKind.OTHER, PaperKind.ANTI_RISK, PaperKind.TRANSITION):
        SchoolDocumentFactory(school=cast.target, kind=kind, title=f"Название {kind.label}")
    client.sign_in(cast.chair)
    page = text_of(client.get(tab(cast.target)))
    places = [
        page.index(f"Название {kind.label}")
        for kind in (PaperKind.TRANSITION, PaperKind.ANTI_RISK, PaperKind.OTHER)
    ]
    assert places == sorted(places)


def test_texts_are_text(client, cast):
    file = SchoolFile.of_content(
        PDF,
        original_name="a&b.pdf",
        content_type="application/pdf",
        by=None,
        municipality=cast.municipality,
    )
    file.save()
    SchoolDocumentFactory(school=cast.target, title="<i>П</i>", number="<b>1</b>", file=file)
    client.sign_in(cast.director)
    page = text_of(client.get(tab(cast.target)))
    assert "<i>П</i>" not in page
    assert "<b>1</b>" not in page
    assert "a&amp;b.pdf" in page

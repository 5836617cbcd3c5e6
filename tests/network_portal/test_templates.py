"""Error pages without a context, components, and the crispy pack."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.verdicts import Denied
from network_portal.gallery import SampleForm, sample
from tests.strict import complaints_about


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_page_needs_neither_context_nor_database(name: str):
    html = render_to_string(f"{name}.html")
    assert complaints_about(html, whole=True) == []
    assert "data-reason" in html


def test_refusal_shows_its_reason():
    html = render_to_string("403.html", {"exception": "Карта ждёт решения методиста."})
    assert "Карта ждёт решения методиста." in html


def test_maintenance_note_is_text():
    assert "&lt;b&gt;" in render_to_string("503.html", {"note": "<b>До 18:00</b>"})


def test_gallery_is_clean():
    request = RequestFactory().get("/")
    html = render_to_string("gallery.html", sample(request), request=request)
    # The two forms stand on one page only here, and so do their summaries.
    assert complaints_about(html, whole=True) == []


def form_html(form: SampleForm) -> str:
    from crispy_forms.utils import render_crispy_form

    return render_crispy_form(form, context={"csrf_token": "t"})


def test_wrong_field_is_described_once_by_hint_and_error():
    html = form_html(SampleForm({"people": "много"}))
    (control,) = re.findall(r"<input[^>]*name=\"people\"[^>]*>", html)
    assert control.count("aria-describedby") == 1
    assert 'aria-describedby="id_people_helptext id_people_error"' in control
    assert 'aria-invalid="true"' in control
    assert html.count('id="id_people_error"') == html.count('id="id_people_helptext"') == 1


def test_summary_links_to_every_wrong_field():
    html = form_html(SampleForm({"people": "1"}))
    summary = html[html.index('role="alert"') : html.index("id_title_error")]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links == ["id_title", "id_due", "id_kind", "id_place_0"]
    assert all(f'id="{link}"' in html for link in links)


def test_form_without_errors_has_no_summary():
    assert 'role="alert"' not in form_html(SampleForm())


def test_choices_are_a_group_with_a_name():
    html = form_html(SampleForm(initial={"place": "lead"}))
    group = html[html.index("<legend>Где") :]
    assert 'id="id_place_0"' in group
    assert re.search(r'value="lead"[^>]*checked', group)


def test_error_is_text_not_html():
    form = SampleForm({"kind": "<script>x</script>"})
    assert "<script>" not in form_html(form)


def test_refused_button_says_why():
    html = render_to_string(
        "components/button.html",
        {"text": "Отправить", "id": "send", "verdict": Denied("Нет ответственного.")},
    )
    assert 'aria-disabled="true" aria-describedby="send-why"' in html
    assert '<span class="tiny" id="send-why">Нет ответственного.</span>' in html


def test_empty_fact_reads_not_given():
    html = render_to_string("components/facts.html", {"facts": [{"term": "Сайт", "value": ""}]})
    assert re.search(r"<dd>\s*не указано\s*</dd>", html)

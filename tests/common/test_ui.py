from datetime import date
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from common.badges import BADGES
from common.icons import ICONS
from common.jobs import JobStatus


def shown(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


class TestIcons:
    def test_a_bare_icon_is_hidden_from_screen_readers(self):
        html = shown('{% icon "check" %}')
        assert 'aria-hidden="true"' in html
        assert f'd="{ICONS["check"]}"' in html

    def test_a_labelled_icon_has_a_name(self):
        html = shown('{% icon "eye" label=words %}', words='"Вид"')
        assert 'role="img" aria-label="&quot;Вид&quot;"' in html
        assert "aria-hidden" not in html

    def test_an_unknown_icon_is_a_mistake(self):
        with pytest.raises(KeyError):
            shown('{% icon "unicorn" %}')

    def test_strokes_hold_nothing_but_a_path(self):
        for name, path in ICONS.items():
            assert set(path) <= set("MLHVCSAzmlhvcsa0123456789.- "), name


class TestBadges:
    def test_the_catalogue_names_known_icons_and_tones(self):
        for code, badge in BADGES.items():
            assert badge.word, code
            assert badge.icon in ICONS, code
            assert badge.tone in {"", "ok", "warn", "bad", "info"}, code

    def test_jobs_have_their_badges(self):
        assert set(JobStatus.values) <= set(BADGES)

    def test_a_badge_is_word_icon_and_tone(self):
        html = shown('{% badge "overdue" %}')
        ElementTree.fromstring(html)
        assert html.startswith('<span class="badge bad"><svg')
        assert html.endswith("</svg>Просрочено</span>")

    def test_extra_words_are_added_and_escaped(self):
        assert "Просрочено 2<" in shown('{% badge "overdue" extra=2 %}')
        assert "Запланировано до\u00a030\u00a0ноября<" in shown(
            '{% badge "planned" extra="до 30 ноября" %}'
        )
        assert "&lt;b&gt;" in shown('{% badge "planned" extra=x %}', x="<b>")

    def test_the_word_may_agree_with_its_noun(self):
        assert ">Подтверждён<" in shown('{% badge "confirmed" word="Подтверждён" %}')

    def test_a_plain_badge_has_no_tone(self):
        assert 'class="badge"' in shown('{% badge "draft" %}')

    def test_a_badge_of_own_words(self):
        html = shown('{% badge_text "5 дней" "clock" "bad" %}')
        assert 'class="badge bad"' in html
        assert "5\u00a0дней" in html

    def test_an_unknown_code_is_a_mistake(self):
        with pytest.raises(KeyError):
            shown('{% badge "unicorn" %}')


def test_bar():
    assert shown("{% bar 8 2 6 %}").count("<rect") == 3
    assert shown("{% bar 8 2 %}").count("<rect") == 2


class TestQuery:
    def query(self, source, address):
        html = shown(source, request=RequestFactory().get(address))
        return QueryDict(html.replace("&amp;", "&").removeprefix("?"))

    def test_changes_one_parameter_and_keeps_lists(self):
        query = self.query("{% query page=3 %}", "/?state=a&state=b&page=2")
        assert query.getlist("state") == ["a", "b"]
        assert query.getlist("page") == ["3"]

    def test_encodes_what_it_writes(self):
        html = shown("{% query q=words %}", words="я & <b>", request=RequestFactory().get("/"))
        assert html == "?q=%D1%8F+%26+%3Cb%3E"

    def test_none_and_empty_drop_a_parameter(self):
        query = self.query('{% query page=None q="" %}', "/?q=x&page=2&y=1")
        assert query.urlencode() == "y=1"

    def test_zero_and_lists_are_kept(self):
        html = shown(
            "{% query n=0 s=states %}", states=["a", "b"], request=RequestFactory().get("/")
        )
        assert html == "?n=0&amp;s=a&amp;s=b"

    def test_the_request_is_not_changed(self):
        request = RequestFactory().get("/?page=1")
        shown("{% query page=3 %}", request=request)
        assert request.GET["page"] == "1"


class TestFilters:
    def test_counted_and_plural(self):
        assert shown('{{ n|counted:"день,дня,дней" }}', n=3) == "3\u00a0дня"
        assert shown('{{ n|plural:"день,дня,дней" }}', n=3) == "дня"
        assert shown('{{ n|counted:"день,дня,дней" }}', n=None) == "0\u00a0дней"

    def test_dates(self):
        day = date(2026, 11, 24)
        assert shown("{{ d|longdate }}", d=day) == "24\u00a0ноября 2026\u00a0г."
        assert shown("{{ d|shortdate }}", d=day) == "24\u00a0ноября"
        assert shown("{{ d|longdate }}{{ d|shortdate }}", d=None) == ""

    def test_typography_keeps_escaping(self):
        assert shown("{{ t|nb }}", t="<b> в школе") == "&lt;b&gt; в\u00a0школе"

    def test_typography_of_trusted_html_leaves_tags_alone(self):
        html = mark_safe('<a title="в школе" href="/">в школе</a> № 5')
        assert shown("{{ t|nb }}", t=html) == (
            '<a title="в школе" href="/">в\u00a0школе</a>\u00a0№\u00a05'
        )

"""What a hostile clipboard puts into the field of the table: read at once, or refused."""

import pytest

from roadmaps.exchange import html
from roadmaps.exchange.grid import TableError
from roadmaps.exchange.source import of_paste
from roadmaps.forms.exchange import ExchangeForm

TABLE = "<table><tr><td>Семинар</td><td>октябрь</td></tr></table>"


def told(text: str) -> list[tuple[str | None, ...]]:
    return [line.cells for table in html.read(text) for line in table.lines]


@pytest.mark.parametrize(
    "endless",
    ["<a ", "<a x='", "<!--", "<![", "<!", "</", "</a", "<?", "<!-- > <a "],
)
def test_tags_that_never_end_are_read_at_once(endless):
    """The parser of the standard library looked for their ends for days."""
    assert told(TABLE + endless * 50_000) == told(TABLE)


@pytest.mark.parametrize("broken", ["<![", "<![ ]>", "<![if >", "<!x [", "<![CDATA[ x ]]>"])
def test_a_broken_declaration_is_no_failure(broken):
    """The parser of the standard library raises AssertionError for some of them."""
    assert told(broken + TABLE) == told(TABLE)


def test_comments_are_left_out_and_signs_of_comparison_stay():
    cells = "<td><!-- <b>скрыто --> 5 < 7 > 3</td><td><![if !x]>1.<![endif]> по 5&lt;6</td>"
    assert told(f"<table><tr>{cells}</tr></table>") == [("5 < 7 > 3", "1. по 5<6")]


def test_a_book_of_html_is_refused():
    with pytest.raises(TableError, match="слишком велико"):
        html.read(" " * (html.MAX_LENGTH + 1))


@pytest.mark.parametrize("cells", ["ш" * 10_001, "\t".join(["ш" * 9_000] * 40)])
def test_a_table_with_a_book_of_text_is_refused(cells):
    """A zipped file of a few kilobytes unpacks to it, and reading it took minutes."""
    with pytest.raises(TableError, match="слишком много текста"):
        of_paste("\n".join([cells] * 10), "")


def test_a_million_empty_rows_is_no_table():
    with pytest.raises(TableError, match="больше 4000 строк"):
        html.read("<table>" + "<tr><td></td></tr>" * 20_001 + "</table>")


def test_an_unreadable_text_beside_html_is_a_sentence():
    assert "text" in ExchangeForm({"text": "\0", "html": TABLE}).errors

"""A test client that looks at every HTML page it gets.

It refuses what no page of ours may hold: inline handlers, scripts or styles, addresses of other
hosts, unresolved template variables, fields without a label, more or fewer than one `h1`,
duplicate ids, tables without a caption, headings of tables without a scope, pictures without a
text, links that lead nowhere, forms that post without a token.
"""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

FIELDS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """What the strict client wants to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings = 0
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.complaints: list[str] = []
        self._labels_open = 0
        #: Of the table and the posting form that are open: what they still lack.
        self._bare_tables: list[bool] = []
        self._bare_form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        if "id" in values:
            self.ids.append(values["id"])
        self._look_at_attributes(tag, values)
        self._look_at_structure(tag, values)
        if tag == "label":
            self._labels_open += 1
            self.labels.add(values.get("for", ""))
        if tag in FIELDS and values.get("type") not in UNLABELLED_TYPES:
            self.fields.append(values | {"wrapped": "yes" if self._labels_open else ""})

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._labels_open -= 1
        if tag == "table" and self._bare_tables and self._bare_tables.pop():
            self.complaints.append("table without a caption")
        if tag == "form" and self._bare_form:
            self._bare_form = False
            self.complaints.append("form posts without a token")

    def _look_at_structure(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self._bare_tables.append(True)
        if tag == "caption" and self._bare_tables:
            self._bare_tables[-1] = False
        if tag == "form":
            self._bare_form = values.get("method", "").lower() == "post"
        if values.get("name") == "csrfmiddlewaretoken":
            self._bare_form = False
        if tag == "th" and "scope" not in values:
            self.complaints.append("<th> without a scope")
        if tag == "img" and "alt" not in values:
            self.complaints.append(f"picture without a text: {values.get('src')}")
        if tag == "a" and values.get("href", "") in {"", "#"}:
            self.complaints.append(f"link that leads nowhere: {values}")

    def _look_at_attributes(self, tag: str, values: dict[str, str]) -> None:
        for name in values:
            if name.startswith("on"):
                self.complaints.append(f"inline handler {name} on <{tag}>")
        if "style" in values or tag == "style":
            self.complaints.append(f"inline style on <{tag}>")
        if tag == "script" and "src" not in values:
            self.complaints.append("inline script")
        loaded = {"script": "src", "img": "src", "link": "href"}.get(tag)
        if loaded and re.match(r"(https?:)?//", values.get(loaded, "")):
            self.complaints.append(f"<{tag}> loads from another host: {values[loaded]}")

    def unlabelled(self) -> list[str]:
        return [
            str(field)
            for field in self.fields
            if not (
                field["wrapped"]
                or field.get("id") in self.labels
                or field.get("aria-label")
                or field.get("aria-labelledby")
            )
        ]


def complaints_about(html: str, *, whole: bool) -> list[str]:
    """Everything wrong with a page; a partial (`whole=False`) needs no heading."""
    page = Page(html)
    found = list(page.complaints)
    if re.search(r"\{\{|\{%|INVALID-VARIABLE", html):
        found.append("unresolved template syntax")
    doubles = {ident for ident in page.ids if page.ids.count(ident) > 1}
    if doubles:
        found.append(f"ids used twice: {sorted(doubles)}")
    found += [f"field without a label: {field}" for field in page.unlabelled()]
    if whole and page.headings != 1:
        found.append(f"{page.headings} h1 on the page")
    return found


class StrictClient(Client):
    """Django's test client that fails the test on a bad page. Signs in with `sign_in(user)`."""

    def sign_in(self, user: Any) -> "StrictClient":
        self.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return self

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        ours = not request["PATH_INFO"].startswith("/service/")
        if kind.startswith("text/html") and not response.streaming and ours:
            html = response.content.decode()
            if html.strip():
                found = complaints_about(html, whole="<html" in html)
                assert not found, f"{request['PATH_INFO']}: {found}"
        return response

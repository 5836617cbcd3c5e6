"""Templates, stylesheets and URL names fit together: nothing unused, nothing missing."""

import ast
import re
from functools import cache

import pytest
from django.template.base import Template
from django.template.defaulttags import URLNode
from django.template.loader import get_template

from tests.sources import (
    ROOT,
    code_files,
    is_russian,
    parsed,
    place,
    refuse,
    strings,
    template_files,
    template_name,
    text,
    without_comments,
)
from tests.test_consistency import KNOWN_LATIN
from tests.urls_walk import routes

#: Found by name by Django and crispy-forms themselves.
BY_NAME = re.compile(r"^((400|403|403_csrf|404|500)\.html|portal/.*|django/forms/widgets/.*)$")

_MENTION = re.compile(r"[\w-]+(?:/[\w-]+)*\.(?:html|txt)(?:#[\w-]+)?")
_URL_NAME = re.compile(
    r"(?:accounts|schools|partnerships|roadmaps|indicators|reports):[a-z]+(?:-[a-z]+)*"
)
_DYNAMIC = "\N{REPLACEMENT CHARACTER}"


@cache
def mentioned() -> dict[str, set[str]]:
    """Template names in code and templates, with the files that mention them."""
    found: dict[str, set[str]] = {}
    for path in code_files():
        for _, value in strings(path):
            if match := _MENTION.fullmatch(value):
                found.setdefault(match[0], set()).add(place(path))
    for path in template_files():
        for tag in re.findall(r"\{%.*?%\}", without_comments(text(path)), re.DOTALL):
            for name in _MENTION.findall(tag):
                found.setdefault(name, set()).add(place(path))
    return found


def test_every_template_is_used():
    known = {name.partition("#")[0] for name in mentioned()}
    # «/balance.html» of f"{folder}/balance.html".
    ends = {
        value for path in code_files() for _, value in strings(path) if value.startswith("/")
    } & {f"/{path.name}" for path in template_files()}
    refuse(
        name
        for path in template_files()
        if (name := template_name(path)) not in known
        and f"/{path.name}" not in ends
        and not BY_NAME.match(name)
    )


def test_every_template_that_is_mentioned_exists():
    missing = {}
    for name, where in mentioned().items():
        if "/" not in name:
            continue  # it may as well be the name of a file
        try:
            get_template(name)
        except Exception as error:
            missing[name] = f"{error!r} in {sorted(where)}"
    refuse(f"{name}: {why}" for name, why in missing.items())


def compiled() -> list[tuple[str, Template]]:
    return [(template_name(p), get_template(template_name(p)).template) for p in template_files()]


def test_every_address_in_a_template_is_known():
    known = {route.name: route.parameters for route in routes()}
    wrong = []
    for name, template in compiled():
        for node in template.nodelist.get_nodes_by_type(URLNode):
            target = node.view_name.var
            if not isinstance(target, str) or target.startswith("admin:"):
                continue
            taken = known.get(target)
            given = set(node.kwargs) or len(node.args)
            if taken is None:
                wrong.append(f"{name}: {target}")
            elif given not in (set(taken), len(taken)):
                wrong.append(f"{name}: {target} takes {taken}")
    refuse(wrong)


def test_every_address_in_code_is_known():
    known = {route.name for route in routes()}
    wrong = [
        f"{place(path)}:{line} {value}"
        for path in code_files()
        for line, value in strings(path)
        if _URL_NAME.fullmatch(value) and value not in known
    ]
    refuse(wrong)


@pytest.mark.parametrize("path", template_files(), ids=template_name)
def test_template_has_nothing_inline_and_escapes_everything(path):
    """A letter is plain text, and the hint of a field is ours."""
    source = without_comments(text(path)).replace("field.help_text|safe", "")
    escapes = r"|\|safe\b|autoescape off" if path.suffix == ".html" else ""
    found = re.findall(rf"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:{escapes}", source)
    found += [tag for tag in re.findall(r"<script\b[^>]*>", source) if "src=" not in tag]
    refuse(found)


@pytest.mark.parametrize("path", template_files(), ids=template_name)
def test_template_holds_no_english(path):
    """168-ФЗ: what is left between the tags are words for people."""
    source = re.sub(
        r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", without_comments(text(path)), flags=re.S
    )
    spoken = re.findall(r"(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"", source)
    spoken.append(re.sub(r"<[^>]*>|&\w+;", " ", source))
    words = re.findall(r"[A-Za-z]{3,}", " ".join(spoken))
    refuse([word for word in words if word not in KNOWN_LATIN])


def test_template_is_shorter_than_a_long_page():
    long = {template_name(p): n for p in template_files() if (n := text(p).count("\n")) > 250}
    refuse(f"{name}: {lines}" for name, lines in long.items())


# --- Stylesheets ------------------------------------------------------------------------------


@cache
def styled() -> set[str]:
    """Classes that some stylesheet knows."""
    found = set()
    for path in sorted((ROOT / "static" / "css").glob("*.css")):
        css = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", " ", text(path), flags=re.DOTALL)
        found |= set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", css))
    return found


def classes_in(markup: str) -> set[str]:
    """Whole class names in `class="…"`; what a tag glues together is left out."""
    bare = re.sub(r"\{\{.*?\}\}", _DYNAMIC, markup, flags=re.DOTALL)
    bare = re.sub(r"\{%.*?%\}", _space, bare, flags=re.DOTALL)
    found: set[str] = set()
    for value in re.findall(r"\bclass=[\"']([^\"']*)[\"']", bare):
        found |= {name for name in value.split() if _DYNAMIC not in name and "{" not in name}
    return found


def _space(tag: re.Match[str]) -> str:
    return (
        " " if re.match(r"\{%\s*(if|elif|else|endif|for|endfor|empty|with|endwith)", tag[0]) else ""
    )


@cache
def worn() -> dict[str, str]:
    """Classes that pages wear, with one place of each: templates and markup in code."""
    found = {}
    for path in template_files():
        found |= dict.fromkeys(classes_in(without_comments(text(path))), place(path))
    for path in code_files():
        for _, value in strings(path):
            if "class=" in value:
                found |= dict.fromkeys(classes_in(value.replace("{}", _DYNAMIC)), place(path))
    for path in sorted((ROOT / "static" / "js").glob("*.js")):
        for names in re.findall(r"class(?:Name\s*=|List\.\w+\()\s*[\"']([\w -]+)[\"']", text(path)):
            found |= dict.fromkeys(names.split(), place(path))
    return found


def test_every_class_of_a_page_has_a_style():
    known = styled()
    refuse(f".{name} in {where}" for name, where in worn().items() if name not in known)


def test_every_style_is_worn_by_some_page():
    """A class that only code puts together (a tone, a variant) stands there as a word."""
    words = set(worn())
    for path in code_files():
        for _, value in strings(path):
            if not is_russian(value):
                words |= set(re.findall(r"[\w-]+", value))
    for path in template_files():
        for value in re.findall(r"['\"]([\w -]+)['\"]", text(path)):
            words |= set(value.split())
    glued = tuple(glued_prefixes())
    refuse(
        sorted(
            name
            for name in styled() - words
            if not name.startswith("htmx-") and not re.match(rf"({'|'.join(glued)})\d+$", name)
        )
    )


def glued_prefixes() -> set[str]:
    """«w» of `f"w{width}"`: classes with a number."""
    return {
        part.value
        for path in code_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.JoinedStr)
        for part in node.values[:1]
        if isinstance(part, ast.Constant) and re.fullmatch("[a-z]", part.value)
    }

"""The house rules of architecture.md that a machine can watch, over all code at once."""

import ast
import re

import pytest
from django.db.models import Field, Model

from tests.lists import is_list
from tests.sources import (
    FLOORS,
    ROOT,
    code_files,
    is_russian,
    our_apps,
    parsed,
    place,
    refuse,
    strings,
    text,
    text_files,
)
from tests.test_lists import LISTS
from tests.urls_walk import routes

#: A name must say what may go in.
FORBIDDEN_ROOMS = {"services.py", "utils.py", "helpers.py", "misc.py", "common.py"}

MODELS = [model for app in our_apps() for model in app.get_models()]


def test_no_room_without_a_meaning():
    refuse(place(path) for path in code_files() if path.name in FORBIDDEN_ROOMS)


def test_no_signals_between_our_apps():
    """A signal hides who calls whom; Django's own about signing in are somebody else's news."""
    refuse(
        f"{place(path)}:{node.lineno}"
        for path in code_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and _brings_signals(node)
    )


def _brings_signals(node: ast.ImportFrom) -> bool:
    own = node.module == "django.dispatch" and "Signal" in {name.name for name in node.names}
    return own or node.module == "django.db.models.signals"


def test_saving_and_deleting_have_no_side_effects():
    verbs = {"save", "delete", "save_base", "bulk_create", "__init__"}
    found = [
        f"{node.name}.{part.name} in {place(path)}"
        for path in code_files()
        if "models" in place(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name in verbs
    ]
    refuse(found)


def test_nothing_is_left_for_later():
    word = re.compile(
        "|".join(rf"\b{a}{b}\b" for a, b in [("TO", "DO"), ("FIX", "ME"), ("XX", "X")])
    )
    refuse([place(p) for p in text_files() if word.search(text(p))])


def test_no_registry_address_and_no_path_of_a_machine():
    parts = [
        ("pypi", ".org"), ("files.python", "hosted"), ("registry.npm", "js"), ("/si", "mple/"),
        ("npm", "js.com"), ("proxy.go", "lang"), ("index", "-url http"), ("/work", "/main"),
        ("/home", "/"), ("/root", "/"),
    ]  # fmt: skip
    needles = ["".join(pair) for pair in parts]
    found = [
        f"{place(path)}: {needle}"
        for path in text_files()
        for needle in needles
        if needle in text(path)
    ]
    refuse(found)


def test_every_dependency_says_what_it_is_for():
    """Neighbours may share one comment: the two font packages do."""
    unexplained = []
    explained = False
    for line in text(ROOT / "pyproject.toml").partition("[tool.")[0].splitlines():
        if re.match(r'\s+"[a-z].*[=<>\]].*",$', line) and not explained:
            unexplained.append(line.strip())
        explained = line.lstrip().startswith(("#", '"'))
    refuse(unexplained)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_speaks_russian(model: type[Model]):
    options = model._meta
    assert is_russian(options.verbose_name), "verbose_name"
    assert is_russian(options.verbose_name_plural), "verbose_name_plural"
    own = [base for base in model.__mro__ if base.__module__.split(".")[0] in FLOORS]
    assert any("__str__" in vars(base) for base in own), "__str__"
    silent = [field.name for field in options.get_fields() if not named(field)]
    refuse(silent)


def named(field: Field) -> bool:
    """Whether a field has a Russian name; keys, relations from elsewhere need none."""
    if field.auto_created or not field.concrete or field.primary_key:
        return True
    inherited = field.name in {"groups", "user_permissions", "is_superuser", "last_login"}
    return inherited or is_russian(field.verbose_name)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_broken_constraint_says_in_russian_what_is_wrong(model: type[Model]):
    """A form answers with this sentence; the default one names the constraint."""
    silent = [c.name for c in model._meta.constraints if not is_russian(c.violation_error_message)]
    refuse(silent)


#: Latin words that a Russian reader of official papers knows.
KNOWN_LATIN = {
    *(
        "PDF",
        "DOCX",
        "XLSX",
        "HTML",
        "ZIP",
        "RTF",
        "Ctrl",
        "Enter",
        "Esc",
        "Alt",
        "JPEG",
        "JPG",
        "PNG",
        "WebP",
        "HEIC",
        "AVIF",
        "GIF",
    ),
    *("Excel", "Word", "CSV", "ODT", "OpenDocument"),
    *("SHA", "QR", "ID", "SMTP", "SQLite", "PostgreSQL", "Redis", "cookie"),
}


def test_texts_of_the_interface_hold_no_english():
    """168-ФЗ. A string with Russian words is a text for people; names of things in it are not."""
    named_things = re.compile(
        r"«[^»]*»|`[^`]*`|%\(?\w*\)?\w|\{[^}]*\}|https?://\S*|\\\w|<[^>]*>|&\w+;|\.\w+"
    )
    foreign = []
    for path in code_files(*FLOORS[:-1]):
        if "management" in path.parts:  # commands speak to a programmer's console
            continue
        for line, value in strings(path):
            if is_russian(value) and not looks_like_a_pattern(value):
                words = re.findall(r"(?![IVX]+\b)\b[A-Za-z]{3,}", named_things.sub(" ", value))
                foreign += [
                    f"{place(path)}:{line} {word}" for word in words if word not in KNOWN_LATIN
                ]
    refuse(foreign)


def looks_like_a_pattern(value: str) -> bool:
    return "(?" in value or "\\" in value or "[а-я" in value


def test_every_list_page_has_its_number_of_queries():
    told = {case.url_name for case in LISTS}
    lists = {route.name for route in routes() if is_list(route.name)}
    refuse(sorted(lists - told))


def test_table_of_lists_names_no_lost_page():
    refuse(sorted({case.url_name for case in LISTS} - {route.name for route in routes()}))

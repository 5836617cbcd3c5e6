"""Nothing below knows what stands above: neither by a relation nor by a lookup backwards.

Imports are looked at by import-linter in `./portal check`; a foreign key written as a string and
a reverse lookup need no import, and are upward all the same (decision 1).
"""

import ast
import re

from django.db.models import Model

from tests.sources import FLOORS, TEMPLATES, code_files, our_apps, parsed, place, refuse, text

#: Words that are names of relations from above and of something else too, with the reason.
HOMONYMS: dict[str, set[str]] = {}


def floor(app: str) -> int:
    """Number of an app's floor; Django's own apps are the ground."""
    return FLOORS.index(app) if app in FLOORS else -1


def our_models() -> list[type[Model]]:
    return [m for app in our_apps() for m in app.get_models(include_auto_created=True)]


def test_no_relation_leads_to_a_higher_floor():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in (*model._meta.fields, *model._meta.local_many_to_many)
        if field.related_model
        and floor(field.related_model._meta.app_label) > floor(model._meta.app_label)
    ]
    refuse(upward)


def names_from_above(app: str) -> set[str]:
    """Names by which models of floors above `app` can be reached backwards."""
    names = set()
    for model in our_models():
        for relation in model._meta.related_objects:
            if (
                floor(relation.related_model._meta.app_label)
                > floor(app)
                >= floor(model._meta.app_label)
            ):
                names |= {relation.get_accessor_name() or "", relation.name}
    own = {
        relation.get_accessor_name()
        for model in our_models()
        for relation in model._meta.related_objects
        if floor(relation.related_model._meta.app_label) <= floor(app)
    }
    return names - own - {"", "+"} - HOMONYMS.get(app, set())


def test_code_asks_nothing_backwards_of_a_higher_floor():
    upward = []
    for app in FLOORS[:-1]:
        names = names_from_above(app)
        for path in code_files(app):
            upward += [
                f"{place(path)}:{line} {word}"
                for line, word in words_of(parsed(path))
                if names & set(word.split("__"))
            ]
    refuse(upward)


def words_of(tree: ast.Module) -> list[tuple[int, str]]:
    """Attributes, keyword arguments and lookups in strings: where a reverse name can stand."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not _of_request(node):
            found.append((node.lineno, node.attr))
        elif isinstance(node, ast.keyword) and "__" in (node.arg or ""):
            found.append((node.value.lineno, node.arg or ""))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"-?\w+(__\w+)+", node.value)
        ):
            found.append((node.lineno, node.value.lstrip("-")))
    return found


def _of_request(node: ast.Attribute) -> bool:
    """What a middleware has put on the request is nobody's reverse name."""
    return isinstance(node.value, ast.Name) and node.value.id == "request"


def test_templates_ask_nothing_backwards_of_a_higher_floor():
    upward = []
    for app in FLOORS[:-1]:
        names = names_from_above(app)
        for path in sorted((TEMPLATES / app).rglob("*.html")):
            for tag in re.findall(r"\{[{%].*?[}%]\}", text(path)):
                chains = re.findall(r"\w+(?:\.\w+)+", re.sub(r"'[^']*'|\"[^\"]*\"", "", tag))
                upward += [
                    f"{place(path)}: {chain}" for chain in chains if names & set(chain.split("."))
                ]
    refuse(upward)

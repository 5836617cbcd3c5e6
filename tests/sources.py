"""The files of the project as text, for the tests that look at all of them."""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.apps import AppConfig, apps

ROOT = Path(__file__).resolve().parent.parent
#: From the ground up.
FLOORS = [
    "common",
    "accounts",
    "schools",
    "partnerships",
    "roadmaps",
    "indicators",
    "reports",
    "network_portal",
]
TEMPLATES = ROOT / "templates"
_NOT_OURS = {"var", "__pycache__"}
_TEXT = {
    "", ".py", ".html", ".txt", ".css", ".js", ".svg", ".md", ".toml", ".yml", ".yaml", ".cfg",
    ".ini", ".sh", ".example", ".json", ".xml", ".csv",
}  # fmt: skip


def our_apps() -> list[AppConfig]:
    return [apps.get_app_config(name) for name in FLOORS]


@cache
def text_files() -> list[Path]:
    """Everything that a person wrote, wherever it lies."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name == ".ci" or _is_ours(name))
        found += [Path(folder, n) for n in sorted(names) if Path(n).suffix in _TEXT]
    return [path for path in found if path.is_file()]


def _is_ours(folder: str) -> bool:
    return folder not in _NOT_OURS and not folder.startswith(".")


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


@cache
def code_files(*floors: str) -> list[Path]:
    """Python files of these apps, of all by default; without migrations and tests."""
    places = [ROOT / name for name in floors or FLOORS]
    found = [path for place in places for path in sorted(place.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(text(path))


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """String constants with their lines; a docstring stands alone and is left out."""
    tree = parsed(path)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@cache
def template_files() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]


def template_name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


_COMMENTS = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL
)  # fmt: skip


def without_comments(source: str) -> str:
    return _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), source)


def is_russian(words: object) -> bool:
    return bool(re.search("[А-Яа-яЁё]", str(words)))


def refuse(found: Iterable[object]) -> None:
    """Fail with everything that was found, a line each."""
    lines = [str(line) for line in found]
    assert not lines, "\n".join(["", *lines])

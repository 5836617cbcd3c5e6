"""Writes docs/access.md: roles and their rights, and who may open and do what."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.roles import PERMISSIONS, ROLE_DESCRIPTIONS, Permission, Role

HEAD = """\
# Доступ

Страница составлена командой `manage.py access_doc` из `accounts/roles.py` и таблицы
`tests/access.py`; руками её не правят. По умолчанию закрыто всё: без входа открыты только вход,
восстановление пароля, приглашение, вид страниц и проверки состояния.
"""
MATRIX_HEAD = """\
## Адреса

Объекты таблицы – из одного муниципалитета: партнёрство двух школ, его дорожная карта и отчёт
целевой школы, который ждёт проверки. «Видит» – страница открывается, «меняет» – действие
разрешено, «отказ» – объект виден, действие нет (страница говорит почему), «нет» – объекта для
этого человека не существует (404). Что ещё решает состояние объекта, сказано в `rules.py`.
"""
#: Columns: person of tests/cast.py and what the column is called.
PEOPLE = {
    "chair": "Председатель",
    "methodist": "Методист",
    "director": "Директор школы пары",
    "coordinator": "Координатор школы пары",
    "curator": "Куратор пары",
    "lonely_director": "Директор другой школы",
    "administrator": "Администратор",
    "stranger": "Методист другого муниципалитета",
    "anonymous": "Без входа",
}
REFUSED = {401: "вход", 403: "отказ", 404: "нет", 405: "–"}


def document() -> str:
    """The whole page. Raises ImportError where the tests are not installed."""
    matrix = import_module("tests.access").MATRIX
    return "\n".join([HEAD, *_roles(), *_permissions(), MATRIX_HEAD, *_addresses(matrix), ""])


def _roles() -> Iterator[str]:
    yield "## Роли\n"
    for role in Role:
        yield f"- **{role.label}** – {ROLE_DESCRIPTIONS[role]}."
    yield ""


def _permissions() -> Iterator[str]:
    yield "## Права ролей\n"
    yield _line("Право", *(role.label for role in Role))
    yield _line(*["---"] * (len(Role) + 1))
    for right in Permission:
        held = ("да" if right in PERMISSIONS[role] else "" for role in Role)
        yield _line(right.description, *held)
    yield ""


def _addresses(matrix: dict[str, Any]) -> Iterator[str]:
    yield _line("Адрес", *PEOPLE.values())
    yield _line(*["---"] * (len(PEOPLE) + 1))
    for name, access in sorted(matrix.items()):
        yield _line(f"`{name}`", *(_cell(access, who) for who in PEOPLE))


def _cell(access: Any, who: str) -> str:
    """What the statuses of GET and POST mean for the person."""
    seen, done = access.expected("get", who), access.expected("post", who)
    if who == "anonymous" and 401 in (seen, done):
        return REFUSED[401]
    may_see, may_do = seen not in REFUSED, access.writes and done not in REFUSED
    if may_do:
        return "меняет"
    if may_see and seen != 302:
        return "видит"
    if may_see:
        return "видит в другом месте"
    return REFUSED[done if seen == 405 else seen]


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


class Command(BaseCommand):
    help = "Составляет docs/access.md; с --check только проверяет, что страница свежая."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="не писать; код 1, если устарела")

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.BASE_DIR / "docs" / "access.md"
        text = document()
        if not options["check"]:
            file.write_text(text, encoding="utf-8")
            return
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            raise CommandError("docs/access.md устарела: запустите ./portal manage access_doc.")

"""What must be true before the first page: tables, static files, the demo network.

Runs in a process of its own. Progress goes to stderr; stdout is what the launcher shows last.
"""

import io
import os
import sys

from network_portal.launcher.sentences import CannotStart, say

FIRST_PERSON = (
    "Людей в портале нет. Первый администратор: ./portal manage create_administrator ПОЧТА"
)
KNOWN_ACCOUNTS = (
    "Демонстрационные записи: {}\n"
    "Пароль показан при первом запуске; новый: ./portal manage load_demo"
)


def prepare() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
    import django

    django.setup()
    _tables()
    _static_files()
    print(_demo())
    _statistics()
    return 0


def _tables() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise CannotStart(f"База данных не отвечает: {problem}") from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Готовлю базу данных…")
        call_command("migrate", interactive=False, verbosity=0)


def _static_files() -> None:
    from django.core.management import call_command

    call_command("build_assets", stdout=io.StringIO())


def _statistics() -> None:
    from network_portal import statistics

    statistics.refresh()


def _demo() -> str:
    """What load_demo said (accounts and the password), or where the accounts are now."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    people = get_user_model().objects
    shown = people.filter(is_demo=True).order_by("pk").values_list("email", flat=True)
    if not people.exists():
        if not settings.DEMO:
            return FIRST_PERSON
        say("Загружаю демонстрационную сеть…")
    elif not settings.DEMO or not shown:
        return ""
    elif not settings.DEMO_PASSWORD:
        return KNOWN_ACCOUNTS.format(", ".join(shown))
    words = io.StringIO()
    call_command("load_demo", stdout=words, stderr=sys.stderr)
    return words.getvalue()

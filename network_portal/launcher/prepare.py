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
    if _tables():
        catalogues()
    _static_files()
    print(_demo())
    _statistics()
    return 0


def _tables() -> bool:
    """Bring the tables up to the code; whether there was anything to bring."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise CannotStart(f"База данных не отвечает: {problem}") from problem
    is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if is_behind:
        say("Готовлю базу данных…")
        call_command("migrate", interactive=False, verbosity=0)
    return is_behind


def catalogues() -> None:
    """What a new version adds to the common catalogues of an installation at work: without it its
    new lists would be empty. A new installation gets its catalogues with its first person."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if get_user_model().objects.exists():
        call_command("load_catalogues", stdout=io.StringIO())


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

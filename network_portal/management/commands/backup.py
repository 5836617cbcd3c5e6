"""`./portal manage backup FILE.zip`"""

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from network_portal import backup


class Command(BaseCommand):
    help = "Складывает базу SQLite, файлы, письма и ключ в один архив; портал можно не закрывать"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="архив .zip, который будет создан")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("База не SQLite: копию делает pg_dump, см. docs/operations.md.")
        try:
            size = backup.write(Path(settings.DATA_DIR), file)
        except (OSError, sqlite3.Error) as problem:
            raise CommandError(f"Копия не сделана: {problem}") from problem
        self.stdout.write(f"Копия: {file}, {size / 1024**2:.1f} МБ. Храните её как пароль.")

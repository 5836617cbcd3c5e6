"""`./portal manage restore FILE.zip`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network_portal import backup


class Command(BaseCommand):
    help = "Разворачивает архив команды backup в пустую папку данных"
    # A check that asks the database would create the very file that must not be there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="архив, сделанный командой backup")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            backup.restore(file, Path(settings.DATA_DIR))
        except (backup.CannotRestore, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Портал развёрнут в {settings.DATA_DIR}. Откройте его: ./portal run")

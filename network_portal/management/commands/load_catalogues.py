"""Fill the common catalogues of a new installation."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from network_portal.catalogues import load_catalogues


class Command(BaseCommand):
    help = "Добавляет недостающие строки общих справочников; изменённые строки не трогает."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Справочники: добавлено строк – {load_catalogues()}.")

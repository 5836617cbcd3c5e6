"""Load the demonstration network."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.crypto import get_random_string

from network_portal import demo


class Command(BaseCommand):
    help = "Загружает демонстрационную сеть; повторный запуск ничего не меняет."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", help="день показа, ГГГГ-ММ-ДД; по умолчанию сегодня")

    def handle(self, *args: Any, today: str | None = None, **options: Any) -> None:
        password = settings.DEMO_PASSWORD
        made_up = "" if password else get_random_string(12)
        loaded = demo.load(today=_day(today), password=password or made_up)
        state = "загружена" if loaded.is_new else "уже была загружена"
        self.stdout.write(f"Демонстрационная сеть {state}. Учётные записи:")
        for post, email in loaded.accounts:
            self.stdout.write(f"  {email:<28} {post}")
        if made_up:
            self.stdout.write(f"  Пароль всех записей: {made_up} (показан один раз)")


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"--today: нужна дата вида 2026-11-24, а не «{text}».") from error

"""Ratios of pages and of the справка; see docs/bench.md."""

import os
import platform
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

import django
from django.core.management.base import BaseCommand

from network_portal.bench.run import QUICK, Plan, names, run


class Command(BaseCommand):
    # Nothing is served from here: no static files are needed, no database of the portal either.
    requires_system_checks: list[str] = []
    help = "Измеряет страницы и справку на выдуманных данных в отдельной базе."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="5000 строк и меньше повторов: около минуты"
        )
        parser.add_argument(
            "--only", default="", choices=names(), metavar="NAME", help=", ".join(names())
        )

    def handle(self, *args: Any, quick: bool = False, only: str = "", **options: Any) -> None:
        self.stdout.write(
            f"Python {platform.python_version()}, Django {django.get_version()}, "
            f"{platform.system()} {platform.machine()}, ядер: {os.cpu_count()}."
        )
        run(replace(QUICK if quick else Plan(), only=only), self._say)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

"""`./portal check`: every gate without a test in it; all run, then one summary."""

import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import environ
from pathlib import Path

from network_portal.environment import BASE_DIR

#: Settings of an invented production: nothing here is asked to answer.
PRODUCTION = {
    "HTTPS": "1",
    "DEBUG": "0",
    "DEMO": "0",
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "submission://portal@mail.example:587",
}


@dataclass(frozen=True)
class Gate:
    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def gates() -> list[Gate]:
    """Tools stand beside the interpreter that runs this."""
    tools = Path(sys.executable).parent
    manage = [sys.executable, "manage.py"]
    key = {"SECRET_KEY": secrets.token_urlsafe(64)}
    strict = ["--fail-level", "WARNING"]
    return [
        Gate("формат", [str(tools / "ruff"), "format", "--check", "--quiet", "."]),
        Gate("ошибки и стиль", [str(tools / "ruff"), "check", "--quiet", "."]),
        Gate("этажи", [str(tools / "lint-imports")]),
        Gate("типы", [str(tools / "mypy"), "."]),
        Gate("шаблоны", [str(tools / "djlint"), "templates", "--check", "--lint", "--quiet"]),
        Gate("миграции", [*manage, "makemigrations", "--check", "--dry-run"]),
        Gate("настройки", [*manage, "check", *strict]),
        Gate("боевые настройки", [*manage, "check", "--deploy", *strict], {**PRODUCTION, **key}),
        Gate("таблица доступа", [*manage, "access_doc", "--check"]),
    ]


def check() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        (Path(folder) / "assets").mkdir()  # a setting names it, `build_assets` fills it
        for gate in gates():
            if not _passes(gate, folder):
                failed.append(gate.name)
    if failed:
        print(f"\nНе пройдено: {', '.join(failed)}")
        return 1
    print("\nВсё пройдено.")
    return 0


def _passes(gate: Gate, folder: str) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        gate.command,
        cwd=BASE_DIR,
        env={**environ, **gate.environment, "PORTAL_DATA": folder},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    good = done.returncode == 0
    seconds = time.monotonic() - started
    print(f"{'  да' if good else ' НЕТ'}  {gate.name} ({seconds:.1f} с)", flush=True)
    if not good:
        print(done.stdout, flush=True)
    return good

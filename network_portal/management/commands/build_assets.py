"""Set-up of static files: cut fonts, then hashed and compressed copies in STATIC_ROOT."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from network_portal import assets


class Command(BaseCommand):
    help = "Готовит шрифты и сжатые копии файлов оформления; повторный запуск ничего не делает"
    # The check of STATICFILES_DIRS would complain of the very folder that is made here.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        assets.build(Path(settings.DATA_DIR) / "assets")
        root = Path(settings.STATIC_ROOT)
        stamp, wanted = root.with_suffix(".stamp"), _stamp()
        ready = (root / "staticfiles.json").is_file() and stamp.is_file()
        if ready and stamp.read_text() == wanted:
            self.stdout.write("Файлы оформления не изменились")
            return
        call_command("collectstatic", interactive=False, clear=root.is_dir(), verbosity=0)
        stamp.write_text(wanted)
        self.stdout.write("Файлы оформления готовы")


def _stamp() -> str:
    """Changes when a file of ours or a package that brings static files does."""
    lines = [f"{name} {version(name)}" for name in ("django", "django-htmx", "whitenoise")]
    lines += sorted(_file_lines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _file_lines() -> Iterator[str]:
    for folder in map(Path, settings.STATICFILES_DIRS):
        for path in folder.rglob("*"):
            if path.is_file():
                facts = path.stat()
                yield f"{path.relative_to(folder)} {facts.st_size} {facts.st_mtime_ns}"

"""Readers of the environment. A bad value stops the start with one sentence that names it.

`.env` beside `manage.py` is read first; a variable that is really set wins over it.
A value that may hold a password is never repeated in the sentence.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent
T = TypeVar("T")

_env = Env(expand_vars=False)
_env.read_env(str(BASE_DIR / ".env"), recurse=False)


class BadSetting(SystemExit):
    """Ends the process with exit code 1 and the sentence instead of a traceback."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Настройка {name}: {reason}")


def _read(reader: Callable[..., T], name: str, default: Any, expected: str) -> T:
    if not _env.str(name, "").strip():
        return default
    try:
        return reader(name)
    except (EnvError, ValueError) as problem:
        raise BadSetting(name, f"значение не подходит, нужно {expected}.") from problem


def text(name: str, default: str = "") -> str:
    """An empty value counts as absent, so a commented template of `.env` changes nothing."""
    return _env.str(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    return _read(_env.bool, name, default, "1 (да) или 0 (нет)")


def number(name: str, default: int, *, least: int, most: int) -> int:
    expected = f"целое число от {least} до {most}"
    value = _read(_env.int, name, default, expected)
    if not least <= value <= most:
        raise BadSetting(name, f"{value} не подходит, нужно {expected}.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list; blanks around items are dropped."""
    items = [item.strip() for item in text(name).split(",")]
    return [item for item in items if item] or default


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(
            name, f"«{value}» не подходит, нужно одно из: {', '.join(sorted(allowed))}."
        )
    return value


def folder(name: str, default: Path) -> Path:
    """An absolute path; a relative one is counted from the folder of `manage.py`."""
    return (BASE_DIR / Path(text(name) or default).expanduser()).absolute()


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    if value not in available_timezones():
        raise BadSetting(name, f"«{value}» не подходит, нужно имя пояса, например {default}.")
    return ZoneInfo(value).key


def origins(name: str) -> list[str]:
    """Addresses with scheme and without a path, as `CSRF_TRUSTED_ORIGINS` wants them."""
    values = words(name, [])
    for value in values:
        if not value.startswith(("https://", "http://")):
            raise BadSetting(
                name, f"«{value}» не подходит, нужен адрес вида https://portal.example."
            )
    return values


def database(name: str) -> dict[str, Any] | None:
    """A PostgreSQL address as a Django database; None when the setting is absent."""
    expected = "адрес вида postgres://имя:пароль@сервер:5432/база"
    found: dict[str, Any] | None = _read(_env.dj_db_url, name, None, expected)
    if found is None:
        return None
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise BadSetting(name, f"значение не подходит, нужно {expected}.")
    # Compiling a query of many small looks costs seconds where running it costs 0.3 (measured on
    # cooled pairs of a network of 2,000).
    found.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    return found


def redis(name: str) -> str:
    value = text(name)
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise BadSetting(name, "значение не подходит, нужен адрес вида redis://сервер:6379/0.")
    return value


def mail_server(name: str) -> dict[str, Any]:
    """`EMAIL_*` settings of an SMTP address; an empty dict when the setting is absent."""
    expected = "адрес вида submission://имя:пароль@сервер:587"
    found: dict[str, Any] = _read(_env.dj_email_url, name, {}, expected)
    if found and not found.get("EMAIL_BACKEND", "").endswith("smtp.EmailBackend"):
        raise BadSetting(name, f"значение не подходит, нужно {expected}.")
    return found


def media_storage() -> dict[str, Any]:
    """Where uploaded files live: a folder, or an S3-compatible store when its bucket is named."""
    bucket = text("MEDIA_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise BadSetting("MEDIA_S3_BUCKET", "нужны пакеты из requirements/s3.txt.")
    options = {
        "bucket_name": bucket,
        "endpoint_url": text("MEDIA_S3_ENDPOINT") or None,
        "region_name": text("MEDIA_S3_REGION") or None,
        "access_key": text("MEDIA_S3_KEY") or None,
        "secret_key": text("MEDIA_S3_SECRET") or None,
        # Files are handed out by our views after an access check, never by the store's links.
        "default_acl": "private",
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

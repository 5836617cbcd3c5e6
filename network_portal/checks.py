"""System checks: promises of the settings that a later edit could break without a sound."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from accounts import outbox

READ_ONLY = "network_portal.readonly.ReadOnlyGet"
SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"


@register(Tags.security)
def reading_cannot_write(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """The guard stands above everything that touches the database (decisions.md 8)."""
    order = list(settings.MIDDLEWARE)
    if READ_ONLY in order and order.index(READ_ONLY) < order.index(SESSIONS):
        return []
    return [Error(f"{READ_ONLY} должен стоять в MIDDLEWARE выше сеансов.", id="portal.E001")]


@register(Tags.database)
def no_transaction_around_requests(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """A job is queued on commit and a refused GET must not spoil a transaction."""
    if not any(options.get("ATOMIC_REQUESTS") for options in settings.DATABASES.values()):
        return []
    return [Error("ATOMIC_REQUESTS должен быть выключен.", id="portal.E002")]


@register()
def data_folder_takes_files(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    folder = Path(settings.DATA_DIR)
    if not folder.exists() or (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return []
    return [Error(f"В папку данных {folder} нельзя писать (PORTAL_DATA).", id="portal.E003")]


@register(Tags.security, deploy=True)
def fit_for_people(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """What is right on a desk and wrong on the open network."""
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(
            Warning("DEMO=1: демонстрационные записи могут войти в портал.", id="portal.W001")
        )
    if outbox.is_used():
        found.append(Warning("EMAIL_URL не задан: приглашения никому не уйдут.", id="portal.W002"))
    return found

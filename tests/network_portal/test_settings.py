"""A bad setting is one sentence with its name; production settings are safe ones."""

import os
import re
import subprocess
import sys

import pytest

from network_portal import environment as env
from network_portal.environment import BASE_DIR, BadSetting

KEY = "k" * 25 + "0123456789abcdefghijklmnop"
PRODUCTION = {
    "HTTPS": "1",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example, www.portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "DATABASE_URL": "postgres://portal:tajna@db:5433/network",
    "REDIS_URL": "redis://cache:6379/3",
    "EMAIL_URL": "submission://portal:tajna@mail.example",
}


def load(tmp_path, names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own and print the named ones."""
    program = (
        f"import network_portal.settings as s; print([getattr(s, n) for n in {names!r}.split()])"
    )
    clean = {key: os.environ[key] for key in ("PATH", "LANG", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**clean, "PORTAL_DATA": str(tmp_path), **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "может быть"),
        ("DATABASE_URL", "mysql://portal@db/network"),
        ("DATABASE_URL", "просто так"),
        ("REDIS_URL", "cache:6379"),
        ("EMAIL_URL", "pigeon://mail.example"),
        ("TIME_ZONE", "Сибирь"),
        ("SECRET_KEY", "короткий"),
        ("CSRF_TRUSTED_ORIGINS", "portal.example"),
        ("LOG_LEVEL", "ГРОМКО"),
    ],
)
def test_bad_value_ends_the_start_with_one_sentence_naming_the_setting(tmp_path, name, value):
    done = load(tmp_path, "DEBUG", **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"Настройка {name}: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_sentence_never_repeats_a_value_that_may_hold_a_password(tmp_path):
    done = load(tmp_path, "DEBUG", DATABASE_URL="mysql://portal:tajna@db/network")

    assert "tajna" not in done.stderr


def test_https_without_a_key_is_refused(tmp_path):
    done = load(tmp_path, "DEBUG", HTTPS="1")

    assert done.returncode == 1
    assert done.stderr.startswith("Настройка SECRET_KEY: нужна при HTTPS=1")


def test_production_settings_lock_cookies_and_transport(tmp_path):
    done = load(
        tmp_path,
        "DEBUG DEMO SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT "
        "SECURE_HSTS_SECONDS SECURE_PROXY_SSL_HEADER ALLOWED_HOSTS CELERY_BROKER_URL EMAIL_PORT",
        **PRODUCTION,
    )

    assert done.stdout.strip() == str(
        [
            False,
            False,
            True,
            True,
            True,
            31536000,
            ("HTTP_X_FORWARDED_PROTO", "https"),
            ["portal.example", "www.portal.example"],
            "redis://cache:6379/3",
            587,
        ]
    )


def test_database_address_becomes_a_kept_and_checked_postgresql_connection(tmp_path):
    done = load(tmp_path, "DATABASES", **PRODUCTION)

    for part in (
        "'ENGINE': 'django.db.backends.postgresql'",
        "'NAME': 'network'",
        "'PORT': 5433",
        "'CONN_MAX_AGE': 60",
        "'CONN_HEALTH_CHECKS': True",
    ):
        assert part in done.stdout


def test_without_settings_the_database_is_a_file_that_takes_several_writers(tmp_path):
    done = load(tmp_path, "DATABASES CELERY_BROKER_URL EMAIL_BACKEND")

    for part in ("IMMEDIATE", "journal_mode=WAL", "filesystem://", "mail.OutboxBackend"):
        assert part in done.stdout


def test_without_a_key_each_process_has_its_own_until_the_launcher_stores_one(tmp_path):
    first, second = (load(tmp_path, "SECRET_KEY").stdout for _ in range(2))
    assert first != second

    (tmp_path / "secret_key").write_text(KEY)
    assert load(tmp_path, "SECRET_KEY").stdout.strip() == str([KEY])


def test_files_go_to_a_bucket_only_when_it_is_named(tmp_path):
    assert "FileSystemStorage" in load(tmp_path, "STORAGES").stdout

    done = load(tmp_path, "STORAGES", MEDIA_S3_BUCKET="evidence", MEDIA_S3_ENDPOINT="https://s3")
    assert "storages.backends.s3.S3Storage" in done.stdout
    assert "'bucket_name': 'evidence'" in done.stdout


def test_content_security_policy_has_no_exception(settings):
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {
        "'self'",
        "'none'",
    }


@pytest.mark.parametrize("value", ["0", "65536", "восемь"])
def test_a_number_outside_its_range_is_refused(monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(BadSetting, match=r"Настройка PORT: .*от 1 до 65535"):
        env.number("PORT", 8000, least=1, most=65535)


def test_an_empty_value_counts_as_absent(monkeypatch):
    monkeypatch.setenv("PORT", " ")
    monkeypatch.setenv("DEMO", "")

    assert env.number("PORT", 8000, least=1, most=65535) == 8000
    assert env.flag("DEMO") is False


def test_every_setting_that_is_read_is_explained_in_the_example():
    """`.env.example` names exactly what the code and compose read: neither can fall behind."""

    sources = [
        BASE_DIR / "network_portal" / name
        for name in (
            "settings.py",
            "environment.py",
            "launcher/place.py",
            "launcher/gunicorn_conf.py",
        )
    ]
    read = {
        name
        for source in sources
        for name in re.findall(
            r"\b(?:env\.)?(?:text|flag|number|words|choice|folder|time_zone|origins|database"
            r'|redis|mail_server)\(\s*"([A-Z][A-Z0-9_]+)"',
            source.read_text(),
        )
    }
    compose = (BASE_DIR / "docker-compose.yml").read_text()
    read |= set(re.findall(r"(?<!\$)\$\{([A-Z_0-9]+)", compose))
    explained = set(
        re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE)
    )

    assert explained == read

"""Probes: alive is not the same as ready; a closed portal says that it is closed."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from common import heartbeat
from network_portal import health


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """An embedded portal whose folders exist, with a memory of its own."""
    settings.DATA_DIR = tmp_path
    settings.QUEUE_DIR = tmp_path / "queue"
    settings.QUEUE_DIR.mkdir()
    settings.REDIS_URL = ""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }
    return tmp_path


def readiness() -> tuple[int, dict[str, str]]:
    answer = Client().get("/readyz")
    return answer.status_code, json.loads(answer.content)["parts"]


def test_alive_is_answered_without_the_database():
    """No `db` fixture: a query would fail the test."""
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_probe_inside_the_machine_is_not_sent_to_https(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/healthz").status_code == 200
    assert Client().get("/anything").status_code == 301


@pytest.mark.django_db
def test_ready_when_everything_answers():
    heartbeat.beat()

    assert readiness() == (
        200,
        {"database": "ok", "broker": "ok", "worker": "ok", "disk": "ok"},
    )


@pytest.mark.django_db
def test_no_worker_was_ever_seen():
    status, parts = readiness()

    assert (status, parts["worker"]) == (503, "down")


@pytest.mark.django_db
def test_worker_fell_silent():
    heartbeat.beat()
    seen = heartbeat.seen()

    assert heartbeat.is_alive(seen + timedelta(seconds=heartbeat.SILENCE))
    assert not heartbeat.is_alive(seen + timedelta(seconds=heartbeat.SILENCE + 1))


@pytest.mark.django_db
def test_queue_folder_is_gone(settings):
    heartbeat.beat()
    settings.QUEUE_DIR.rmdir()

    status, parts = readiness()

    assert (status, parts["broker"], parts["worker"]) == (503, "down", "ok")


@pytest.mark.django_db
def test_redis_does_not_answer(settings):
    heartbeat.beat()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    status, parts = readiness()

    assert (status, parts["broker"]) == (503, "down")


@pytest.mark.django_db
def test_disk_is_full(monkeypatch):
    heartbeat.beat()
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: SimpleNamespace(free=10 * 1024**2))

    status, parts = readiness()

    assert (status, parts["disk"]) == (503, "down")


def test_database_does_not_answer(monkeypatch):
    """Without the `db` fixture every query fails."""
    heartbeat.beat()

    status, parts = readiness()

    assert (status, parts["database"]) == (503, "down")


@pytest.mark.django_db
def test_strangers_learn_no_reason(settings):
    settings.REDIS_URL = "redis://portal:tajna@127.0.0.1:1/0"

    assert b"tajna" not in Client().get("/readyz").content


def test_a_store_that_fails_neither_stops_the_worker_nor_breaks_a_page(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    heartbeat.beat()

    assert heartbeat.seen() is None


def test_heartbeat_is_told_between_processes(place):
    """What one process stored another one reads: the store is a folder, not memory."""
    heartbeat.beat()

    assert list((place / "cache").iterdir())
    assert timezone.now() - heartbeat.seen() < timedelta(seconds=5)


def test_spoiled_heartbeat_counts_as_none():
    cache.set("worker-seen", "вчера")

    assert heartbeat.seen() is None


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_probes_only_read(method):
    assert getattr(Client(), method)("/healthz").status_code == 405


def test_closed_portal_says_so_in_its_own_words(place, client):
    (place / "maintenance").write_text("Обновление до <b>18:00</b>\n", encoding="utf-8")

    answer = client.get("/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "600"
    assert "на обслуживании" in answer.content.decode().lower()
    assert "Обновление до &lt;b&gt;18:00&lt;/b&gt;" in answer.content.decode()
    assert answer["Content-Security-Policy"]


def test_closed_portal_is_still_alive(place):
    (place / "maintenance").touch()

    assert Client().get("/healthz").status_code == 200
    assert Client().get("/readyz").status_code == 503


def test_opened_again_when_the_file_is_gone(place):
    flag = place / "maintenance"
    flag.touch()
    flag.unlink()

    assert Client().get("/healthz").status_code == 200
    assert Client().get("/no-such-page").status_code != 503


def test_redis_answers_and_carries_the_heartbeat(settings, redis_url):
    settings.REDIS_URL = redis_url
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": "portal-test",
        }
    }

    heartbeat.beat()

    assert health.broker_answers()
    assert heartbeat.is_alive()
    with redis.Redis.from_url(redis_url) as store:
        keys = store.keys("portal-test:*")
        assert len(keys) == 1
        store.delete(*keys)


@pytest.fixture
def redis_url() -> str:
    import os

    url = os.environ.get("REDIS_URL", "")
    if not url:
        pytest.skip("REDIS_URL не задан")
    return url

"""A copy holds what people entered and uploaded, and comes back as it was."""

import os
import sqlite3
import subprocess
from contextlib import closing
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from network_portal import backup
from network_portal.environment import BASE_DIR


@pytest.fixture
def data(tmp_path):
    """A data folder with a database in use, a photo, a letter, the key and things to leave."""
    folder = tmp_path / "данные"
    for name in ("media/photos", "outbox", "queue", "static"):
        (folder / name).mkdir(parents=True)
    (folder / "media/photos/one.jpg").write_bytes(b"jpeg")
    (folder / "outbox/1.eml").write_text("письмо")
    (folder / "queue/1.msg").write_text("сообщение")
    (folder / "static/base.css").write_text("css")
    (folder / "secret_key").write_text("k" * 60)
    with closing(sqlite3.connect(folder / backup.DATABASE)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE school (name TEXT)")
        database.execute("INSERT INTO school VALUES ('СОШ №5')")
        database.commit()
        yield folder


def schools(folder) -> list[str]:
    with closing(sqlite3.connect(folder / backup.DATABASE)) as database:
        return [name for (name,) in database.execute("SELECT name FROM school")]


def test_there_and_back_while_the_portal_runs(data, tmp_path):
    copy, elsewhere = tmp_path / "copy.zip", tmp_path / "новый дом"

    backup.write(data, copy)
    backup.restore(copy, elsewhere)

    assert schools(elsewhere) == ["СОШ №5"]
    assert (elsewhere / "media/photos/one.jpg").read_bytes() == b"jpeg"
    assert (elsewhere / "outbox/1.eml").read_text() == "письмо"
    assert (elsewhere / "secret_key").read_text() == "k" * 60
    assert not (elsewhere / "queue").exists()
    assert not (elsewhere / "static").exists()


def test_only_the_owner_reads_a_copy_and_what_comes_out_of_it(data, tmp_path):
    copy, elsewhere = tmp_path / "copy.zip", tmp_path / "new"

    backup.write(data, copy)
    backup.restore(copy, elsewhere)

    private = [copy, elsewhere, elsewhere / "secret_key", elsewhere / backup.DATABASE]
    assert [path.stat().st_mode & 0o077 for path in private] == [0, 0, 0, 0]


def test_a_living_portal_is_never_overwritten(data, tmp_path):
    backup.write(data, tmp_path / "copy.zip")

    with pytest.raises(backup.CannotRestore, match="уже есть портал"):
        backup.restore(tmp_path / "copy.zip", data)


@pytest.mark.parametrize("content", ["text", "no database", "stranger"])
def test_a_file_that_is_no_copy_changes_nothing(tmp_path, content):
    file, target = tmp_path / "copy.zip", tmp_path / "new"
    if content == "text":
        file.write_text("это не архив")
    else:
        with ZipFile(file, "w") as archive:
            archive.writestr("media/a.jpg", b"")
            if content == "stranger":
                archive.writestr(backup.DATABASE, b"")
                archive.writestr("../portal.sh", b"rm")

    with pytest.raises(backup.CannotRestore, match="не копия портала"):
        backup.restore(file, target)

    assert not target.exists()


def test_a_copy_that_failed_leaves_no_half_a_file(tmp_path):
    with pytest.raises(sqlite3.Error):
        backup.write(tmp_path, tmp_path / "copy.zip")

    assert list(tmp_path.iterdir()) == []


def test_commands_say_what_they_did(data, tmp_path, settings, capsys):
    settings.DATA_DIR = tmp_path / "new"
    backup.write(data, tmp_path / "copy.zip")

    call_command("restore", tmp_path / "copy.zip")
    assert "Портал развёрнут в" in capsys.readouterr().out

    with pytest.raises(CommandError, match="уже есть портал"):
        call_command("restore", tmp_path / "copy.zip")


def test_backup_of_another_database_is_left_to_its_own_tools(tmp_path, monkeypatch):
    monkeypatch.setattr("network_portal.management.commands.backup.connection.vendor", "postgresql")

    with pytest.raises(CommandError, match="pg_dump"):
        call_command("backup", tmp_path / "copy.zip")


#: As docs/operations.md tells them, without the file that differs.
DUMP = 'pg_dump --format=custom --file={} "$DATABASE_URL"'
BACK = 'pg_restore --no-owner --dbname="$DATABASE_URL" {}'


def address(database: str) -> str:
    facts = connection.settings_dict
    return (
        f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT'] or 5432}"
        f"/{database}"
    )


def shell(command: str, database: str) -> None:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database}
    subprocess.run(["sh", "-c", command], env=environment, check=True)


@pytest.mark.django_db(transaction=True)
def test_postgresql_goes_there_and_back_by_the_commands_of_the_page(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("нужен PostgreSQL (DATABASE_URL)")
    words = (BASE_DIR / "docs/operations.md").read_text(encoding="utf-8")
    dump, copy = str(tmp_path / "portal.dump"), f"{connection.settings_dict['NAME']}_copy"
    User.objects.create_user("ivanova@example.org", name="Иванова Вера Павловна")
    assert DUMP.format("/backup/portal.dump") in words
    assert BACK.format("/backup/portal.dump") in words

    with connection.cursor() as cursor:
        shell(DUMP.format(dump), address(connection.settings_dict["NAME"]))
        cursor.execute(f'CREATE DATABASE "{copy}"')
        try:
            shell(BACK.format(dump), address(copy))
            people = "SELECT name FROM accounts_user"
            done = subprocess.run(
                ["psql", "-XqAt", "-c", people, address(copy)],
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            cursor.execute(f'DROP DATABASE "{copy}"')

    assert done.stdout.split("\n")[0] == "Иванова Вера Павловна"

"""A copy holds what people entered and uploaded, and comes back as it was."""

import sqlite3
from contextlib import closing
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from network_portal import backup


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
    with closing(sqlite3.connect(folder / backup.DATABASE)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE school (name TEXT)")
        connection.execute("INSERT INTO school VALUES ('СОШ №5')")
        connection.commit()
        yield folder


def schools(folder) -> list[str]:
    with closing(sqlite3.connect(folder / backup.DATABASE)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM school")]


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

"""One file with everything an embedded portal knows: the database, uploads, letters, the key.

For SQLite only. PostgreSQL has tools of its own, which docs/operations.md names.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

DATABASE = "portal.sqlite3"
FOLDERS = ("media", "outbox")
KEY = "secret_key"


class CannotRestore(Exception):
    """A sentence for the administrator."""


def write(data_folder: Path, target: Path) -> int:
    """Write the archive, whole or not at all; returns its size in bytes. The portal may run.

    The database comes first: a file that is uploaded meanwhile is then one too many and
    never one too few. Raises OSError and sqlite3.Error.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.touch(mode=0o600)
        with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            with tempfile.TemporaryDirectory(dir=data_folder) as spare:
                archive.write(_snapshot(data_folder / DATABASE, Path(spare)), DATABASE)
            for file in _files(data_folder):
                archive.write(file, file.relative_to(data_folder))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def _snapshot(database: Path, spare: Path) -> Path:
    """A copy as of one moment, also while others write."""
    copy = spare / DATABASE
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _files(data_folder: Path) -> Iterator[Path]:
    for name in FOLDERS:
        yield from (path for path in sorted((data_folder / name).rglob("*")) if path.is_file())
    if (data_folder / KEY).is_file():
        yield data_folder / KEY


def restore(archive_file: Path, data_folder: Path) -> None:
    """Unpack into a folder that holds no portal yet. Raises CannotRestore and OSError."""
    if (data_folder / DATABASE).exists():
        raise CannotRestore(
            f"В папке {data_folder} уже есть портал. Остановите его и переименуйте папку "
            "или укажите другую в PORTAL_DATA."
        )
    try:
        with ZipFile(archive_file) as archive:
            _require_ours(archive)
            data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in archive.namelist():
                Path(archive.extract(name, data_folder)).chmod(0o600)
    except BadZipFile as problem:
        raise CannotRestore(f"Файл {archive_file} повреждён или это не копия портала.") from problem


def _require_ours(archive: ZipFile) -> None:
    """Nothing but what `write` puts in; the library itself keeps names inside the folder."""
    names = archive.namelist()
    strange = [n for n in names if n not in {DATABASE, KEY} and n.split("/")[0] not in FOLDERS]
    if DATABASE not in names or strange or archive.testzip() is not None:
        raise CannotRestore(f"Файл {archive.filename} повреждён или это не копия портала.")

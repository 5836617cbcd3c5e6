"""Kombu's folder as a broker, with messages that appear whole or not at all.

The original creates the file and then writes it. A worker that looks in between, or a full disk,
gives it an empty message, and the worker dies of that. It also dies when somebody has cleared
the folder away together with its messages; here the folder is made anew, and the rows of the
jobs, which are the truth, send their messages again.
"""

import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Raises ChannelError when the folder takes no message."""
        # The worker takes names in order: by the clock, so that a reboot changes nothing.
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        folder = self._folder()
        draft = folder / f"{name}.part"
        try:
            draft.write_bytes(str_to_bytes(dumps(payload)))
            draft.replace(folder / name)
        except OSError as problem:
            draft.unlink(missing_ok=True)
            raise ChannelError(f"Cannot add {name} to the queue folder") from problem

    def _get(self, queue: str) -> Any:  # type: ignore[override]
        self._folder()
        return super()._get(queue)

    def _size(self, queue: str) -> int:
        self._folder()
        return super()._size(queue)

    def _purge(self, queue: str) -> int:
        self._folder()
        return super()._purge(queue)

    def _folder(self) -> Path:
        """The one folder of all messages. Where its parent is gone too, the disk is: no folder
        is made then."""
        folder = Path(self.data_folder_out)
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
        return folder


class Transport(filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Make it what `filesystem://` means."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"

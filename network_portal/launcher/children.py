"""One child process: started in a group of its own, stopped with everything it started."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Plan:
    """What to start, how long to wait for its end (seconds), and which signal it gets should
    the launcher itself be killed."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    patience: float
    when_orphaned: signal.Signals


class Child:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.started = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            list(self.plan.arguments),
            env=dict(self.plan.environment),
            cwd=self.plan.folder,
            stdin=subprocess.DEVNULL,
            # Ctrl-C in the terminal reaches the launcher only, which stops both in order.
            start_new_session=True,
            preexec_fn=_die_with_parent(self.plan.when_orphaned),
        )

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def age(self) -> float:
        return time.monotonic() - self.started

    def ask_to_stop(self) -> None:
        self._signal(signal.SIGTERM)

    def make_sure(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill whatever is left of the group."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        self._signal(signal.SIGKILL)
        self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        """To the group: its leader may be gone while a process it started still lives."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def _die_with_parent(number: signal.Signals):  # type: ignore[no-untyped-def]
    """Linux sends the child this signal when the launcher is gone; elsewhere nothing can."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # died between fork and prctl
            os.kill(os.getpid(), number)

    return ask_the_kernel

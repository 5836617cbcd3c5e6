"""Keeps children alive until it is asked to stop, then leaves nothing behind."""

import signal
import threading
import time
from collections.abc import Callable, Iterable
from types import FrameType

from network_portal.launcher.children import Child, Plan
from network_portal.launcher.sentences import say

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds: a child that lived this long and died is restarted at once, the others later
#: and later, so a broken installation does not burn the processor.
STEADY = 30.0
LONGEST_PAUSE = 30.0
GLANCE = 0.25


class Supervisor:
    def __init__(self, plans: Iterable[Plan]) -> None:
        self.children = [Child(plan) for plan in plans]
        self.failures = dict.fromkeys((child.plan.name for child in self.children), 0)
        self.due: dict[str, float] = {}
        self.stopping = threading.Event()

    def listen(self) -> None:
        for number in STOPPING:
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def start(self) -> None:
        for child in self.children:
            child.start()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """False when a child ended, time ran out or a stop was asked before `ready`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.stopping.wait(GLANCE):
            if any(child.exit_code() is not None for child in self.children):
                return False
            if ready():
                return True
        return False

    def watch(self) -> None:
        """Returns when a stop was asked."""
        while not self.stopping.wait(GLANCE):
            for child in self.children:
                self._look_after(child)

    def _look_after(self, child: Child) -> None:
        code = child.exit_code()
        if code is None:
            return
        name, now = child.plan.name, time.monotonic()
        if name not in self.due:
            child.make_sure(now)  # what it started must not outlive it
            self.failures[name] = 1 if child.age() > STEADY else self.failures[name] + 1
            pause = pause_before(self.failures[name])
            self.due[name] = now + pause
            say(f"{name}: завершился ({code}), запускаю снова через {pause:.0f} с")
        if now >= self.due[name]:
            del self.due[name]
            child.start()

    def stop(self) -> None:
        asked = time.monotonic()
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.make_sure(asked + child.plan.patience)


def pause_before(failure: int) -> float:
    """Seconds before the restart after this many failures in a row: 0, 1, 2, 4 … 30."""
    return 0.0 if failure <= 1 else min(2.0 ** (failure - 2), LONGEST_PAUSE)

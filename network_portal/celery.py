"""Celery application. Tasks are found in `tasks.py` of each app and sent by name."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.beat import EmbeddedService
from celery.signals import worker_ready

from network_portal import folder_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")

folder_broker.register()
app = Celery("network_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Heartbeat(bootsteps.StartStopStep):
    """Beats while the worker holds its connection to the broker: a step of the consumer is
    stopped when the connection is lost, so a worker that hears nothing looks dead."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        from common import heartbeat

        heartbeat.beat()
        self.timer = parent.timer.call_repeatedly(heartbeat.PERIOD, heartbeat.beat)

    def stop(self, parent: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class Clock(bootsteps.StartStopStep):
    """Beat as a thread of the one worker of an embedded run (setting BEAT_IN_WORKER)."""

    def __init__(self, parent: Any, **options: Any) -> None:
        from django.conf import settings

        super().__init__(parent, **options)
        self.enabled = settings.BEAT_IN_WORKER
        self.service: Any = None

    def start(self, parent: Any) -> None:
        # It sleeps this many seconds at most, and a stop waits for it.
        self.service = EmbeddedService(parent.app, max_interval=1, thread=True)
        self.service.start()

    def stop(self, parent: Any) -> None:
        if self.service is not None:
            self.service.stop()


app.steps["consumer"].add(Heartbeat)
app.steps["worker"].add(Clock)


@worker_ready.connect
def pick_up_what_was_left(sender: Any = None, **_: Any) -> None:
    """The first thing a worker does: take over jobs of one that was killed."""
    from django.conf import settings

    for name in settings.RECOVER_TASKS:
        app.send_task(name, expires=25)

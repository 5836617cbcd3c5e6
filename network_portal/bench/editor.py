"""The editor of a roadmap at 3, 300 and 3,000 rows of one plan in one database.

Every round does the same in each plan, side by side in time: opens the page, opens a row in the
middle, saves it, takes the step back, asks for the check of the plan. Posts carry their token as
a browser's do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from network_portal.bench.data import fill
from network_portal.bench.places import empty_place, settle
from network_portal.bench.visit import BACKEND, listened
from partnerships.models import Partnership
from roadmaps.actions.plan import add_rows, create_roadmap
from roadmaps.drafts import DraftRow
from roadmaps.due import Period
from roadmaps.enums import Stage
from roadmaps.forms.row import EventForm
from roadmaps.models import PlanEdit, Roadmap, RoadmapRow

#: Schools of the network around the plans.
AROUND = 40
PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))
DUES = ("до 15.10.2026", "октябрь – ноябрь", "ежемесячно", "май", "в течение года", "I полугодие")
STEPS = {
    "open": "Открыть редактор",
    "row": "Открыть строку",
    "save": "Сохранить строку",
    "undo": "Отменить шаг",
    "check": "Проверка плана",
}


@dataclass
class Editing:
    """Milliseconds of every step, round by round, and its queries, by the size of the plan."""

    sizes: tuple[int, ...]
    times: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    queries: dict[tuple[str, int], int] = field(default_factory=dict)

    def ms(self, step: str, size: int) -> float:
        return median(self.times[step, size])

    def ratio(self, step: str, size: int) -> float:
        """To the smallest plan: the median of the rounds, whose steps are side by side in time."""
        smallest = self.times[step, self.sizes[0]]
        return median(a / b for a, b in zip(self.times[step, size], smallest, strict=True))


def measured(sizes: tuple[int, ...], rounds: int, now: datetime) -> Editing:
    """Edit plans of so many rows so many times, after one round that is not counted."""
    told = Editing(sizes)
    with empty_place(AROUND) as place:
        network = fill(AROUND, now.date())
        methodist = network.users["methodist"]
        pair = Partnership.objects.get(pk=network.partnership)
        plans = [(size, _plan(pair, size, methodist)) for size in sizes]
        settle(place)
        editor = Editor(methodist)
        for number in range(rounds + 1):
            for size, plan in plans if number % 2 else reversed(plans):
                for step, (ms, queries) in editor.round(plan, number).items():
                    told.queries[step, size] = queries
                    if number:
                        told.times.setdefault((step, size), []).append(ms)
    return told


def _plan(pair: Partnership, size: int, by: User) -> Roadmap:
    """A draft of so many rows, most of them in the second stage."""
    roadmap = create_roadmap(partnership=pair, period=PERIOD, by=by)
    rows = [
        DraftRow(
            stage=_stage(number, size),
            title=f"Открытые уроки и методический семинар {number + 1}",
            due_text=DUES[number % len(DUES)],
            responsible="Заместители директоров; методист",
            expected_result="Педагоги владеют приёмами работы с неуспевающими",
        )
        for number in range(size)
    ]
    add_rows(roadmap=roadmap, rows=rows, by=by)
    return roadmap


def _stage(number: int, size: int) -> int:
    if number == 0:
        return Stage.ACQUAINTANCE
    return Stage.REFLECTION if number == size - 1 else Stage.JOINT_ACTIVITY


class Editor:
    """A methodist's browser."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
        self.client.force_login(user, backend=BACKEND)

    def round(self, plan: Roadmap, number: int) -> dict[str, tuple[float, int]]:
        """Milliseconds and queries of every step; RuntimeError for an answer that is no page."""
        page = reverse("roadmaps:detail", args=[plan.pk])
        middle = plan.rows.filter(stage=Stage.JOINT_ACTIVITY).order_by("position")
        row = middle[middle.count() // 2]
        url = reverse("roadmaps:event-edit", args=[row.pk])
        found = {"open": self._timed(lambda: self._get(page))}
        found["row"] = self._timed(lambda: self._get(url, in_place=True))
        fields = _fields(row.pk) | {"title": f"Семинар, правка {number + 1}"}
        found["save"] = self._timed(lambda: self._post(url, fields, in_place=True))
        step = PlanEdit.objects.filter(roadmap=plan).latest("pk").pk
        undo = reverse("roadmaps:undo", args=[plan.pk])
        found["undo"] = self._timed(lambda: self._post(undo, {"step": step}))
        if RoadmapRow.objects.get(pk=row.pk).event.title != row.event.title:
            raise RuntimeError("The step was not taken back")
        check = reverse("roadmaps:check", args=[plan.pk])
        found["check"] = self._timed(lambda: self._get(check, in_place=True))
        return found

    def _timed(self, ask: Callable[[], Any]) -> tuple[float, int]:
        with listened() as statements:
            started = perf_counter()
            answer = ask()
            ms = (perf_counter() - started) * 1000
        if answer.status_code not in {200, 302}:
            raise RuntimeError(f"{answer.status_code}: {answer.content[:300]!r}")
        return ms, len(statements)

    def _get(self, url: str, *, in_place: bool = False) -> Any:
        return self.client.get(url, secure=True, headers=_headers(in_place=in_place))

    def _post(self, url: str, fields: dict[str, Any], *, in_place: bool = False) -> Any:
        token = self.client.cookies[settings.CSRF_COOKIE_NAME].value
        headers = _headers(in_place=in_place) | {"x-csrftoken": token}
        return self.client.post(url, fields, secure=True, headers=headers)


def _headers(*, in_place: bool) -> dict[str, str]:
    told = {"referer": "https://localhost/", "accept-encoding": "gzip"}
    return told | {"hx-request": "true"} if in_place else told


def _fields(row: int) -> dict[str, Any]:
    """The row's form as a browser sends it back."""
    found = RoadmapRow.objects.select_related("event", "roadmap").get(pk=row)
    form = EventForm(roadmap=found.roadmap, row=found)
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value not in (None, False)}

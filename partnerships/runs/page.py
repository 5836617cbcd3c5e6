"""What pages say of a run: the wait, what came of it, facts, the tabs of the result."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from common import waiting
from common.jobs import JobStatus
from common.russian import counted, grouped, long_date
from common.tabs import Tab
from partnerships.models import MatchRun
from partnerships.runs.table import UNPAIRED, name_of

#: Words of `assignment.Why` for the figures of a variant.
_WHY = {
    "nobody": "нет лидера с опытом",
    "busy": "подходящие лидеры заняты",
    "refused": "подходящие запрещены или не готовы",
}


def heading_of(run: MatchRun) -> str:
    return "Подбираются пары" if run.status == JobStatus.RUNNING else "Подбор ждёт очереди"


def stage_of(run: MatchRun) -> str:
    """What is being done, or how long the queue has been waiting and why."""
    return waiting.stage_of(run, "Пары будут подобраны")


def came_of(run: MatchRun) -> str:
    """For the list of runs: «пар 12 из 14; 11 из 14», or why there is nothing to say yet."""
    if run.status != JobStatus.READY:
        return "пока не известно" if waiting.is_open(run) else "не получилось"
    total = run.summary.get("targets", 0)
    if not total:
        return "школ без партнёра не было"
    told = (f"«{one['name']}» – {grouped(one['paired'])}" for one in run.summary["variants"])
    return f"пар из {grouped(total)}: {', '.join(told)}"


def variants_of(run: MatchRun) -> list[dict[str, Any]]:
    """The figures of each variant, with the reasons of those left over in words."""
    return [
        one
        | {
            "left": "; ".join(
                f"{_WHY[code]} – {grouped(count)}" for code, count in one["why"].items()
            )
        }
        for one in run.summary.get("variants", [])
    ]


def further_of(run: MatchRun) -> list[dict[str, Any]]:
    """«Что даст ещё один лидер», by variant; empty where nobody gives anything."""
    return [one for one in run.summary.get("variants", []) if one["further"]]


def found_words(run: MatchRun) -> str:
    """What the run looked at, in a sentence."""
    told = run.summary
    schools = counted(told["targets"], "целевой школы", "целевых школ", "целевых школ")
    leads = counted(told["leads"], "школы", "школ", "школ")
    words = f"Подбор для {schools}. Опыт есть у {leads}."
    if told.get("waiting"):
        asked = counted(told["waiting"], "школа", "школы", "школ")
        words += f" Не подбирали, потому что партнёрство уже предложено: {asked}."
    differ = counted(told.get("differs", 0), "школы", "школ", "школ")
    same = f"Варианты различаются у {differ}." if told.get("differs") else "Варианты совпадают."
    return f"{words} {same}"


def facts_of(run: MatchRun) -> list[dict[str, str]]:
    local = timezone.localtime(run.queued_at)
    facts = [
        ("Учебный год", str(run.year)),
        ("Варианты", ", ".join(name_of(code) for code in run.variants)),
        ("Запущен", f"{long_date(local)}, {local:%H:%M}"),
        ("Кто запустил", run.ordered_by.list_name if run.ordered_by else ""),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def tabs_of(run: MatchRun, current: str, show: str = "") -> list[Tab]:
    """Pages of the result beside one another."""
    pairs = reverse("partnerships:run", args=[run.pk])
    load = reverse("partnerships:run-load", args=[run.pk])
    is_pairs = current == "run"
    return [
        Tab("Пары", pairs, is_pairs and show != UNPAIRED),
        Tab("Кто остался без пары", f"{pairs}?show={UNPAIRED}", is_pairs and show == UNPAIRED),
        Tab("Нагрузка лидеров", load, current == "run-load"),
    ]

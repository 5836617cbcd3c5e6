"""«На что посмотрит методист»: what a report has and what it lacks, before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmaps.marks import Mark

if TYPE_CHECKING:
    from roadmaps.models import EventReport, Occurrence


def _good(text: str) -> Mark:
    return Mark(text, "check", "ok")


def _bad(text: str) -> Mark:
    return Mark(text, "alert", "bad")


def _so(text: str) -> Mark:
    return Mark(text, "info", "soft")


def checks_of(report: EventReport | None, occurrence: Occurrence) -> list[Mark]:
    """Lines of the box; without a report everything is still to be told."""
    if report is None:
        asked = ["Дата попадает в срок", "Место", "Число участников по группам"]
        return [_so(text) for text in [*asked, "Сказано, что получилось"]]
    gaps = dict(report.missing_to_submit())
    found = [
        _date(report, occurrence, gaps),
        _bad(gaps["place"]) if "place" in gaps else _good("Место указано"),
        _bad(gaps["participants"]) if "participants" in gaps else _good("Участники указаны"),
        _bad(gaps["outcome"]) if "outcome" in gaps else _good("Сказано, что получилось"),
    ]
    has_photo = bool(list(report.photos.all()))
    found.append(_good("Есть фото") if has_photo else _so("Фото нет: оно не обязательно"))
    return found


def _date(report: EventReport, occurrence: Occurrence, gaps: dict[str, str]) -> Mark:
    day = report.held_on
    if day is None or "held_on" in gaps:
        return _bad(gaps["held_on"])
    if occurrence.ends_on and day > occurrence.ends_on:
        return Mark("Дата позже срока: методист может спросить почему", "clock", "warn")
    if occurrence.starts_on and day < occurrence.starts_on:
        return Mark("Дата раньше срока", "clock", "warn")
    return _good("Дата попадает в срок") if occurrence.ends_on else _good("Дата указана")

"""Two cards of the bank of practices, made of confirmed events of the demonstration (R136)."""

from dataclasses import dataclass

from accounts.models import User
from network_portal.catalogues import by_code
from network_portal.demo.example import Network
from roadmaps.actions.practices import make_card
from roadmaps.enums import ReportState
from roadmaps.models import EventReport, Occurrence
from schools.models import Direction


@dataclass(frozen=True)
class Practice:
    """Of which event (by its title), and what its card says beside the event and the report."""

    event: str
    title: str
    summary: str
    steps: str
    direction: str


PRACTICES = (
    Practice(
        "Семинар «Адаптированные программы: от документа к уроку»",
        "Семинар, на котором адаптированная программа становится уроком",
        "Педагоги приходят со своей программой и уходят с планом урока по ней.",
        "Разобрать одну программу вместе\n"
        "В парах переложить её на урок\n"
        "Показать уроки и обсудить их через две недели",
        "sen_pupils",
    ),
    Practice(
        "День знакомства ученических советов",
        "Знакомство школ начинают дети",
        "Ученические советы двух школ сами договариваются об общих делах на год.",
        "Встреча советов без взрослых в президиуме\n"
        "Каждая школа предлагает три дела\n"
        "Вместе выбрать и назначить ответственных",
        "personal_potential",
    ),
)


def write(network: Network, by: User) -> None:
    """Make the cards with the action of the page, so that nothing unconfirmed gets in."""
    directions = by_code(Direction)
    held = Occurrence.objects.of(network.municipality).held().select_related("event__kind")
    for practice in PRACTICES:
        occurrence = held.filter(event__title=practice.event).earliest("number")
        event = occurrence.event
        confirmed = EventReport.objects.filter(
            occurrence=occurrence, state=ReportState.CONFIRMED
        ).select_related("school")
        report = confirmed.earliest("pk")
        values = {
            "title": practice.title,
            "summary": practice.summary,
            "steps": practice.steps,
            "outcome": report.outcome,
            "expected_result": event.expected_result,
            "responsible": event.responsible,
            "kind": event.kind,
            "direction": directions[practice.direction],
            "school": report.school,
            "factors": list(event.factors.all()),
        }
        make_card(occurrence=occurrence, values=values, by=by)

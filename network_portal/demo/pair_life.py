"""What pairs promise on both sides, visits with their next steps, events that answer problems.

Invented, but for the five obligations of R011–R015; days are relative to `today`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from accounts.roles import Role
from network_portal.catalogues import by_code
from network_portal.demo.example import Network
from partnerships.enums import MemberRole, ObligationSide, StepSide
from partnerships.models import Obligation, PartnershipObligation, Visit
from roadmaps.models import Event, Problem

HELPED, TEAMS = "СОШ №9 – СОШ №5", "СОШ №16 – ООШ №1, О(С)ОШ №14"

#: How often a year, by pair and code of the obligation.
LEAD = {
    HELPED: {"joint_events": 4, "consulting": 8, "strategy": 1, "seminars": 2, "training": 3},
    TEAMS: {"joint_events": 2, "seminars": 1},
}
TARGET = {
    HELPED: {"joint_events": (2, "площадка для взаимопосещения уроков"), "seminars": (1, "")},
    TEAMS: {"joint_events": (2, "встречи с родителями на базе школ")},
}
#: Events by which the target keeps its promise.
OF_TARGET = (
    "Родительская гостиная с участием СОШ №16",
    "Взаимопосещение уроков в классах, где учатся дети с ОВЗ",
)
ANSWERS = "Консультации узких специалистов для педагогов"


@dataclass(frozen=True)
class Seen:
    """A visit; `done`: the day on which the step was taken."""

    pair: str
    day: int
    school: str
    purpose: str
    found: str
    step: str = ""
    side: str = ""
    by: int | None = None
    done: int | None = None


VISITS = (
    Seen(
        HELPED,
        -40,
        "СОШ №5",
        "Разбор дорожной карты",
        "Сроки консультаций не совпадают с расписанием узких специалистов",
        "Согласовать расписание консультаций",
        StepSide.LEAD,
        -30,
        -33,
    ),
    Seen(
        TEAMS,
        -24,
        "ООШ №1",
        "Знакомство с работой классных руководителей",
        "Родители приходят на собрания редко, памяток для них нет",
        "Составить перечень тем для родительской гостиной",
        StepSide.TARGET,
        -5,
    ),
)


def load(network: Network, today: date) -> None:
    """After roadmaps and people."""
    _promise(network)
    Event.objects.filter(municipality=network.municipality, title__in=OF_TARGET).update(
        obligation_side=ObligationSide.TARGET
    )
    _visit(network, today)
    _answer(network)


def _promise(network: Network) -> None:
    catalogue = by_code(Obligation)
    for pair, promised in LEAD.items():
        rows = network.partnerships[pair].obligations.filter(side=ObligationSide.LEAD)
        for code, quantity in promised.items():
            rows.filter(obligation=catalogue[code]).update(quantity=quantity)
    for pair, noted in TARGET.items():
        for code, (quantity, note) in noted.items():
            PartnershipObligation.objects.create(
                partnership=network.partnerships[pair],
                obligation=catalogue[code],
                side=ObligationSide.TARGET,
                quantity=quantity,
                note=note,
            )


def _visit(network: Network, today: date) -> None:
    people = User.objects.filter(memberships__municipality=network.municipality)
    methodist = people.filter(memberships__role=Role.METHODIST).earliest("pk")

    def day(offset: int | None) -> date | None:
        return None if offset is None else today + timedelta(days=offset)

    for seen in VISITS:
        partnership = network.partnerships[seen.pair]
        Visit.objects.create(
            partnership=partnership,
            visited_on=today + timedelta(days=seen.day),
            school=partnership.members.get(school=network.schools[seen.school]),
            purpose=seen.purpose,
            found=seen.found,
            next_step=seen.step,
            next_step_side=seen.side,
            next_step_by=day(seen.by),
            step_done_on=day(seen.done),
            author=methodist,
        )
    helped = network.partnerships[HELPED]
    helped.visits.filter(next_step_side="").update(
        next_step_side=StepSide.COMMITTEE, school=helped.members.get(role=MemberRole.TARGET)
    )


def _answer(network: Network) -> None:
    """One problem that events answer and one that none answers."""
    problem = Problem.objects.get(roadmap__partnership=network.partnerships[HELPED])
    problem.events.add(Event.objects.get(municipality=network.municipality, title=ANSWERS))
    Problem.objects.create(
        roadmap=problem.roadmap,
        text="Родители не знают, к кому обратиться за помощью",
        author=problem.author,
    )

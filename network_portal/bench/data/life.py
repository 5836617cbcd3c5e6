"""What becomes of partnerships: agreements, promises, visits, signals; decisions about leading.

As in `pairs`, the newest partnerships are the same in a network of any size.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from network_portal.bench.data.bulk import dice, moment, store
from network_portal.bench.data.pairs import HUNDRED, STATES, key_of
from partnerships.enums import (
    ConcernKind,
    ConcernState,
    ObligationSide,
    PairRuleKind,
    PartnershipState,
    StepSide,
)
from partnerships.models import (
    Agreement,
    Concern,
    ConcernTransition,
    CuratorAssignment,
    LeadTerms,
    Material,
    Obligation,
    PairRule,
    Partnership,
    PartnershipObligation,
    PartnershipTransition,
    Visit,
)
from schools.models import Direction, Membership, Municipality, RiskFactor

PURPOSES = ["Посещение уроков", "Знакомство со школой", "Промежуточные итоги"]
#: Visits of a partnership; what its promises name of the catalogue.
VISITS, PROMISES = 2, 2
#: Of so many partnerships one has a signal; of so many schools one was asked about leading; for
#: so many schools there is one decision about a pair, one material.
SIGNAL, ASKED, RULE, MATERIAL = 4, 3, 5, 10
CURATED = 3
_DAY = timedelta(days=1)


class Writer:
    """Writes table after table about `size` partnerships and as many schools."""

    def __init__(self, place: Municipality, users: dict[str, User], size: int, today: date) -> None:
        self.place, self.users, self.size, self.today = place, users, size, today
        self.by = users["methodist"]

    def agreements(self) -> Iterator[Agreement]:
        """Every second partnership has one; some have ended, some end soon, some have no end."""
        for number in range(0, self.size, 2):
            end: date | None = self.today + _DAY * (number % 14 * 30 - 60)
            yield Agreement(
                pk=key_of(number, self.size),
                partnership_id=key_of(number, self.size),
                number=f"{number % 40 + 1}-С" if number % 6 else "",
                signed_on=self.today - _DAY * 400 if number % 6 else None,
                valid_until=end if number % 10 else None,
            )

    def supplements(self) -> Iterator[Agreement]:
        for number in range(0, self.size, 10):
            yield Agreement(
                pk=self.size + key_of(number, self.size),
                partnership_id=key_of(number, self.size),
                parent_id=key_of(number, self.size),
                changes="Срок действия",
                signed_on=self.today - _DAY * 30,
                valid_until=self.today + _DAY * 200,
            )

    def promises(self) -> Iterator[PartnershipObligation]:
        known = list(Obligation.objects.all()[:PROMISES])
        for number in range(self.size):
            for place, obligation in enumerate(known):
                yield PartnershipObligation(
                    partnership_id=key_of(number, self.size),
                    obligation=obligation,
                    side=ObligationSide.TARGET if place else ObligationSide.LEAD,
                    quantity=number % 4 or None,
                )

    def visits(self) -> Iterator[Visit]:
        """Of the promised next steps a part is late and a part is done."""
        sides = StepSide.values
        for number in range(self.size):
            for place in range(VISITS):
                day = self.today - _DAY * (number % 90 + 40 * place)
                steps = (number + place) % 3
                yield Visit(
                    partnership_id=key_of(number, self.size),
                    visited_on=day,
                    purpose=PURPOSES[number % len(PURPOSES)],
                    found="Учителя договорились о взаимном посещении уроков. " * 3,
                    next_step="Передать список детей" if steps else "",
                    next_step_by=day + _DAY * 30 if steps else None,
                    next_step_side=sides[number % len(sides)] if steps else "",
                    step_done_on=day + _DAY * 20 if steps == 1 else None,
                    author=self.by,
                )

    def concerns(self) -> Iterator[Concern]:
        kinds, states = ConcernKind.values, ConcernState.values
        for number in range(0, self.size, SIGNAL):
            yield Concern(
                pk=key_of(number, self.size),
                partnership_id=key_of(number, self.size),
                kind=kinds[number % len(kinds)],
                text="На письма не отвечают с начала месяца.",
                state=states[number // SIGNAL % len(states)],
                author=self.by,
                created_at=moment(self.today, -number),
            )

    def steps_of_concerns(self) -> Iterator[ConcernTransition]:
        for number in range(0, self.size, SIGNAL):
            state = ConcernState.values[number // SIGNAL % len(ConcernState)]
            yield ConcernTransition(
                instance_id=key_of(number, self.size),
                verb="open",
                from_state="",
                to_state=state,
                by=self.by,
                at=moment(self.today, -number),
            )

    def begun(self) -> Iterator[PartnershipTransition]:
        for number in range(self.size):
            if STATES[number % len(STATES)] == PartnershipState.ACTIVE:
                yield PartnershipTransition(
                    instance_id=key_of(number, self.size),
                    verb="start",
                    from_state=PartnershipState.AGREED,
                    to_state=PartnershipState.ACTIVE,
                    by=self.by,
                    at=moment(self.today - _DAY * 80),
                )

    def terms(self) -> Iterator[LeadTerms]:
        for pk in range(1, self.size + 1, ASKED):
            willing = [True, True, False, None][pk % 4]
            limit = [None, 1, 2][pk // ASKED % 3]
            yield LeadTerms(school_id=pk, is_willing=willing, limit=limit, updated_by=self.by)

    def rules(self) -> Iterator[PairRule]:
        """A school and another of the same hundred."""
        for pk in range(1, self.size + 1, RULE):
            first = (pk - 1) // HUNDRED * HUNDRED
            width = min(HUNDRED, self.size - first)
            other = first + (pk - first) % width + 1
            if other != pk:
                yield PairRule(
                    municipality=self.place,
                    lead_id=other,
                    target_id=pk,
                    kind=PairRuleKind.BAN if pk % 2 else PairRuleKind.PIN,
                    reason="Решение совещания",
                    author=self.by,
                )

    def materials(self) -> Iterator[Material]:
        for number in range(0, self.size, MATERIAL):
            yield Material(
                municipality=self.place,
                title=f"Методические рекомендации {number:06}",
                url="https://materials.example/",
                author=self.by,
            )

    def curators(self) -> Iterator[CuratorAssignment]:
        """The curator of the bench looks after a few of the newest pairs."""
        post = Membership.objects.get(user=self.users["curator"], role=Role.CURATOR)
        for number in range(min(CURATED, self.size)):
            yield CuratorAssignment(partnership_id=key_of(number, self.size), member=post)

    def factors(self) -> Iterator[Any]:
        return self._each(Partnership.factors.through, "riskfactor_id", RiskFactor)

    def directions(self) -> Iterator[Any]:
        return self._each(Partnership.directions.through, "direction_id", Direction)

    def _each(self, through: Any, column: str, catalogue: Any) -> Iterator[Any]:
        """One row of the catalogue to each partnership."""
        random, keys = dice(), list(catalogue.objects.values_list("pk", flat=True))
        for number in range(self.size):
            key = random.choice(keys)
            yield through(**{"partnership_id": key_of(number, self.size), column: key})


def life(place: Municipality, users: dict[str, User], size: int, today: date) -> None:
    """Write all of it."""
    writer = Writer(place, users, size, today)
    store(Agreement, writer.agreements())
    store(Agreement, writer.supplements())
    store(PartnershipObligation, writer.promises())
    store(Visit, writer.visits())
    store(Concern, writer.concerns())
    store(ConcernTransition, writer.steps_of_concerns())
    store(PartnershipTransition, writer.begun())
    store(LeadTerms, writer.terms())
    store(PairRule, writer.rules())
    store(Material, writer.materials())
    store(CuratorAssignment, writer.curators())
    store(Partnership.factors.through, writer.factors())
    store(Partnership.directions.through, writer.directions())

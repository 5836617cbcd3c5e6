"""A municipality in which many schools look for a lead and fewer have something to share."""

from collections.abc import Iterator
from random import Random

from accounts.models import User
from network_portal.bench.data.bulk import dice, store
from network_portal.bench.data.schools import SETTLEMENTS, WEIGHTS, YEAR, catalogue, municipality
from partnerships.enums import MemberRole, PairRuleKind, PartnershipState
from partnerships.models import LeadTerms, PairRule, Partnership, PartnershipMember
from schools.enums import CATEGORIES_IN_NEED, ProfileSource, SchoolKind
from schools.models import (
    Experience,
    Municipality,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolCategory,
)

#: Factors of a target, experience of a lead: from, to.
FACTORS, KNOWN = (2, 7), (1, 4)
#: Of the leads, one in so many leads a school already.
BUSY = 4
PINS, BANS = 50, 400


def crowd(targets: int, leads: int) -> tuple[Municipality, User]:
    """Write the schools (targets first), their needs and experience, what people decided."""
    place, known = municipality(), catalogue()
    by = User.objects.create(email="methodist@bench.example")
    random = dice()
    store(School, _schools(place, targets + leads, random))
    in_need = [row for row in known.categories if row.code in CATEGORIES_IN_NEED]
    led = range(1, targets + 1)
    store(
        SchoolCategory,
        (SchoolCategory(school_id=pk, category=random.choice(in_need), since=YEAR) for pk in led),
    )
    store(
        RiskProfile,
        (RiskProfile(pk=pk, school_id=pk, year=YEAR, source=ProfileSource.SURVEY) for pk in led),
    )
    store(RiskProfileItem, _items(known.factors, targets, random))
    leading = range(targets + 1, targets + leads + 1)
    store(Experience, _experience(known.factors, leading, random))
    store(LeadTerms, _terms(leading, by, random))
    _pairs(place, targets, leading)
    store(PairRule, _rules(place, targets, leading, by, random))
    return place, by


def _schools(place: Municipality, size: int, random: Random) -> Iterator[School]:
    for number in range(1, size + 1):
        yield School(
            pk=number,
            municipality=place,
            kind=SchoolKind.SOSH,
            number=str(number),
            short_name=f"СОШ №{number}",
            settlement=random.choice(SETTLEMENTS),
            latitude=round(random.uniform(57.5, 58.5), 6) if number % 3 else None,
            longitude=round(random.uniform(67.5, 69.5), 6) if number % 3 else None,
            pupils=random.randint(60, 1200),
            grades_from=1,
            grades_to=random.choice([9, 11]),
        )


def _items(factors: list[RiskFactor], targets: int, random: Random) -> Iterator[RiskProfileItem]:
    for profile in range(1, targets + 1):
        for factor in random.sample(factors, random.randint(*FACTORS)):
            weight = random.choice(WEIGHTS)
            yield RiskProfileItem(profile_id=profile, factor=factor, significance=weight)


def _experience(factors: list[RiskFactor], leads: range, random: Random) -> Iterator[Experience]:
    for pk in leads:
        for factor in random.sample(factors, random.randint(*KNOWN)):
            text = "Работа с неуспевающими учениками"
            yield Experience(school_id=pk, text=text, factor=factor, basis="проект 500+")


def _terms(leads: range, by: User, random: Random) -> Iterator[LeadTerms]:
    """Half of the leads were asked; one of ten of these does not want to."""
    for pk in leads[::2]:
        willing, limit = random.random() < 0.9, random.choice([None, 1, 2, 4])
        yield LeadTerms(school_id=pk, is_willing=willing, limit=limit, updated_by=by)


def _pairs(place: Municipality, targets: int, leads: range) -> None:
    """Partnerships that ended: known to both schools, in nobody's way. Every fourth lead also
    leads a school that is none of the targets: another lead."""
    ended, living = PartnershipState.FINISHED, PartnershipState.ACTIVE
    rows = [
        *((number + 1, lead, number % targets + 1, ended) for number, lead in enumerate(leads)),
        *(
            (len(leads) + number + 1, lead, leads[number - 1], living)
            for number, lead in enumerate(leads[::BUSY])
        ),
    ]
    store(
        Partnership,
        (Partnership(pk=pk, municipality=place, state=state) for pk, _, _, state in rows),
    )
    roles = ((MemberRole.LEAD, 1), (MemberRole.TARGET, 2))
    store(
        PartnershipMember,
        (
            PartnershipMember(partnership_id=row[0], school_id=row[index], role=role)
            for row in rows
            for role, index in roles
        ),
    )


def _rules(
    place: Municipality, targets: int, leads: range, by: User, random: Random
) -> Iterator[PairRule]:
    pairs = {(random.choice(leads), random.randint(1, targets)) for _ in range(PINS + BANS)}
    for number, (lead, target) in enumerate(sorted(pairs)):
        yield PairRule(
            municipality=place,
            lead_id=lead,
            target_id=target,
            kind=PairRuleKind.BAN if number % (BANS // PINS + 1) else PairRuleKind.PIN,
            reason="Решение совещания",
            author=by,
        )

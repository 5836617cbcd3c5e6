"""Schools with categories, a risk profile, experience and a value of an indicator."""

from collections.abc import Iterator

from accounts.models import User
from common.academic_year import AcademicYear
from indicators.enums import ValueState
from indicators.models import Indicator, IndicatorTarget, IndicatorValue
from network_portal.bench.data.bulk import dice, store
from schools.enums import ProfileSource, SchoolKind, Significance
from schools.models import (
    Category,
    Experience,
    InfrastructureCheck,
    LegalForm,
    Municipality,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolCategory,
)

YEAR = AcademicYear(2026)
SETTLEMENTS = ["г. Примерный", "с. Лесное", "с. Заречье", "пос. Полевой", "д. Озёрная"]
WEIGHTS = [Significance.HIGH, Significance.MID, Significance.LOW, Significance.NONE]


class Catalogue:
    """Common rows that schools refer to."""

    def __init__(self) -> None:
        self.forms = list(LegalForm.objects.all())
        self.categories = list(Category.objects.all())
        self.factors = list(RiskFactor.objects.valid_in(YEAR))
        self.indicator = Indicator.objects.order_by("position", "pk")[0]


def catalogue() -> Catalogue:
    return Catalogue()


def municipality() -> Municipality:
    return Municipality.objects.create(
        name="Муниципальное образование (измерения)",
        signatory_post="Начальник информационно-методического отдела",
        signatory_name="Орлова Анна Петровна",
    )


def schools(place: Municipality, known: Catalogue, size: int, items: int) -> list[School]:
    """The schools, № 1 first, which is the order of the list too; `items` factors to each."""
    rows = list(_schools(place, known, size))
    store(School, rows)
    store(SchoolCategory, _categories(known, size))
    store(RiskProfile, _profiles(size))
    store(RiskProfileItem, _items(known, size, items))
    store(InfrastructureCheck, _checks(size))
    store(Experience, _experience(known, size))
    return rows


def values(place: Municipality, known: Catalogue, size: int, by: User) -> None:
    """A checked value of the last year for nine schools of ten, and what it is held against."""
    store(IndicatorValue, _values(known, size, by))
    target = IndicatorTarget(
        indicator=known.indicator, municipality=place, year=YEAR.previous, low=50
    )
    store(IndicatorTarget, [target])


def _schools(place: Municipality, known: Catalogue, size: int) -> Iterator[School]:
    random = dice()
    for number in range(1, size + 1):
        yield School(
            pk=number,
            municipality=place,
            legal_form=random.choice(known.forms),
            kind=SchoolKind.SOSH,
            number=str(number),
            short_name=f"СОШ №{number}",
            full_name=f"Средняя общеобразовательная школа №{number}",
            settlement=random.choice(SETTLEMENTS),
            address=f"ул. Школьная, {number % 90 + 1}",
            site=f"https://school-{number}.example/",
            pupils=random.randint(60, 1200),
            teachers=random.randint(8, 90),
        )


def _categories(known: Catalogue, size: int) -> Iterator[SchoolCategory]:
    """Three schools of five need a partner, one shares experience."""
    random = dice()
    for pk in range(1, size + 1):
        if random.random() < 0.8:
            category = random.choice(known.categories)
            yield SchoolCategory(school_id=pk, category=category, since=YEAR.previous)


def _profiles(size: int) -> Iterator[RiskProfile]:
    for pk in range(1, size + 1):
        yield RiskProfile(pk=pk, school_id=pk, year=YEAR, source=ProfileSource.SURVEY)


def _items(known: Catalogue, size: int, items: int) -> Iterator[RiskProfileItem]:
    random = dice()
    for profile in range(1, size + 1):
        # Half of the schools have one factor fewer: seven and a half of eight on average.
        for factor in random.sample(known.factors, items - (items > 2 and profile % 2)):
            yield RiskProfileItem(
                profile_id=profile,
                factor=factor,
                significance=random.choice(WEIGHTS),
                note="20 % – дети-инофоны" if profile % 10 == 0 else "",
            )


def _checks(size: int) -> Iterator[InfrastructureCheck]:
    """Every second school was asked; some did not answer all three questions."""
    random = dice()
    for pk in range(1, size + 1, 2):
        internet, computers, staff = (random.choice([True, False, False, None]) for _ in "123")
        yield InfrastructureCheck(
            school_id=pk, year=YEAR, no_internet=internet, no_computers=computers, no_staff=staff
        )


def _values(known: Catalogue, size: int, by: User) -> Iterator[IndicatorValue]:
    random = dice()
    for pk in range(1, size + 1):
        is_checked = pk % 10 > 0
        yield IndicatorValue(
            indicator=known.indicator,
            school_id=pk,
            year=YEAR.previous,
            number=random.randint(10, 90),
            state=ValueState.CHECKED if is_checked else ValueState.SUBMITTED,
            checked_by=by if is_checked else None,
        )


def _experience(known: Catalogue, size: int) -> Iterator[Experience]:
    for pk in range(1, size + 1, 4):
        factor = known.factors[pk % len(known.factors)]
        yield Experience(school_id=pk, text="Работа с неуспевающими учениками", factor=factor)

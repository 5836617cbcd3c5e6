"""Takes turns: every round asks every page of both networks, so that a drift cancels out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median

from network_portal.bench.data import Network
from network_portal.bench.pages import Page
from network_portal.bench.places import Place
from network_portal.bench.rival import changelist
from network_portal.bench.visit import Answer, Statement, Visitor, faults, listened, nodes_of

WARM_UP = 3
#: Seconds of visits to one page after which its rounds end, and rounds that it gets anyway.
ENOUGH = 40
LEAST_ROUNDS = 3
#: Redirects followed when the addresses are settled: `/` may lead to another page.
HOPS = 3


@dataclass
class Town:
    """A filled database and its people, signed in."""

    place: Place
    network: Network
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.place.entered():
            self.visitors = {role: Visitor(user) for role, user in self.network.users.items()}


@dataclass
class Course:
    """One address in one town and the times of its visits."""

    town: Town
    role: str
    url: str
    times: list[float] = field(default_factory=list)
    answer: Answer | None = None
    statements: list[Statement] = field(default_factory=list)
    fault: str = ""

    def visit(self) -> Answer:
        with self.town.place.entered():
            self.answer = self.town.visitors[self.role].get(self.url)
        return self.answer

    def warm_up(self) -> None:
        for _ in range(WARM_UP):
            if self.visit().ms > ENOUGH * 1000 / WARM_UP:
                break

    def look(self) -> None:
        """Count queries and time each; visits that are timed carry no counter."""
        with self.town.place.entered():
            with listened() as statements:
                self.town.visitors[self.role].get(self.url)
            self.statements = [statement.timed() for statement in statements]

    @property
    def is_page(self) -> bool:
        return self.answer is not None and self.answer.is_page

    @property
    def ms(self) -> float:
        return median(self.times)

    @property
    def queries(self) -> int:
        return len(self.statements)


def ratio_of(one: Course, other: Course) -> float:
    """Median of the ratios of the rounds: a slow moment of the machine hits both visits."""
    return median(a / b for a, b in zip(one.times, other.times, strict=True))


@dataclass
class Result:
    """A page in the small and in the large network, and the rival's page in both."""

    page: Page
    courses: list[Course]
    rivals: list[Course]

    @property
    def everything(self) -> list[Course]:
        return [*self.courses, *self.rivals]

    @property
    def seconds(self) -> float:
        """Spent on timed visits so far."""
        return sum(sum(course.times) for course in self.everything) / 1000

    def visit(self, *, backwards: bool) -> None:
        """One round: every address once, side by side in time."""
        for course in reversed(self.everything) if backwards else self.everything:
            course.times.append(course.visit().ms)

    @property
    def growth(self) -> float:
        """Large to small: the median of the rounds, whose visits stand side by side."""
        return ratio_of(self.courses[-1], self.courses[0])

    @property
    def more_queries(self) -> bool:
        """Whether the large network costs queries that the small one does not."""
        small, large = self.courses[0].queries, self.courses[-1].queries
        return large > small + self.page.shortened

    @property
    def to_admin(self) -> list[float]:
        return [ratio_of(*pair) for pair in zip(self.courses, self.rivals, strict=False)]

    @property
    def html_size(self) -> int:
        return len(self._last.html)

    @property
    def sent(self) -> int:
        return self._last.sent

    @property
    def nodes(self) -> int:
        return nodes_of(self._last.html)

    @property
    def _last(self) -> Answer:
        answer = self.courses[-1].answer
        if answer is None:
            raise RuntimeError("The page was not visited")
        return answer


def prepared(
    pages: Iterable[Page], towns: list[Town], skipped: Callable[[str], None]
) -> list[Result]:
    """Pages that answer in every town; `skipped` is told a sentence about each other one."""
    results = []
    for page in pages:
        courses = [course for course in (_course(page, town) for town in towns) if course]
        broken = [course for course in courses if not course.is_page]
        if not courses:
            skipped(f"{page.title}: адреса «{page.url_name}» нет.")
        elif broken:
            status = broken[0].answer and broken[0].answer.status
            skipped(f"{page.title}: ответ {status} вместо страницы. {broken[0].fault}")
        else:
            results.append(Result(page, courses, _rivals(page, towns)))
    return results


def _course(page: Page, town: Town) -> Course | None:
    with town.place.entered():
        url = page.url(town.network)
    if url is None:
        return None
    course = Course(town, page.role, url)
    with faults() as raised:
        for _ in range(HOPS):
            answer = course.visit()
            if answer.status not in {301, 302}:
                break
            course.url = answer.headers["location"]
    course.fault = "; ".join(raised)
    return course


def _rivals(page: Page, towns: list[Town]) -> list[Course]:
    if not page.rival:
        return []
    return [Course(town, "staff", changelist(page.rival)) for town in towns]


def take_turns(results: list[Result], rounds: int) -> None:
    """Visit everything once a round, after a warm-up; the order turns round every time."""
    for result in results:
        for course in result.everything:
            course.warm_up()
            course.look()
    for number in range(rounds):
        for result in results if number % 2 == 0 else reversed(results):
            if number < LEAST_ROUNDS or result.seconds < ENOUGH:
                result.visit(backwards=number % 2 == 1)

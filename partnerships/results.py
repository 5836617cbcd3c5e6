"""Results of schools, told by apps above: a registered provider reads only what is confirmed.

Matching asks for them (R080); this app knows no indicator.
"""

from collections.abc import Callable, Mapping

from common.academic_year import AcademicYear
from partnerships.matching.facts import Result
from schools.models import Municipality

#: Results by school; a school of which nothing is confirmed is absent.
Provider = Callable[[Municipality, AcademicYear], Mapping[int, list[Result]]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider, in `AppConfig.ready()`; the same one twice is one. It asks the database a
    constant number of times, whatever the number of schools.
    """
    if provider not in _providers:
        _providers.append(provider)


def results_of(municipality: Municipality, year: AcademicYear) -> dict[int, list[Result]]:
    """What all the providers know of the schools of the municipality, as of the year."""
    found: dict[int, list[Result]] = {}
    for provider in _providers:
        for school, results in provider(municipality, year).items():
            found.setdefault(school, []).extend(results)
    return found

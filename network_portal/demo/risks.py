"""Risk profiles and features of the schools of seed 001 (R060–R070); last year is invented."""

from common.academic_year import AcademicYear
from network_portal.catalogues import by_code
from schools.enums import ProfileSource
from schools.models import RiskFactor, RiskProfile, School, SchoolFeature

Schools = dict[str, School]

SEVEN = [
    "inhouse_pd_missing",
    "equipment_low",
    "competence_low",
    "ovz_share_high",
    "failure_share_high",
    "environment_low",
    "parents_low",
]
#: R060, R064, R066, R068, R070.
RISKS = {
    "ООШ №1": SEVEN,
    "О(С)ОШ №14": SEVEN,
    "СОШ №2": ["competence_low", "ovz_share_high"],
    "СОШ №3": ["parents_low", "competence_low", "ovz_share_high", "failure_share_high"],
    "СОШ №5": ["ovz_share_high", "failure_share_high"],
    "СОШ №47": [
        "inhouse_pd_missing",
        "equipment_low",
        "competence_low",
        "ovz_share_high",
        "failure_share_high",
    ],
}


#: The year before: invented, so that two profiles can be compared; СОШ №16 as R063 tells it.
RISKS_BEFORE = {
    "СОШ №16": ["adaptivity_low"],
    "СОШ №5": ["ovz_share_high"],
    "СОШ №47": ["equipment_low", "competence_low", "ovz_share_high", "failure_share_high"],
}

#: R084, R089, R092; which school has which is invented.
FEATURES = {
    "ООШ №1": ["infrastructure"],
    "О(С)ОШ №14": ["isolation", "infrastructure"],
    "СОШ №5": ["gifted"],
    "СОШ №47": ["isolation"],
}


def load(schools: Schools, year: AcademicYear) -> None:
    """Two years of profiles, this year's as the seed says, and features of some schools."""
    factors = by_code(RiskFactor)
    for name, codes in RISKS.items():
        now = _profile(schools, name, year, ProfileSource.TEAM_REQUEST)
        for code in codes:
            is_noted = name == "СОШ №47" and code == "failure_share_high"
            note = "20 % – дети-инофоны" if is_noted else ""
            now.items.create(factor=factors[code], note=note)
    for name, codes in RISKS_BEFORE.items():
        before = _profile(schools, name, year.previous, ProfileSource.SURVEY)
        for code in codes:
            before.items.create(factor=factors[code])
    _overcome(schools, factors["adaptivity_low"], year)
    _features(schools)


def _profile(
    schools: Schools, name: str, year: AcademicYear, source: ProfileSource = ProfileSource.UNSET
) -> RiskProfile:
    return RiskProfile.objects.create(school=schools[name], year=year, source=source)


def _overcome(schools: Schools, factor: RiskFactor, year: AcademicYear) -> None:
    """СОШ №16 overcame the risks of low adaptivity with СОШ №3 (R063)."""
    _profile(schools, "СОШ №16", year).items.create(
        factor=factor, overcome=True, overcome_with=schools["СОШ №3"]
    )


def _features(schools: Schools) -> None:
    features = by_code(SchoolFeature)
    for name, codes in FEATURES.items():
        schools[name].features.set([features[code] for code in codes])

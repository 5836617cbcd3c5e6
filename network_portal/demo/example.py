"""Seed 001: ten schools, their clusters and partners (R045–R071)."""

from dataclasses import dataclass, field
from datetime import date

from common.academic_year import AcademicYear
from network_portal.catalogues import by_code
from network_portal.demo import risks
from partnerships.enums import MemberRole, ObligationSide, PartnershipState, Scenario
from partnerships.models import (
    Agreement,
    Obligation,
    Partnership,
    PartnershipMember,
    PartnershipObligation,
)
from schools.enums import CategoryCode, SchoolKind
from schools.models import (
    Category,
    Direction,
    Experience,
    InfrastructureCheck,
    LegalForm,
    Municipality,
    RiskFactor,
    School,
    SchoolCategory,
)

NAME = "Муниципальное образование (пример)"
DEPARTMENT = "Комитет по образованию"
BASIS = "информационная справка информационно-методического отдела"


@dataclass
class Network:
    """What was loaded, by the short names the seed uses."""

    municipality: Municipality
    schools: dict[str, School] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)


#: key → legal form, kind, number.
SCHOOLS = {
    "ООШ №1": ("mobu", SchoolKind.OOSH, "1"),
    "О(С)ОШ №14": ("mkou", SchoolKind.OSOSH, "14"),
    "СОШ №2": ("mobu", SchoolKind.SOSH, "2"),
    "СОШ №3": ("mobu", SchoolKind.SOSH, "3"),
    "СОШ №4": ("mobu", SchoolKind.SOSH, "4"),
    "СОШ №5": ("mobu", SchoolKind.SOSH, "5"),
    "СОШ №9": ("mobu", SchoolKind.SOSH, "9"),
    "СОШ №16": ("mobu", SchoolKind.SOSH, "16"),
    "СОШ №47": ("mobu", SchoolKind.SOSH, "47"),
    "Гимназия №1": ("maou", SchoolKind.GYMNASIUM, "1"),
}

#: R052 (which of the two applies is not said), R053.
CATEGORIES = {
    CategoryCode.LOW_OR_ADVERSE: ["ООШ №1", "СОШ №2", "О(С)ОШ №14"],
    CategoryCode.AT_RISK: ["СОШ №5", "СОШ №3", "СОШ №47"],
}

#: R054: members are named, which two of the three factors is not (quirk 7).
INFRASTRUCTURE = ["ООШ №1", "О(С)ОШ №14", "СОШ №47"]


@dataclass(frozen=True)
class Pair:
    """One partnership of the seed: who, about what and why."""

    lead: str
    targets: tuple[str, ...]
    topic: str
    reason: str = ""
    directions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    state: PartnershipState = PartnershipState.ACTIVE
    result: str = ""
    has_agreement: bool = False

    @property
    def key(self) -> str:
        return f"{self.lead} – {', '.join(self.targets)}"


#: R060–R067, R070, R063: five active and one finished.
PAIRS = [
    Pair(
        "СОШ №4",
        ("ООШ №1", "О(С)ОШ №14"),
        "использование ИКТ",
        directions=("ict",),
        factors=("equipment_low", "competence_low"),
    ),
    Pair(
        "СОШ №16",
        ("ООШ №1", "О(С)ОШ №14"),
        "развитие личностного потенциала",
        "есть опыт в результате работы в проекте по развитию личностного потенциала",
        directions=("personal_potential",),
        factors=("environment_low", "parents_low"),
    ),
    Pair(
        "СОШ №9",
        ("СОШ №5",),
        "обучающиеся с ОВЗ, учебная неуспешность",
        "стала эффективным партнёром",
        directions=("sen_pupils", "failure"),
        factors=("ovz_share_high", "failure_share_high"),
        has_agreement=True,
    ),
    Pair(
        "СОШ №3",
        ("СОШ №2",),
        "компетентность педагогов, обучающиеся с ОВЗ",
        "приобрела этот опыт в проекте 500+",
        directions=("teachers", "sen_pupils"),
        factors=("competence_low", "ovz_share_high"),
    ),
    Pair(
        "Гимназия №1",
        ("СОШ №3",),
        "вовлечение родителей, компетентность педагогов, обучающиеся с ОВЗ, учебная неуспешность",
        directions=("families", "teachers"),
        factors=("parents_low", "competence_low", "ovz_share_high", "failure_share_high"),
    ),
    Pair(
        "СОШ №3",
        ("СОШ №16",),
        "риски низкой адаптивности учебного процесса",
        directions=("adaptivity",),
        factors=("adaptivity_low",),
        state=PartnershipState.FINISHED,
        result="риски низкой адаптивности преодолены",
    ),
]


def load(today: date) -> Network:
    """Create the municipality of seed 001; the seed has no date, so facts stand in this year."""
    year = AcademicYear.of(today)
    network = Network(_municipality())
    _schools(network)
    _categories(network, year)
    risks.load(network.schools, year)
    _experience(network)
    for pair in PAIRS:
        network.partnerships[pair.key] = _partnership(network, pair)
    return network


def _municipality() -> Municipality:
    return Municipality.objects.create(
        name=NAME,
        committee_name="Комитет по образованию",
        parent_body="Администрация муниципального образования",
        head_post="Председатель комитета по образованию",
        head_name="Соколова Ирина Львовна",
        office_name="Информационно-методический отдел",
        signatory_post="Начальник информационно-методического отдела",
        signatory_name="Зимина Елена Павловна",
    )


def _schools(network: Network) -> None:
    forms = by_code(LegalForm)
    for short_name, (form, kind, number) in SCHOOLS.items():
        network.schools[short_name] = School.objects.create(
            municipality=network.municipality,
            legal_form=forms[form],
            kind=kind,
            number=number,
            short_name=short_name,
            department=DEPARTMENT,
        )


def _categories(network: Network, year: AcademicYear) -> None:
    for code, names in CATEGORIES.items():
        category = Category.objects.get(municipality=None, code=code)
        for name in names:
            SchoolCategory.objects.create(
                school=network.schools[name], category=category, since=year
            )
    for name in INFRASTRUCTURE:
        InfrastructureCheck.objects.create(
            school=network.schools[name], year=year, decided=True, decision_basis=BASIS
        )


def _experience(network: Network) -> None:
    factors, directions = by_code(RiskFactor), by_code(Direction)
    rows = [
        ("СОШ №4", "Использование ИКТ", None, "ict", ""),
        (
            "СОШ №16",
            "Развитие личностного потенциала",
            None,
            "personal_potential",
            "проект по развитию личностного потенциала",
        ),
        (
            "СОШ №16",
            "Преодоление рисков низкой адаптивности учебного процесса",
            "adaptivity_low",
            None,
            "взаимодействие с СОШ №3",
        ),
        ("СОШ №3", "Компетентность педагогов", "competence_low", None, "проект 500+"),
        ("СОШ №3", "Обучение детей с ОВЗ", "ovz_share_high", None, "проект 500+"),
    ]
    for school, text, factor, direction, basis in rows:
        Experience.objects.create(
            school=network.schools[school],
            text=text,
            factor=factors.get(factor or ""),
            direction=directions.get(direction or ""),
            basis=basis,
        )


def _partnership(network: Network, pair: Pair) -> Partnership:
    partnership = Partnership.objects.create(
        municipality=network.municipality,
        topic=pair.topic,
        reason=pair.reason,
        result=pair.result,
        scenario=Scenario.UNSET,
        state=pair.state,
    )
    roles = [(pair.lead, MemberRole.LEAD), *((name, MemberRole.TARGET) for name in pair.targets)]
    for name, role in roles:
        PartnershipMember.objects.create(
            partnership=partnership, school=network.schools[name], role=role
        )
    factors, directions = by_code(RiskFactor), by_code(Direction)
    partnership.factors.set([factors[code] for code in pair.factors])
    partnership.directions.set([directions[code] for code in pair.directions])
    if pair.has_agreement:
        Agreement.objects.create(partnership=partnership)
    if pair.state == PartnershipState.ACTIVE:
        for obligation in Obligation.objects.filter(municipality=None):
            PartnershipObligation.objects.create(
                partnership=partnership, obligation=obligation, side=ObligationSide.LEAD
            )
    return partnership

"""Seed 000: Тобольск 2017–2018, a second municipality that sees only its own (R007–R010).

«Гимназия … – филиал МАОУ «Прииртышская СОШ» – «Абалакская СОШ»» is read as two parties: the
gymnasium and the branch «Абалакская СОШ» of «Прииртышская СОШ» (quirk 1). The targets outside
the city stand in municipalities of their own without accounts (quirk 2).
"""

from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Partnership, PartnershipMember
from schools.enums import SchoolKind
from schools.models import LegalForm, Municipality, School

NAME = "Город Тобольск"


def load() -> Municipality:
    """Create the city, its neighbours and the three partnerships of the seed."""
    city = Municipality.objects.create(
        name=NAME,
        committee_name="Комитет по образованию администрации города Тобольска",
        parent_body="Администрация города Тобольска",
        head_post="Председатель Комитета по образованию",
        head_name="Громова Татьяна Сергеевна",
        place="г. Тобольск",
    )
    maou = LegalForm.objects.get(municipality=None, code="maou")
    gymnasium = School.objects.create(
        municipality=city,
        legal_form=maou,
        kind=SchoolKind.GYMNASIUM,
        short_name="Гимназия имени Н.Д. Лицмана",
    )
    school15 = School.objects.create(
        municipality=city, legal_form=maou, number="15", short_name="СОШ №15"
    )
    school14 = School.objects.create(
        municipality=city, legal_form=maou, number="14", short_name="СОШ №14"
    )
    for year, lead, target in [
        (2017, gymnasium, _branch(maou)),
        (2017, school15, _outside_school()),
        (2018, school15, school14),
    ]:
        partnership = Partnership.objects.create(
            municipality=city,
            start_year=year,
            start_text=f"{year} год",
            state=PartnershipState.ACTIVE,
        )
        for school, role in [(lead, MemberRole.LEAD), (target, MemberRole.TARGET)]:
            PartnershipMember.objects.create(partnership=partnership, school=school, role=role)
    return city


def _branch(maou: LegalForm) -> School:
    district = Municipality.objects.create(
        name="Муниципалитет не указан (Прииртышская СОШ)", committee_name="не указан"
    )
    parent = School.objects.create(
        municipality=district, legal_form=maou, short_name="Прииртышская СОШ"
    )
    return School.objects.create(
        municipality=district, parent=parent, short_name="Абалакская СОШ", counted_in_parent=True
    )


def _outside_school() -> School:
    district = Municipality.objects.create(name="Вагайский район", committee_name="не указан")
    return School.objects.create(municipality=district, short_name="Осиновская СОШ")

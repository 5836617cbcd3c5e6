"""«Лидеры»: load against limit, terms of a school, settings of the network."""

import pytest
from django.urls import reverse

from accounts.models import Notification
from common.versions import Stale
from partnerships.actions.leads import save_terms
from partnerships.enums import PartnershipState
from partnerships.models import LeadTerms, NetworkSettings
from schools.models import SchoolChange
from tests.partnerships.factories import LeadTermsFactory, pair
from tests.schools.factories import MembershipFactory, SchoolFactory

LEADS = reverse("partnerships:leads")


def listed(client, query: str = "") -> list[str]:
    return [school.short_name for school in client.get(LEADS + query).context["page"]]


def terms_url(school) -> str:
    return reverse("partnerships:lead-terms", args=[school.pk])


@pytest.fixture
def network(cast):
    """№9 leads two of one place, №20 is willing and free, №21 once led, №47 leads unasked."""
    pair(cast.lead, cast.lonely)
    LeadTermsFactory(school=cast.lead, limit=1)
    cast.lead.experience.create(text="Работа с инофонами")
    free = SchoolFactory(municipality=cast.municipality, number="20")
    LeadTermsFactory(school=free)
    past = SchoolFactory(municipality=cast.municipality, number="21")
    pair(past, cast.target, state=PartnershipState.FINISHED)
    LeadTermsFactory(school=past, is_willing=False)
    pair(cast.lonely, cast.target)
    return cast


def test_who_leads_or_is_willing_with_load_and_limit(client, network):
    client.sign_in(network.chair)
    page = client.get(LEADS).context["page"]
    rows = {s.short_name: (s.load, s.most, s.places, s.experiences) for s in page}
    assert rows == {
        "СОШ №9": (2, 1, -1, 1),
        "СОШ №20": (0, 3, 3, 0),
        "СОШ №47": (1, 3, 2, 0),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?show=over", ["СОШ №9"]),
        ("?show=free", ["СОШ №20", "СОШ №47"]),
        ("?show=unasked", ["СОШ №47"]),
        ("?q=20", ["СОШ №20"]),
        ("?sort=-load", ["СОШ №9", "СОШ №47", "СОШ №20"]),
        ("?sort=-places", ["СОШ №20", "СОШ №47", "СОШ №9"]),
        ("?sort=-experience", ["СОШ №9", "СОШ №20", "СОШ №47"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(client, network, query, names):
    assert listed(client.sign_in(network.methodist), query) == names


def test_a_school_that_nobody_asked_is_not_called_unwilling(client, network):
    client.sign_in(network.methodist)
    html = client.get(f"{LEADS}?show=unasked").content.decode()
    assert "не спрашивали" in html
    assert "Не готова" not in html


def test_the_limit_of_the_network_counts_where_a_school_has_none(client, network):
    NetworkSettings.objects.create(municipality=network.municipality, lead_limit=1)
    pair(network.lonely, network.lead)
    assert listed(client.sign_in(network.methodist), "?show=over") == ["СОШ №9", "СОШ №47"]


def test_a_director_states_for_the_own_school_within_the_common_limit(client, cast):
    client.sign_in(cast.director)
    said = {"is_willing": "True", "note": "с января", "seen": ""}
    answer = client.post(terms_url(cast.target), said | {"limit": 4})
    assert "Не больше 3: больше школе разрешает методист." in answer.content.decode()
    client.post(terms_url(cast.target), said | {"limit": 2})
    terms = LeadTerms.objects.get(school=cast.target)
    assert (terms.is_willing, terms.limit, terms.updated_by) == (True, 2, cast.director)
    changes = set(SchoolChange.objects.values_list("what", "new"))
    assert ("Готова быть лидером", "да") in changes
    assert client.post(terms_url(cast.lead), said).status_code == 403


def test_the_methodist_may_allow_more_and_the_school_keeps_it(client, cast):
    client.sign_in(cast.methodist)
    client.post(terms_url(cast.target), {"is_willing": "True", "limit": 6, "seen": ""})
    assert LeadTerms.objects.get().limit == 6
    client.sign_in(cast.director)
    seen = client.get(terms_url(cast.target)).context["form"].initial["seen"]
    client.post(terms_url(cast.target), {"is_willing": "False", "limit": 6, "seen": seen})
    terms = LeadTerms.objects.get()
    assert (terms.is_willing, terms.limit) == (False, 6)


def test_of_two_people_the_second_sees_both_answers(client, cast):
    values = {"is_willing": False, "limit": None, "note": "ремонт"}
    save_terms(school=cast.target, values=values, seen="", by=cast.methodist)
    with pytest.raises(Stale):
        save_terms(school=cast.target, values=values, seen="", by=cast.director)
    client.sign_in(cast.director)
    answer = client.post(terms_url(cast.target), {"is_willing": "True", "note": "да", "seen": ""})
    assert answer.status_code == 409
    assert "не готова, ремонт" in answer.content.decode()
    again = answer.context["form"]["seen"].value()
    client.post(terms_url(cast.target), {"is_willing": "True", "note": "да", "seen": again})
    assert LeadTerms.objects.get().note == "да"


def test_what_a_school_said_is_for_the_committee_and_the_school(client, cast):
    LeadTermsFactory(school=cast.target, is_willing=False, note="тайная причина")
    card = reverse("schools:detail", args=[cast.target.pk])
    for name, sees in (("chair", True), ("director", True), ("lead_director", False)):
        html = client.sign_in(getattr(cast, name)).get(card).content.decode().replace("\xa0", " ")
        assert ("тайная причина" in html) == sees


def test_a_school_that_leads_nobody_is_added_by_its_name(client, cast):
    client.sign_in(cast.methodist)
    add = reverse("partnerships:lead-add")
    client.post(add, {"school": "СОШ N 47", "is_willing": "True"})
    assert LeadTerms.objects.get().school == cast.lonely
    answer = client.post(add, {"school": "СОШ №47", "is_willing": "False"})
    assert "ответ уже записан" in answer.content.decode().replace("\xa0", " ")
    answer = client.post(add, {"school": cast.foreign_lead.short_name, "is_willing": "True"})
    assert "Такой школы в муниципалитете нет" in answer.content.decode()


def test_settings_are_kept_and_the_other_methodists_told(client, cast):
    colleague = MembershipFactory(municipality=cast.municipality, role="methodist").user
    client.sign_in(cast.methodist)
    address = reverse("partnerships:network-settings")
    for wrong in (0, 51, "", "три"):
        client.post(address, {"lead_limit": wrong, "quiet_days": 30, "renewal_days": 60})
    assert not NetworkSettings.objects.exists()
    client.post(address, {"lead_limit": 4, "quiet_days": 30, "renewal_days": 60})
    assert NetworkSettings.of(cast.municipality).lead_limit == 4
    assert NetworkSettings.of(cast.foreign).lead_limit == 3
    notice = Notification.objects.get()
    assert notice.recipient == colleague
    assert notice.text.endswith("сколько целевых школ ведёт один лидер, не больше: 4 (было 3)")

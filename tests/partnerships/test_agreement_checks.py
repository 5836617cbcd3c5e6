"""Checks before an agreement: tables of the pure part, then what the facts are collected from."""

from datetime import date

import pytest

from partnerships.agreement_checks import (
    Ban,
    Check,
    Facts,
    LeadFacts,
    Level,
    SharedPerson,
    Tie,
    checks_of,
    refusals,
    warnings,
)
from partnerships.agreement_facts import facts_of
from partnerships.enums import MemberRole, PairRuleKind, PartnershipState
from partnerships.models import NetworkSettings
from tests.partnerships.factories import (
    LeadTermsFactory,
    MemberFactory,
    PairRuleFactory,
    pair,
)
from tests.schools.factories import ContactFactory, DirectorFactory, SchoolFactory

TODAY = date(2026, 11, 24)


def lead(**changes) -> LeadFacts:
    usual = {"others": 1, "here": 1, "limit": 3, "is_willing": True}
    return LeadFacts(id=9, name="СОШ №9", **(usual | changes))


def found(facts: Facts, what: str) -> Check:
    """The only check about that, or the first of several."""
    return next(check for check in checks_of(facts) if check.what.startswith(what))


@pytest.mark.parametrize(
    ("facts", "level", "why"),
    [
        (
            lead(),
            Level.OK,
            "Сейчас ведёт 1\xa0целевую школу, с этим партнёрством – 2 при пределе 3.",
        ),
        (lead(others=0, here=3), Level.OK, "Сейчас никого не ведёт, с этим партнёрством – 3 при"),
        (lead(others=3), Level.WARNING, "Сейчас ведёт 3\xa0целевые школы, с этим партнёрством – 4"),
        (lead(others=1, here=1, limit=1), Level.WARNING, "с этим партнёрством – 2 при пределе 1."),
        # Every target of this partnership is led already: nothing is added.
        (lead(others=3, here=0), Level.OK, "с этим партнёрством – 3 при пределе 3."),
    ],
)
def test_capacity(facts, level, why):
    check = found(Facts(leads=[facts]), "Нагрузка")
    assert check.level == level
    assert why in check.why
    assert bool(check.step) == (level != Level.OK)


@pytest.mark.parametrize(
    ("is_willing", "note", "level", "why"),
    [
        (True, "", Level.OK, "Школа готова быть лидером."),
        (True, "с января", Level.OK, "Школа готова быть лидером: «с января»."),
        (False, "ремонт", Level.WARNING, "Школа не готова быть лидером: «ремонт»."),
        (None, "", Level.WARNING, "Школу не спрашивали."),
    ],
)
def test_willingness(is_willing, note, level, why):
    check = found(Facts(leads=[lead(is_willing=is_willing, note=note)]), "Готовность")
    assert (check.level, check.why) == (level, why)
    assert (check.terms_of is not None) == (level != Level.OK)


def test_what_forbids_stands_first_and_what_warns_next():
    facts = Facts(
        leads=[lead(is_willing=None)],
        closed=["СОШ №5"],
        bans=[Ban("СОШ №9", "СОШ №5", "один учредитель")],
    )
    checks = checks_of(facts)
    levels = [check.level for check in checks]
    assert levels == [
        Level.REFUSAL,
        Level.REFUSAL,
        Level.WARNING,
        Level.OK,
        Level.OK,
    ]
    assert [check.why for check in refusals(checks)] == [
        "Закрыта: СОШ №5.",
        "СОШ №9 и СОШ №5 решено не объединять: один учредитель",
    ]
    assert [check.why for check in warnings(checks)] == ["Школу не спрашивали."]
    assert all(check.step for check in checks if check.level != Level.OK)


@pytest.mark.parametrize(
    ("tie", "words"),
    [
        (Tie.HEAD, "Зимина Елена Павловна руководит обеими школами: СОШ №9 и СОШ №5."),
        (Tie.CURATOR, "куратор этого партнёрства и работает в обеих школах"),
        (Tie.WORKS, "работает в обеих школах"),
    ],
)
@pytest.mark.parametrize("same_account", [True, False])
def test_a_person_of_both_schools(tie, words, same_account):
    person = SharedPerson("Зимина Елена Павловна", "СОШ №9", "СОШ №5", tie, same_account)
    check = found(Facts(people=[person]), "Конфликт")
    assert check.level == Level.WARNING
    assert words in check.why
    assert ("однофамильцы" in check.why) != same_account


def test_branches_of_one_organisation():
    check = found(Facts(related=[("СОШ №9", "Филиал")]), "Конфликт")
    assert (check.level, "одна организация" in check.why) == (Level.WARNING, True)


def test_where_nothing_is_wrong_every_question_is_answered():
    checks = checks_of(Facts(leads=[lead()]))
    assert {check.level for check in checks} == {Level.OK}
    assert [check.what for check in checks] == [
        "Школы действуют",
        "Решения о парах",
        "Нагрузка, СОШ №9",
        "Готовность, СОШ №9",
        "Конфликт интересов",
    ]


# --- facts ---------------------------------------------------------------------------------


def facts(partnership) -> Facts:
    return facts_of(type(partnership).objects.with_members().get(pk=partnership.pk), TODAY)


def test_living_targets_are_counted_once_and_without_this_partnership(cast):
    other = SchoolFactory(municipality=cast.municipality)
    pair(cast.lead, cast.lonely)
    pair(cast.lead, cast.lonely, other, topic="другая")
    pair(cast.lead, SchoolFactory(), state=PartnershipState.FINISHED)
    pair(cast.lead, SchoolFactory(), state=PartnershipState.PROPOSED)
    MemberFactory(partnership=cast.partnership, school=other)
    gone = pair(cast.lead, SchoolFactory())
    gone.members.filter(role=MemberRole.TARGET).update(left_on=TODAY)
    (one,) = facts(cast.partnership).leads
    # №47 and the other one elsewhere; №5 is new here, the other one is led already.
    assert (one.others, one.here, one.limit, one.is_willing) == (2, 1, 3, None)


def test_the_limit_is_the_school_s_own_or_the_committee_s(cast):
    NetworkSettings.objects.create(municipality=cast.municipality, lead_limit=5)
    assert facts(cast.partnership).leads[0].limit == 5
    terms = LeadTermsFactory(school=cast.lead, is_willing=False, limit=1, note="ремонт")
    (one,) = facts(cast.partnership).leads
    assert (one.limit, one.is_willing, one.note) == (1, False, terms.note)


def test_bans_pins_and_closed_schools(cast):
    assert (facts(cast.partnership).bans, facts(cast.partnership).closed) == ([], [])
    rule = PairRuleFactory(
        municipality=cast.municipality,
        lead=cast.lead,
        target=cast.target,
        kind=PairRuleKind.PIN,
        reason="соседи",
    )
    assert facts(cast.partnership).bans == []
    type(rule).objects.filter(pk=rule.pk).update(kind=PairRuleKind.BAN)
    cast.target.closed_on = TODAY
    cast.target.save()
    now = facts(cast.partnership)
    assert now.bans == [Ban("СОШ №9", "СОШ №5", "соседи")]
    assert now.closed == ["СОШ №5"]


def test_a_head_school_and_its_branch_are_one(cast):
    assert facts(cast.partnership).related == []
    cast.target.parent = cast.lead
    cast.target.save()
    assert facts(cast.partnership).related == [("СОШ №9", "СОШ №5")]
    cast.target.parent = cast.lead.parent = cast.lonely
    cast.target.save()
    cast.lead.save()
    assert facts(cast.partnership).related == [("СОШ №9", "СОШ №5")]


def ties(cast) -> list[tuple[str, Tie, bool]]:
    return [(one.name, one.tie, one.same_account) for one in facts(cast.partnership).people]


def test_people_of_both_schools(cast):
    assert ties(cast) == []
    head = cast.lead.memberships.get(role="director")
    DirectorFactory(school=cast.target, user=head.user, name=head.name)
    assert ties(cast) == [(head.name, Tie.HEAD, True)]
    head.until = date(2026, 11, 23)
    head.save()
    assert ties(cast) == []


def test_a_curator_and_a_teacher_known_by_name(cast):
    curator = cast.partnership.curators.get().member
    ContactFactory(school=cast.target, name=curator.name, role="", post="Учитель")
    assert ties(cast) == [(curator.name, Tie.CURATOR, False)]
    cast.partnership.curators.update(until=date(2026, 11, 23))
    assert ties(cast) == [(curator.name, Tie.WORKS, False)]

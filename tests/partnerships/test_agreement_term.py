"""When an agreement runs out, and when that is no news any more."""

from datetime import date, timedelta

import pytest

from partnerships.agreement_list import expiring, with_agreement_state
from partnerships.agreement_term import sooner, term_of
from partnerships.enums import PartnershipState
from partnerships.models import Agreement, Partnership
from tests.partnerships.factories import AgreementFactory, PartnershipFactory

TODAY = date(2026, 11, 24)
SOON, FAR, PAST = date(2026, 12, 24), date(2027, 8, 31), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 11, 24), "заканчивается сегодня"),
        (date(2026, 11, 25), "заканчивается через 1 день"),
        (date(2026, 12, 15), "заканчивается через 21 день"),
        (date(2027, 1, 23), "заканчивается через 60 дней"),
        (date(2026, 11, 23), "срок истёк"),
    ],
)
def test_the_warning_counts_days(until, words):
    told = term_of(until, TODAY, 60)
    assert told.words.replace("\u00a0", " ") == words


@pytest.mark.parametrize("until", [None, date(2027, 1, 24), FAR])
def test_there_is_no_warning_while_there_is_time_or_no_end(until):
    assert term_of(until, TODAY, 60) is None


def test_of_several_the_soonest_is_told():
    terms = [None, term_of(SOON, TODAY, 60), term_of(PAST, TODAY, 60)]
    assert sooner(terms).until == PAST
    assert sooner([None]) is None


@pytest.mark.django_db
class TestQuerySets:
    def found(self) -> tuple[set[Agreement], set[Agreement]]:
        rows = Agreement.objects
        return set(rows.expiring(TODAY, 60)), set(rows.expired(TODAY))

    def test_ending_and_ended_agreements_are_found(self):
        soon, past = AgreementFactory(valid_until=SOON), AgreementFactory(valid_until=PAST)
        AgreementFactory(valid_until=FAR)
        AgreementFactory()
        assert self.found() == ({soon}, {past})
        partnerships = expiring(Partnership.objects.all(), TODAY, 60)
        assert set(partnerships) == {soon.partnership, past.partnership}

    def test_the_last_supplementary_agreement_with_an_end_moves_it(self):
        main = AgreementFactory(valid_until=PAST)
        for day, until in ((1, FAR), (2, SOON), (3, None)):
            AgreementFactory(
                partnership=main.partnership,
                parent=main,
                changes="срок",
                signed_on=date(2026, 9, day),
                valid_until=until,
            )
        assert self.found() == ({main}, set())
        shown = with_agreement_state(Partnership.objects.all()).get()
        assert (shown.has_agreement, shown.agreement_until) == (True, SOON)

    @pytest.mark.parametrize(
        "later",
        [
            {"valid_until": FAR},
            {"signed_on": TODAY},
        ],
    )
    def test_a_renewed_agreement_is_no_news(self, later):
        old = AgreementFactory(signed_on=TODAY - timedelta(days=400), valid_until=PAST)
        AgreementFactory(partnership=old.partnership, **later)
        assert self.found() == (set(), set())

    def test_an_unknown_one_beside_it_renews_nothing(self):
        old = AgreementFactory(signed_on=date(2025, 9, 1), valid_until=PAST)
        AgreementFactory(partnership=old.partnership)
        assert self.found() == (set(), {old})

    @pytest.mark.parametrize("state", [PartnershipState.FINISHED, PartnershipState.PROPOSED])
    def test_only_living_partnerships_are_told_of(self, state):
        AgreementFactory(partnership=PartnershipFactory(state=state), valid_until=SOON)
        assert self.found() == (set(), set())

    def test_a_partnership_without_an_agreement_says_so(self):
        PartnershipFactory()
        shown = with_agreement_state(Partnership.objects.all()).get()
        assert (shown.has_agreement, shown.agreement_until) == (False, None)

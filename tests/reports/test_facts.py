"""Facts of a network, counted as the seed asks and for one municipality only."""

from datetime import date

import pytest

from partnerships.enums import LIVING, MemberRole, PartnershipKind, PartnershipState
from partnerships.unpaired import schools_without_partner
from reports.builders.blocks import Numbering
from reports.builders.work import gaps_of_partnerships, partnerships
from reports.facts import fulfilment
from reports.facts.glance import Glance
from reports.facts.lacks import lacks_of_experience
from reports.facts.network import NetworkFacts
from reports.facts.scope import Scope
from roadmaps.actions.plan import cancel_event
from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap, RoadmapRow
from schools.enums import CategoryCode, Significance
from schools.models import AssessmentProcedure, InfrastructureCheck, School
from tests.partnerships.factories import MemberFactory, pair
from tests.roadmaps.factories import OccurrenceFactory, ReportFactory, RoadmapFactory, RowFactory
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    MunicipalityFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(name="Здешний")


def facts_of(place) -> NetworkFacts:
    return NetworkFacts(Scope(place, YEAR, TODAY))


def school(place, number: str):
    return SchoolFactory(municipality=place, number=number)


def in_category(school, code: CategoryCode):
    return SchoolCategoryFactory(school=school, category=CategoryFactory(code=code))


def test_low_results_and_adverse_context_are_one_group_and_infrastructure_a_group_of_facts(place):
    one, two, three = (school(place, number) for number in ("1", "2", "14"))
    in_category(one, CategoryCode.LOW_OR_ADVERSE)
    in_category(two, CategoryCode.LOW_RESULTS)
    in_category(three, CategoryCode.AT_RISK)
    InfrastructureCheck.objects.create(school=one, year=YEAR, no_internet=True, no_staff=True)
    groups = facts_of(place).groups
    assert [[str(s) for s in group.schools] for group in groups.groups] == [
        ["СОШ №1", "СОШ №2"],
        ["СОШ №14"],
        ["СОШ №1"],
    ]
    assert groups.doubled == [one]


def test_a_category_of_another_year_does_not_count(place):
    in_category(school(place, "5"), CategoryCode.AT_RISK)
    past = NetworkFacts(Scope(place, YEAR.previous, TODAY))
    assert past.groups.needy == []


def test_a_factor_overcome_or_not_found_is_not_present(place):
    profile = RiskProfileFactory(school=school(place, "16"))
    weighing = RiskProfileItemFactory(profile=profile)
    RiskProfileItemFactory(profile=profile, significance=Significance.NONE)
    beaten = RiskProfileItemFactory(profile=profile, overcome=True)
    risks = facts_of(place).risks
    assert list(risks.present.values()) == [weighing]
    assert list(risks.overcome) == [beaten]


def test_a_link_is_one_edge_from_lead_to_target(place):
    first, second, lead, other = (school(place, n) for n in ("1", "14", "4", "3"))
    pair(lead, first, second)
    pair(other, first, state=PartnershipState.FINISHED)
    pairs = facts_of(place).pairs
    assert (pairs.active_links, pairs.finished_links) == (2, 1)


def test_a_paused_pair_is_a_partner_but_no_active_link(place):
    target = school(place, "5")
    in_category(target, CategoryCode.AT_RISK)
    pair(school(place, "9"), target, state=PartnershipState.PAUSED)
    facts = facts_of(place)
    assert (facts.alone, facts.pairs.active_links) == ([], 0)


def test_a_proposed_pair_gives_no_partner(place):
    target = school(place, "47")
    in_category(target, CategoryCode.AT_RISK)
    pair(school(place, "9"), target, state=PartnershipState.PROPOSED)
    assert facts_of(place).alone == [target]


def test_a_member_that_left_is_not_told_of(place):
    target = school(place, "5")
    partnership = pair(school(place, "9"), target)
    partnership.members.filter(school=target).update(left_on=TODAY)
    (found,) = facts_of(place).pairs.living
    assert found.targets == ()


def test_a_foreign_lead_is_a_partner_and_told_by_name_and_municipality(place):
    target = school(place, "5")
    in_category(target, CategoryCode.AT_RISK)
    abroad = SchoolFactory(municipality=MunicipalityFactory(name="Чужой"), number="15")
    elsewhere = SchoolFactory(municipality=abroad.municipality, number="99")
    pair(abroad, target, elsewhere)
    facts = facts_of(place)
    (found,) = facts.pairs.living
    assert [party.short for party in found.leads] == ["СОШ №15 (Чужой)"]
    assert [party.short for party in found.targets] == ["СОШ №5"]
    assert facts.alone == []


def test_a_partnership_begun_after_the_year_is_not_in_it(place):
    pair(school(place, "9"), school(place, "5"), start_year=YEAR.start + 1, start_month=10)
    assert facts_of(place).pairs.living == ()


@pytest.mark.parametrize("state", PartnershipState)
def test_who_has_no_partner_is_one_list_in_the_page_and_in_the_document(place, state):
    """R069: the page asks the database, the document its own facts."""
    led, alone = school(place, "5"), school(place, "47")
    for one in (led, alone):
        in_category(one, CategoryCode.AT_RISK)
    pair(school(place, "9"), led, state=state)
    listed = list(schools_without_partner(place, YEAR))
    assert facts_of(place).alone == listed
    assert listed == ([alone] if state in LIVING else [led, alone])


def test_whose_only_lead_has_left_has_no_partner_on_the_page_and_in_the_document(place):
    """R069."""
    target, lead = school(place, "5"), school(place, "9")
    in_category(target, CategoryCode.AT_RISK)
    pair(lead, target).members.filter(school=lead).update(left_on=TODAY)
    assert list(schools_without_partner(place, YEAR)) == [target]
    facts = facts_of(place)
    assert (facts.alone, facts.pairs.active_links) == ([target], 0)


def test_a_seminar_and_a_team_are_no_pairs_and_told_apart(place):
    """R137, R141: a hub leads nobody, so nothing of a pair is lacked or counted."""
    hub, other, gone = (school(place, number) for number in ("1", "2", "3"))
    in_category(other, CategoryCode.AT_RISK)
    for kind, name, state in (
        (PartnershipKind.SEMINAR, "Уроки вместе", PartnershipState.ACTIVE),
        (PartnershipKind.TEAM_STANDING, "Воспитание", PartnershipState.PAUSED),
        (PartnershipKind.SEMINAR, "Прошлый", PartnershipState.FINISHED),
    ):
        group = pair(hub, kind=kind, name=name, state=state, topic="")
        MemberFactory(partnership=group, school=other, role=MemberRole.PARTICIPANT)
        left = MemberFactory(partnership=group, school=gone, role=MemberRole.PARTICIPANT)
        left.left_on = TODAY
        left.save()
    facts, glance = facts_of(place), Glance(Scope(place, YEAR, TODAY))
    pairs = facts.pairs
    assert (pairs.living, pairs.finished, pairs.active_links, pairs.finished_links) == (
        (),
        (),
        0,
        0,
    )
    assert (glance.active_pairs, glance.active_links) == (0, 0)
    assert facts.participants == list(glance.rows.participants) == [other]
    assert facts.alone == list(glance.rows.alone) == [other]
    told = [(g.partnership.name, [p.short for p in (*g.hubs, *g.others)]) for g in pairs.groups]
    assert told == [("Воспитание", ["СОШ №1", "СОШ №2"]), ("Уроки вместе", ["СОШ №1", "СОШ №2"])]
    section = partnerships(facts, Numbering())
    (told_apart,) = [
        block for block in section.blocks if block.get("intro") == "Команды и семинары:"
    ]
    assert [item.split(":")[0] for item in told_apart["items"]] == [
        "кросс-функциональная команда, постоянная «Воспитание» (приостановлено)",
        "постоянно действующий семинар «Уроки вместе»",
    ]
    titles = [gap.text for gap in gaps_of_partnerships(facts)]
    assert titles == ["СОШ №2: нет партнёра"]
    assert glance.rows.living.count() == lacks_of_experience(glance.rows) == 0


def test_the_results_by_which_a_lead_was_chosen_are_told_as_on_the_card(place):
    """R080."""
    exam = AssessmentProcedure.objects.create(code="oge", name="ОГЭ")
    pair(school(place, "9"), school(place, "5"), topic="", procedure=exam, procedure_year=YEAR)
    (block, *_) = partnerships(facts_of(place), Numbering()).blocks
    assert f"ОГЭ, {YEAR} учебный год" in block["rows"][0]


@pytest.mark.parametrize(
    ("state", "living", "finished", "replaced"),
    [
        (PartnershipState.PROPOSED, 0, 0, 0),
        (PartnershipState.AGREED, 1, 0, 0),
        (PartnershipState.ACTIVE, 1, 0, 0),
        (PartnershipState.PAUSED, 1, 0, 0),
        (PartnershipState.FINISHED, 0, 1, 0),
        (PartnershipState.REPLACED, 0, 0, 1),
        (PartnershipState.DECLINED, 0, 0, 0),
    ],
)
def test_where_a_pair_of_each_state_is_told_of(place, state, living, finished, replaced):
    """A pair that gave way to another is no finished link, but it is not passed over."""
    pair(school(place, "9"), school(place, "5"), state=state)
    pairs = facts_of(place).pairs
    counts = (len(pairs.living), len(pairs.finished), len(pairs.replaced), pairs.finished_links)
    assert counts == (living, finished, replaced, finished)
    intros = [b.get("intro") for b in partnerships(facts_of(place), Numbering()).blocks]
    assert ("Завершённые партнёрства:" in intros) == bool(finished)
    assert ("Сменили партнёра:" in intros) == bool(replaced)


class TestProgress:
    @pytest.fixture
    def roadmap(self, place):
        partnership = pair(school(place, "9"), school(place, "5"))
        return RoadmapFactory(partnership=partnership)

    def progress(self, place):
        return facts_of(place).progress_of_all

    def test_planned_held_overdue(self, place, roadmap):
        RowFactory(roadmap=roadmap, occurrence__held=True)
        RowFactory(roadmap=roadmap, event__ends_on=date(2026, 11, 15))
        RowFactory(roadmap=roadmap, event__ends_on=date(2027, 3, 1))
        progress = self.progress(place)
        assert (progress.planned, progress.held, progress.overdue) == (3, 1, 1)
        assert str(progress.share) == "33.3"

    def test_cancelled_is_not_counted_and_unplanned_is_counted_apart(self, place, roadmap):
        cancel_event(row=RowFactory(roadmap=roadmap), reason="карантин", by=None)
        RowFactory(roadmap=roadmap, event__is_unplanned=True, occurrence__held=True)
        progress = self.progress(place)
        assert (progress.planned, progress.held, progress.unplanned) == (0, 0, 1)
        assert progress.share is None

    def test_what_was_held_before_the_event_was_cancelled_counts_as_on_the_roadmap(
        self, place, roadmap
    ):
        """Quirk 20: the same figures in the справка and on the page of the roadmap."""
        row = RowFactory(roadmap=roadmap, occurrence__held=True)
        OccurrenceFactory(event=row.event)
        cancel_event(row=row, reason="карантин", by=None)
        (tally,) = RoadmapRow.objects.filter(roadmap=roadmap).tallies(TODAY)
        progress = self.progress(place)
        assert (progress.planned, progress.held) == (tally["planned"], tally["held"]) == (1, 1)

    def test_a_draft_counts_nowhere(self, place, roadmap):
        RowFactory(roadmap=roadmap)
        roadmap.state = RoadmapState.DRAFT
        roadmap.save()
        assert self.progress(place).planned == 0

    def test_a_recurring_event_counts_by_occurrences(self, place, roadmap):
        row = RowFactory(roadmap=roadmap)
        OccurrenceFactory(event=row.event)
        assert self.progress(place).planned == 2

    def test_a_joint_event_stands_in_both_roadmaps_and_once_in_the_total(self, place, roadmap):
        other = RoadmapFactory(partnership=pair(school(place, "4"), school(place, "1")))
        row = RowFactory(roadmap=roadmap)
        RowFactory(roadmap=other, event=row.event, occurrence=False)
        facts = facts_of(place)
        assert [one.progress.planned for one in facts.progress] == [1, 1]
        assert facts.progress_of_all.planned == 1

    def test_two_schools_of_a_pair_count_a_common_occurrence_once(self, place, roadmap):
        RowFactory(roadmap=roadmap)
        scope = Scope(place, YEAR, TODAY)
        schools = School.objects.filter(partnerships__partnership=roadmap.partnership)
        progress = fulfilment.progress_of_schools(scope, Roadmap.objects.all(), schools)
        assert progress.planned == 1

    def test_confirmed_by_the_author_is_told_apart(self, place, roadmap):
        RowFactory(roadmap=roadmap, occurrence__held=True, occurrence__confirmed_by_author=True)
        progress = self.progress(place)
        assert (progress.held, progress.by_author) == (1, 1)

    def test_of_a_roadmap_of_two_years_only_this_year_counts(self, place, roadmap):
        roadmap.ends_on = date(2028, 8, 31)
        roadmap.save()
        RowFactory(roadmap=roadmap, event__ends_on=date(2027, 10, 1))
        assert self.progress(place).planned == 0

    def test_held_events_tell_place_and_link_of_the_confirmed_report(self, place, roadmap):
        row = RowFactory(roadmap=roadmap, event__title="Семинар", occurrence__held=True)
        ReportFactory(
            occurrence=row.event.occurrences.get(),
            school=roadmap.partnership.leads[0].school,
            submitted=True,
            state="confirmed",
            is_remote=True,
            url="https://school9.example/news/1",
        )
        (event,) = facts_of(place).held
        assert (event.title, event.day, event.place) == ("Семинар", "20.10.2026", "дистанционно")
        assert event.owners == ("СОШ №9 – СОШ №5",)
        assert event.urls == ("https://school9.example/news/1",)


def test_nothing_can_be_said_of_uncovered_factors_when_events_name_none(place):
    target = school(place, "5")
    RiskProfileItemFactory(profile=RiskProfileFactory(school=target))
    RowFactory(roadmap=RoadmapFactory(partnership=pair(school(place, "9"), target)))
    assert facts_of(place).uncovered is None


def test_a_factor_that_no_event_answers_is_uncovered(place):
    target = school(place, "5")
    profile = RiskProfileFactory(school=target)
    met, unmet = (RiskProfileItemFactory(profile=profile).factor for _ in range(2))
    row = RowFactory(roadmap=RoadmapFactory(partnership=pair(school(place, "9"), target)))
    row.event.factors.add(met)
    assert facts_of(place).uncovered == [(target, unmet)]


def test_nothing_of_another_municipality_is_counted(cast):
    RowFactory(roadmap=cast.foreign_roadmap, occurrence__held=True)
    in_category(cast.foreign_target, CategoryCode.AT_RISK)
    RiskProfileItemFactory(profile=RiskProfileFactory(school=cast.foreign_target))
    facts = facts_of(cast.municipality)
    assert set(facts.participants) == {cast.lead, cast.target}
    assert (facts.held, facts.groups.needy, facts.risks.factors) == ([], [], ())
    assert [one.roadmap for one in facts.progress] == [cast.roadmap]


def test_a_participant_is_neither_lead_nor_target(place):
    target = school(place, "5")
    in_category(target, CategoryCode.AT_RISK)
    partnership = pair(school(place, "9"), school(place, "2"))
    MemberFactory(partnership=partnership, school=target, role=MemberRole.PARTICIPANT)
    assert facts_of(place).alone == [target]


def test_factors_keep_the_order_of_the_catalogue(place):
    profile = RiskProfileFactory(school=school(place, "5"))
    last = RiskFactorFactory(position=9)
    first = RiskFactorFactory(position=1)
    for factor in (last, first):
        RiskProfileItemFactory(profile=profile, factor=factor)
    assert list(facts_of(place).risks.factors) == [first, last]

"""Plans that wait for the word of a school, and for the methodist when all have spoken."""

from datetime import date

import pytest
from django.urls import reverse

from partnerships.enums import PartnershipState
from roadmaps.awaited import answered_in, awaited_from
from roadmaps.enums import AmendmentState, RoadmapState, SchoolWord
from roadmaps.models import Roadmap
from tests.lists import same_queries
from tests.roadmaps.factories import AmendmentFactory, AnswerFactory, RemarkFactory, RoadmapFactory

HOME = reverse("home")


@pytest.fixture
def sent(cast):
    """A plan that both schools were asked about, and one of another municipality."""
    for roadmap in (cast.roadmap, cast.foreign_roadmap):
        Roadmap.objects.filter(pk=roadmap.pk).update(state=RoadmapState.AGREEING, round=1)
        roadmap.refresh_from_db()
    return cast.roadmap


def say(roadmap, school, word=SchoolWord.AGREED, **more):
    return AnswerFactory(amendment=None, roadmap=roadmap, school=school, word=word, **more)


def text_of(client, user, url=HOME):
    response = client.sign_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


class TestAwaitedFrom:
    def test_a_sent_plan_until_the_school_has_answered(self, cast, sent):
        assert list(awaited_from(cast.target)) == [sent]
        assert list(awaited_from(cast.lead)) == [sent]
        assert not awaited_from(cast.lonely).exists()
        say(sent, cast.target, SchoolWord.REMARKS)
        assert not awaited_from(cast.target).exists()
        assert list(awaited_from(cast.lead)) == [sent]

    def test_the_answer_of_an_earlier_round_does_not_count(self, cast, sent):
        say(sent, cast.target, round=0)
        assert list(awaited_from(cast.target)) == [sent]

    def test_a_draft_and_a_running_plan_wait_for_nobody(self, cast):
        assert not awaited_from(cast.target).exists()
        Roadmap.objects.update(state=RoadmapState.DRAFT)
        assert not awaited_from(cast.target).exists()

    def test_an_open_change_until_the_school_has_answered(self, cast):
        change = AmendmentFactory(roadmap=cast.roadmap)
        (found,) = awaited_from(cast.target)
        assert (found.pk, found.amendment_pk, found.amendment_number) == (
            cast.roadmap.pk,
            change.pk,
            1,
        )
        AnswerFactory(amendment=change, school=cast.target)
        assert not awaited_from(cast.target).exists()
        assert awaited_from(cast.lead).exists()

    def test_a_withdrawn_change_waits_for_nobody(self, cast):
        AmendmentFactory(roadmap=cast.roadmap, state=AmendmentState.WITHDRAWN)
        assert not awaited_from(cast.target).exists()

    def test_a_school_that_left_and_a_pair_that_rests_are_not_asked(self, cast, sent):
        cast.partnership.members.filter(school=cast.target).update(left_on=date(2026, 11, 1))
        assert not awaited_from(cast.target).exists()
        type(cast.partnership).objects.update(state=PartnershipState.PAUSED)
        assert not awaited_from(cast.lead).exists()


class TestAnsweredIn:
    def test_only_when_every_school_has_spoken(self, cast, sent):
        assert not answered_in(cast.municipality).exists()
        say(sent, cast.target)
        assert not answered_in(cast.municipality).exists()
        say(sent, cast.lead)
        (found,) = answered_in(cast.municipality)
        assert (found, found.has_remarks) == (sent, False)
        assert not answered_in(cast.foreign).exists()

    def test_remarks_are_told_from_agreement(self, cast, sent):
        say(sent, cast.target, SchoolWord.REMARKS)
        say(sent, cast.lead)
        assert answered_in(cast.municipality).get().has_remarks

    def test_a_change_that_both_have_answered(self, cast):
        say(cast.roadmap, cast.target, SchoolWord.REMARKS)  # of the plan, long ago
        change = AmendmentFactory(roadmap=cast.roadmap)
        AnswerFactory(amendment=change, school=cast.target, word=SchoolWord.AGREED)
        assert not answered_in(cast.municipality).exists()
        last = AnswerFactory(amendment=change, school=cast.lead, word=SchoolWord.AGREED)
        found = answered_in(cast.municipality).get()
        assert (found.amendment_pk, found.has_remarks) == (change.pk, False)
        last.word = SchoolWord.REMARKS
        last.save()
        assert answered_in(cast.municipality).get().has_remarks

    def test_a_school_that_left_keeps_nobody_waiting(self, cast, sent):
        say(sent, cast.lead)
        cast.partnership.members.filter(school=cast.target).update(left_on=date(2026, 11, 1))
        assert answered_in(cast.municipality).exists()


class TestFirstScreens:
    def test_the_director_is_led_to_the_answer(self, client, cast, sent):
        answer = reverse("roadmaps:answer", args=[sent.pk])
        text = text_of(client, cast.director)
        assert "Ждут вашего согласования" in text
        assert answer in text
        assert reverse("roadmaps:answer", args=[cast.foreign_roadmap.pk]) not in text
        whole = text_of(client, cast.director, reverse("roadmaps:mine") + "?state=asked")
        assert answer in whole
        say(sent, cast.target)
        assert "Ждут вашего согласования" not in text_of(client, cast.director)

    def test_the_director_is_led_to_the_change(self, client, cast):
        change = AmendmentFactory(roadmap=cast.roadmap)
        assert reverse("roadmaps:amendment-answer", args=[change.pk]) in text_of(
            client, cast.director
        )

    def test_the_methodist_reads_who_may_be_approved(self, client, cast, sent):
        assert "Школы ответили" not in text_of(client, cast.methodist)
        for school in (cast.target, cast.lead):
            say(sent, school)
        text = text_of(client, cast.methodist)
        assert "все согласовали, её можно утвердить" in text
        assert reverse("roadmaps:approval", args=[sent.pk]) in text

    def test_the_methodist_is_not_asked_again_about_remarks_that_were_settled(
        self, client, cast, sent
    ):
        say(sent, cast.target)
        theirs = say(sent, cast.lead, SchoolWord.REMARKS)
        RemarkFactory(answer=theirs, row=None, is_settled=True)
        left = RemarkFactory(answer=theirs, row=None)
        assert "есть замечания, на них нужен ответ" in text_of(client, cast.methodist)
        assert "Ждут утверждения" not in text_of(client, cast.chair)
        left.is_settled = True
        left.save()
        assert "Ждут утверждения" in text_of(client, cast.chair)
        assert "на замечания дан ответ, её можно утвердить" in text_of(client, cast.methodist)

    def test_the_chair_reads_what_waits_for_a_signature_and_no_remarks(self, client, cast, sent):
        say(sent, cast.target)
        theirs = say(sent, cast.lead, SchoolWord.REMARKS)
        assert "Ждут утверждения" not in text_of(client, cast.chair)
        theirs.word = SchoolWord.AGREED
        theirs.save()
        foreign = RoadmapFactory(
            partnership=cast.foreign_partnership, state=RoadmapState.AGREEING, round=1
        )
        for school in (cast.foreign_target, cast.foreign_lead):
            say(foreign, school)
        assert list(answered_in(cast.foreign)) == [foreign]
        text = text_of(client, cast.chair)
        assert "Ждут утверждения" in text
        assert reverse("roadmaps:approval", args=[sent.pk]) in text
        assert reverse("roadmaps:approval", args=[foreign.pk]) not in text

    def test_query_count_of_the_director(self, client, cast):
        client.sign_in(cast.director)
        same_queries(client, HOME, lambda: self.a_sent_plan(cast), 12)

    def test_query_count_of_the_methodist(self, client, cast):
        client.sign_in(cast.methodist)
        same_queries(client, HOME, lambda: self.an_answered_plan(cast), 19)

    def test_query_count_of_the_chair(self, client, cast):
        client.sign_in(cast.chair)
        same_queries(client, HOME, lambda: self.an_answered_plan(cast), 43)

    def an_answered_plan(self, cast):
        roadmap = self.a_sent_plan(cast)
        for school in (cast.target, cast.lead):
            say(roadmap, school)

    def a_sent_plan(self, cast):
        return RoadmapFactory(
            partnership=cast.partnership, state=RoadmapState.AGREEING, approved_at=None, round=1
        )

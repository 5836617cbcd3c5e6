"""What a form meets when somebody was quicker: a pause, a deletion, a school taken out, a place
taken. The objects of these tests are those that a view fetched before."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.actions import agreements, concerns, curators, materials, teams, visits
from partnerships.actions.moves import CannotAgree, move_partnership
from partnerships.actions.obligations import save_obligations
from partnerships.enums import ConcernKind, ConcernState, PartnershipState
from partnerships.models import (
    Agreement,
    Concern,
    Material,
    Partnership,
    PartnershipChange,
    TeamPerson,
    Visit,
)
from partnerships.promises import mark_of, promises_of
from tests.partnerships.factories import (
    AgreementFactory,
    ConcernFactory,
    LeadTermsFactory,
    MaterialFactory,
    MemberFactory,
    TeamPersonFactory,
    VisitFactory,
    pair,
)
from tests.schools.factories import SchoolFactory
from tests.urls_walk import material_of

TODAY = date(2026, 11, 24)
KEPT = ["paused", "finished", "declined", "replaced"]


def visited(**changes):
    return {"visited_on": TODAY, "school": None, "purpose": "Разбор"} | changes


def add_visit(cast):
    visits.add_visit(partnership=cast.partnership, values=visited(), by=cast.methodist)


def change_visit(cast):
    visit = VisitFactory(partnership=cast.partnership, author=cast.methodist)
    expected = visits.mark_of(visit)
    visits.change_visit(visit=visit, values=visited(), expected=expected, by=cast.methodist)


def delete_visit(cast):
    visit = VisitFactory(partnership=cast.partnership, author=cast.methodist)
    visits.delete_visit(visit=visit, by=cast.methodist)


def finish_step(cast):
    step = {"next_step": "Список", "next_step_side": "target"}
    visit = VisitFactory(partnership=cast.partnership, author=cast.methodist, **step)
    visits.finish_step(visit=visit, on=TODAY, by=cast.methodist)


def assign_curator(cast):
    post = cast.curator.memberships.get()
    cast.partnership.curators.all().delete()
    curators.assign_curator(
        partnership=cast.partnership,
        member=post,
        target=None,
        since=TODAY,
        until=None,
        by=cast.methodist,
    )


def end_curator(cast):
    row = cast.partnership.curators.get()
    curators.end_curator(assignment=row, on=TODAY, by=cast.methodist)


def open_concern(cast):
    made = Concern(partnership=cast.partnership, kind=ConcernKind.SILENT)
    concerns.open_concern(concern=made, by=cast.methodist)


def reopen_concern(cast):
    made = ConcernFactory(
        partnership=cast.partnership, author=cast.methodist, state=ConcernState.RESOLVED
    )
    concerns.move_concern(concern=made, verb="reopen", by=cast.methodist, comment="")


def save_promises(cast):
    none = promises_of([])
    save_obligations(
        partnership=cast.partnership, promises=none, mark=mark_of(none), by=cast.methodist
    )


@pytest.mark.parametrize("state", KEPT)
@pytest.mark.parametrize(
    "action",
    [
        add_visit,
        change_visit,
        delete_visit,
        finish_step,
        assign_curator,
        end_curator,
        open_concern,
        reopen_concern,
        save_promises,
    ],
)
def test_nothing_is_written_into_a_partnership_that_was_paused_or_closed_meanwhile(
    cast, action, state
):
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=state)
    with pytest.raises(PermissionDenied):
        action(cast)
    assert not PartnershipChange.objects.exists()


# --- deleted meanwhile --------------------------------------------------------------------


def test_what_was_deleted_meanwhile_is_not_changed_and_the_person_is_told(cast):
    visit = VisitFactory(partnership=cast.partnership, author=cast.methodist)
    person = TeamPersonFactory(partnership=cast.partnership)
    material = MaterialFactory(municipality=cast.municipality)
    for model in (Visit, TeamPerson, Material):
        model.objects.all().delete()
    by = cast.methodist
    expected = visits.mark_of(visit)
    with pytest.raises(PermissionDenied, match="удалили"):
        visits.change_visit(visit=visit, values=visited(), expected=expected, by=by)
    with pytest.raises(PermissionDenied, match="удалили"):
        teams.change(row=person, seen=teams.mark(person), by=by)
    seen = materials.mark(material)
    with pytest.raises(PermissionDenied, match="удалили"):
        materials.save_material(material=material, upload=None, drop_file=False, seen=seen, by=by)
    assert not Material.objects.exists()


def test_deleting_twice_leaves_one_trace(cast):
    material = material_of(cast.municipality, cast.methodist)
    material.partnership = cast.partnership
    material.save()
    rows = [
        (visits.delete_visit, "visit", VisitFactory(partnership=cast.partnership)),
        (teams.delete, "row", TeamPersonFactory(partnership=cast.partnership)),
        (materials.delete, "material", material),
    ]
    for delete, name, row in rows:
        again = type(row).objects.get(pk=row.pk)
        delete(**{name: row}, by=cast.methodist)
        delete(**{name: again}, by=cast.methodist)
    assert PartnershipChange.objects.count() == len(rows)


def test_a_material_is_deleted_with_the_file_it_has_now(cast):
    material = material_of(cast.municipality, cast.methodist)
    shown, old = Material.objects.get(pk=material.pk), material.file
    material.file = material_of(cast.municipality, cast.methodist).file
    Material.objects.exclude(pk=material.pk).delete()
    material.save()
    materials.delete(material=shown, by=cast.methodist)
    left = type(old).objects.all()
    assert [one.pk for one in left] == [old.pk]


def test_no_supplement_is_written_to_an_agreement_deleted_meanwhile(cast):
    parent = AgreementFactory(partnership=cast.partnership)
    new = Agreement(partnership=cast.partnership, parent=parent, number="2")
    Agreement.objects.filter(pk=parent.pk).delete()
    with pytest.raises(PermissionDenied, match="удалили"):
        agreements.save_agreement(
            agreement=new,
            signatures=[],
            upload=None,
            drop_scan=False,
            expected_version=0,
            by=cast.methodist,
        )


# --- members and places -------------------------------------------------------------------


def test_nothing_is_written_of_a_school_taken_out_meanwhile(cast):
    seat = MemberFactory(partnership=cast.partnership, school=cast.lonely)
    type(seat).objects.filter(pk=seat.pk).delete()
    with pytest.raises(PermissionDenied, match="СОШ №47"):
        visits.add_visit(
            partnership=cast.partnership, values=visited(school=seat), by=cast.methodist
        )
    made = Concern(partnership=cast.partnership, member=seat, kind=ConcernKind.SILENT)
    with pytest.raises(PermissionDenied, match="СОШ №47"):
        concerns.open_concern(concern=made, by=cast.methodist)


def test_the_second_of_two_agreements_learns_that_the_last_place_is_taken(cast):
    """Both pages showed a free place, and so asked for no words."""
    lead = LeadTermsFactory(school=cast.lonely, is_willing=True, limit=1).school
    third = SchoolFactory(municipality=cast.municipality, number="3")
    both = [pair(lead, school, state=PartnershipState.PROPOSED) for school in (cast.target, third)]
    move_partnership(partnership=both[0], verb="agree", by=cast.methodist)
    with pytest.raises(CannotAgree, match="при пределе 1"):
        move_partnership(partnership=both[1], verb="agree", by=cast.methodist)
    words = "есть второй заместитель"
    move_partnership(partnership=both[1], verb="agree", by=cast.methodist, comment=words)


@pytest.mark.parametrize(("verb", "state"), [("agree", "proposed"), ("start", "agreed")])
def test_a_partnership_without_its_target_does_not_begin_from_an_old_page(cast, verb, state):
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=state)
    shown = Partnership.objects.with_members().prefetch_related("curators")
    partnership = shown.get(pk=cast.partnership.pk)
    cast.partnership.members.filter(role="target").delete()
    with pytest.raises(CannotAgree):
        move_partnership(partnership=partnership, verb=verb, by=cast.methodist)

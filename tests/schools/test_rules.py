"""Who may see and change what of the schools."""

from schools.rules import school as rules


def test_only_the_methodist_of_the_municipality_edits_a_card(cast):
    allowed = {name for name, who in cast.everyone.items() if rules.can_edit(who, cast.lead)}
    assert allowed == {"methodist"}
    assert rules.can_edit(cast.stranger, cast.lead).reason == "Карточку школы правит методист."


def test_risks_are_seen_by_the_school_methodist_and_chair(cast):
    allowed = {name for name, who in cast.everyone.items() if rules.can_see_risks(who, cast.target)}
    assert allowed == {"methodist", "chair", "director", "coordinator"}


def test_the_list_is_closed_to_who_does_not_work_in_the_network(cast):
    allowed = {
        name for name, who in cast.everyone.items() if rules.can_see_schools(who, cast.municipality)
    }
    assert allowed == set(cast.everyone) - {"administrator", "stranger"}

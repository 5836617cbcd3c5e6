"""Plans and changes of plans that wait: for the word of a school, or, when all have spoken, for
the methodist. First screens and the list show them."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from partnerships.enums import FROZEN
from partnerships.models import PartnershipMember
from roadmaps.enums import AmendmentState, RoadmapState, SchoolWord
from roadmaps.models import Amendment, PlanAnswer, Roadmap
from roadmaps.models.roadmap import RoadmapQuerySet
from schools.enums import OrgType
from schools.models import Municipality, School


def in_state_or_asked(roadmaps: RoadmapQuerySet, state: str) -> RoadmapQuerySet:
    """Those of this state; «на согласовании» finds approved plans with an open change, too."""
    asked = Q(state=state)
    if state == RoadmapState.AGREEING:
        asked |= Q(Exists(_open_changes()))
    return roadmaps.filter(asked)


def with_open_change(roadmaps: RoadmapQuerySet) -> RoadmapQuerySet:
    """With `amendment_number` of the change that the schools are asked about, if any."""
    return roadmaps.annotate(amendment_number=Subquery(_open_changes().values("number")[:1]))


def awaited_from(school: School) -> QuerySet[Roadmap]:
    """Roadmaps whose plan, or a change of it (`amendment_pk`), the school has not answered."""
    member = _asked("partnership").filter(school=school)
    spoken = _words(1).filter(school=school)
    changes = _open_changes().filter(~Exists(_words_of_change(1).filter(school=school)))
    return _waiting(Q(~Exists(spoken)), changes).filter(Exists(member))


def answered_in(municipality: Municipality | None, *, ready: bool = False) -> QuerySet[Roadmap]:
    """Roadmaps whose plan, or a change of it, every school that was asked has answered.

    `has_remarks`: some school has remarks; otherwise all have agreed. `is_replied`: remarks were
    settled and none is left. `ready`: only those that nothing but the approval is missing to.
    """
    silent = _asked("partnership").filter(~Exists(_words(2).filter(school=OuterRef("school"))))
    changes = _open_changes().filter(
        Exists(_words_of_change(1)),
        ~Exists(
            _asked("roadmap__partnership").filter(
                ~Exists(_words_of_change(2).filter(school=OuterRef("school")))
            )
        ),
    )
    remarks = PlanAnswer.objects.filter(word=SchoolWord.REMARKS)
    of_plan = _words(1).filter(word=SchoolWord.REMARKS, roadmap__state=RoadmapState.AGREEING)
    of_change = remarks.filter(amendment=OuterRef("amendment_pk"))

    def settled(*, state: bool) -> Q:
        found = Q(remarks__is_settled=state)
        return Q(Exists(of_plan.filter(found))) | Q(Exists(of_change.filter(found)))

    found = (
        _waiting(Q(Exists(_words(1)), ~Exists(silent)), changes)
        .filter(municipality=municipality)
        .annotate(
            has_remarks=Exists(of_plan) | Exists(of_change),
            is_replied=settled(state=True) & ~settled(state=False),
        )
    )
    return found.filter(Q(has_remarks=False) | Q(is_replied=True)) if ready else found


def _waiting(plan: Q, changes: QuerySet[Amendment]) -> QuerySet[Roadmap]:
    """Sent plans of which `plan` is true, and roadmaps with one of `changes`; the pair goes on."""
    return (
        Roadmap.objects.with_partnership()
        .annotate(
            amendment_pk=Subquery(changes.values("pk")[:1]),
            amendment_number=Subquery(changes.values("number")[:1]),
        )
        .filter(Q(plan, state=RoadmapState.AGREEING) | Q(amendment_pk__isnull=False))
        .exclude(partnership__state__in=FROZEN)
        .order_by("starts_on", "pk")
    )


def _open_changes() -> QuerySet[Amendment]:
    """Inside a query of roadmaps."""
    return Amendment.objects.filter(roadmap=OuterRef("pk"), state=AmendmentState.AGREEING)


def _asked(partnership: str) -> QuerySet[PartnershipMember]:
    """Members whose word is needed, as `rules.plan.asked_members` tells them."""
    members = PartnershipMember.objects.filter(
        partnership=OuterRef(partnership), school__org_type=OrgType.GENERAL
    )
    return members.exclude(left_on__lte=timezone.localdate())


def _words(depth: int) -> QuerySet[PlanAnswer]:
    """Answers to the plan as it was sent last, inside a query of roadmaps `depth` levels up."""
    return PlanAnswer.objects.filter(
        amendment=None, roadmap=_outer("pk", depth), round=_outer("round", depth)
    )


def _words_of_change(depth: int) -> QuerySet[PlanAnswer]:
    """Answers to a change, inside a query of amendments `depth` levels up."""
    return PlanAnswer.objects.filter(amendment=_outer("pk", depth))


def _outer(name: str, depth: int) -> OuterRef:
    return OuterRef(name) if depth == 1 else OuterRef(OuterRef(name))

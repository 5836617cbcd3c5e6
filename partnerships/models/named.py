"""Which partnerships a word of a search names by their schools."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from schools.models import School

#: A word that names more schools is common («СОШ»): listing all of them costs more than asking
#: each partnership that the other words leave.
FEW_SCHOOLS = 500


def named(words: list[str]) -> dict[str, Q]:
    """By word: partnerships with a member whose name holds it. One reading of the schools finds
    those of all the words, unless one of these is common.
    """
    held = reduce(or_, (Q(search_key__contains=word) for word in words), Q())
    schools = School.objects.filter(held).order_by().values_list("pk", "search_key")
    found = list(schools[: FEW_SCHOOLS + 1]) if words else []
    if len(found) > FEW_SCHOOLS:
        return {word: _named_one(word) for word in words}
    return {word: _joined_by([pk for pk, key in found if word in key]) for word in words}


def _named_one(word: str) -> Q:
    from partnerships.models.partnership import PartnershipMember

    schools = School.objects.filter(search_key__contains=word).order_by()
    ids = list(schools.values_list("pk", flat=True)[: FEW_SCHOOLS + 1])
    if len(ids) <= FEW_SCHOOLS:
        return _joined_by(ids)
    members = PartnershipMember.objects.filter(partnership=OuterRef("pk"))
    return Q(Exists(members.filter(school__search_key__contains=word)))


def _joined_by(schools: list[int]) -> Q:
    from partnerships.models.partnership import PartnershipMember

    members = PartnershipMember.objects.filter(school__in=schools)
    return Q(pk__in=members.values("partnership"))

"""«Кластеры»: three groups of schools of the municipality by year, on a page and as a table."""

from collections.abc import Iterator

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.academic_year import AcademicYear
from common.paging import First, page_of
from common.sheets import About, Heading, Rows, Value, download
from common.verdicts import require
from schools.cluster_list import CLUSTERS, FIRST_SHOWN, Cluster, members_of
from schools.forms.clusters import ClusterFilter
from schools.requests import PortalRequest
from schools.rules import profiles as profile_rules
from schools.rules import school as rules

#: Years offered for choice; any other may stand in the address.
_YEARS_BACK = 5
_HEADINGS = (
    Heading("Кластер", 30),
    Heading("Школа", 30),
    Heading("Категория", 20),
    Heading("Основание", 60),
    Heading("С какого времени", 30),
    Heading("Также в кластерах", 40),
)


@require_safe
def clusters(request: PortalRequest) -> HttpResponse:
    """All three with their first members, or the whole of one that the address names."""
    require(rules.can_see_schools(request.user, request.municipality))
    year = _year(request)
    chosen = next((one for one in CLUSTERS if one.key == request.GET.get("cluster")), None)
    context = {"year": year, "filter": _filter(chosen, year)}
    if chosen:
        return render(request, "schools/clusters_one.html", context | _one(request, chosen, year))
    firsts = {
        one.key: First.of(one.members(request.municipality, year), FIRST_SHOWN) for one in CLUSTERS
    }
    members = members_of([(one, firsts[one.key].rows) for one in CLUSTERS], year)
    context["groups"] = [
        {"cluster": one, "members": members[one.key], "first": firsts[one.key]} for one in CLUSTERS
    ]
    context["is_empty"] = not any(members.values())
    return render(request, "schools/clusters.html", context)


def _one(request: PortalRequest, cluster: Cluster, year: AcademicYear) -> dict[str, object]:
    page = page_of(cluster.members(request.municipality, year), request, per_page=FIRST_SHOWN)
    members = members_of([(cluster, page.items)], year)[cluster.key]
    return {"cluster": cluster, "page": page, "members": members}


@require_safe
def clusters_export(request: PortalRequest) -> FileResponse:
    """The clusters of the year as a table, a school in two of them in two rows."""
    require(rules.can_see_schools(request.user, request.municipality))
    year = _year(request)
    found = [(one, Rows.of(one.members(request.municipality, year))) for one in CLUSTERS]
    about = About("Кластеры школ", str(request.municipality), f"{year} учебный год")
    is_cut = any(rows.is_cut for _, rows in found)
    return download(about, _HEADINGS, _lines(found, year), is_cut=is_cut)


def _lines(found: list[tuple[Cluster, Rows]], year: AcademicYear) -> Iterator[tuple[Value, ...]]:
    for cluster, rows in found:
        for chunk in rows.chunks():
            for member in members_of([(cluster, chunk)], year)[cluster.key]:
                yield (
                    cluster.title,
                    member.school.official_name,
                    ", ".join(held.category.badge.word for held in member.held),
                    "; ".join(reason.text for reason in member.reasons),
                    "; ".join(reason.since for reason in member.reasons),
                    ", ".join(other.title for other in member.others),
                )


def _year(request: PortalRequest) -> AcademicYear:
    """The year of the address; this one where it names none or nonsense."""
    today = timezone.localdate()
    try:
        year = AcademicYear.parse(request.GET.get("year", ""))
    except ValueError:
        return AcademicYear.of(today)
    return year if profile_rules.is_sensible(year, today) else AcademicYear.of(today)


def _filter(cluster: Cluster | None, year: AcademicYear) -> ClusterFilter:
    current = AcademicYear.of(timezone.localdate())
    offered = {AcademicYear(current.start - back) for back in range(-1, _YEARS_BACK)}
    return ClusterFilter(
        year=year,
        cluster=cluster.key if cluster else "",
        years=sorted(offered | {year}, reverse=True),
        usual=current,
    )

"""«Подобрать лидера» for one school, and decisions about pairs."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.academic_year import AcademicYear
from common.listing import chosen_words
from common.paging import page_of
from common.sheets import About, download
from common.verdicts import require
from common.versions import Stale
from partnerships import candidates
from partnerships.actions import pair_rules as actions
from partnerships.enums import PairRuleKind
from partnerships.forms.matching import PEER_CONTEXT, SHOW_ALL, CandidateFilter, PairRuleForm
from partnerships.matching.facts import BY_EXPERIENCE, PART_NAMES, PRESETS, Part
from partnerships.rules import matching as rules
from schools.models import Municipality, School
from schools.requests import PortalRequest

#: Reasons are read, so a page holds less than that of a table.
PER_PAGE = 10
#: Those who cannot be proposed are named for a word of comfort, not to be gone through.
REFUSED_SHOWN = 10


@require_safe
def candidate_list(request: PortalRequest, pk: int) -> HttpResponse:
    """Candidates for the school in their order, each with reasons for and against."""
    asked = _Asked(request, pk)
    page = page_of(asked.possible, request, PER_PAGE)
    first = (page.number - 1) * PER_PAGE + 1
    refused = [one for one in asked.ranking.refused if one.knows or one.rule]
    own = request.municipality == asked.place
    context = {
        "school": asked.school,
        "target": asked.target,
        "year": asked.year,
        "filter": asked.chosen,
        "page": page,
        "rows": candidates.shown(page.items, asked.target, asked.weights, first),
        "refused": refused[:REFUSED_SHOWN],
        "has_more_refused": len(refused) > REFUSED_SHOWN,
        "others": len(asked.ranking.possible) - len(asked.possible),
        "weights": asked.weights,
        "shares": _shares(asked),
        "place": None if asked.place == asked.school.municipality else asked.place,
        "can_decide": bool(rules.can_decide(request.user, asked.school.municipality_id)),
        "can_create": own and bool(rules.can_decide(request.user, asked.place)),
        "back": request.get_full_path(),
    }
    return render(request, "partnerships/candidate_list.html", context)


@require_safe
def candidates_export(request: PortalRequest, pk: int) -> FileResponse:
    """The same as a table."""
    asked = _Asked(request, pk)
    words = chosen_words(asked.chosen)
    about = About(f"Кандидаты в лидеры для {asked.school}", str(asked.place), words)
    lines = candidates.lines_of(asked.possible, asked.target, asked.weights)
    return download(about, candidates.HEADINGS, lines)


def pair_decide(request: PortalRequest, pk: int, lead: int) -> HttpResponse:
    """Pin the lead to the school, or never propose it; `?kind=` is what the button said."""
    school = _school(request, pk)
    require(rules.can_decide(request.user, school.municipality_id))
    seen = School.objects.visible_to(request.user).exclude(pk=pk)
    leader = get_object_or_404(seen, pk=lead)
    back = reverse("partnerships:candidates", args=[pk])
    present = actions.rule_of(leader, school)
    form = PairRuleForm(request.POST or None, initial=_initial(request, present), back_url=back)
    stale: Stale | None = None
    if request.method == "POST" and form.is_valid():
        try:
            rule = actions.decide(
                lead=leader,
                target=school,
                kind=PairRuleKind(form.cleaned_data["kind"]),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except Stale as error:
            stale, form = error, _again(form, error.current, back)
        else:
            messages.success(request, f"Записано: {rule}.")
            return redirect(back)
    context = {
        "form": form,
        "school": school,
        "lead": leader,
        "present": present,
        "is_stale": stale is not None,
        "back_url": back,
    }
    return render(request, "partnerships/pair_rule_form.html", context)


def _school(request: PortalRequest, pk: int) -> School:
    visible = School.objects.visible_to(request.user)
    visible = visible.select_related("municipality", "legal_form")
    school = get_object_or_404(visible, pk=pk)
    require(rules.can_match(request.user, school))
    return school


def _initial(request: PortalRequest, present: Any) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    asked = kind if kind in PairRuleKind.values else PairRuleKind.PIN
    if present is None:
        return {"kind": asked, "seen": ""}
    return {
        "kind": asked if kind else present.kind,
        "reason": present.reason if asked == present.kind else "",
        "seen": actions.mark_of(present),
    }


def _again(form: PairRuleForm, present: Any, back: str) -> PairRuleForm:
    """What was typed, beside the decision that somebody wrote meanwhile."""
    typed = form.cleaned_data | {"seen": actions.mark_of(present)}
    return PairRuleForm(typed, back_url=back)


class _Asked:
    """What the address asks for, the same on the page and in the file."""

    def __init__(self, request: PortalRequest, pk: int) -> None:
        self.school = _school(request, pk)
        self.year = AcademicYear.of(timezone.localdate())
        places = candidates.places_for(request.user, self.school.municipality)
        self.chosen = CandidateFilter(request.GET, places=places)
        self.chosen.is_valid()
        asked = self.chosen.cleaned_data
        self.place = _place(places, asked.get("place"))
        self.weights = PRESETS.get(asked.get("weights", ""), BY_EXPERIENCE)
        self.target = candidates.target_of(self.school, self.year)
        self.ranking = candidates.ranking_of(
            self.target, self.school.municipality, self.place, self.year, self.weights
        )
        self.possible = candidates.narrowed(
            self.ranking.possible,
            self.target,
            everybody=asked.get("show") == SHOW_ALL,
            peers_only=asked.get("scenario") == PEER_CONTEXT,
            query=asked.get("q", ""),
        )


def _place(places: list[Municipality], asked: int | None) -> Municipality:
    """The municipality that was chosen; 404 for one in which the person may not look."""
    if asked is None:
        return places[0]
    found = next((one for one in places if one.pk == asked), None)
    if found is None:
        raise Http404
    return found


def _shares(asked: _Asked) -> list[tuple[str, int]]:
    """Names of the parts with what they weigh in percent, the weightiest first."""
    found = [(PART_NAMES[part], round(100 * asked.weights.of(part))) for part in Part]
    return sorted(found, key=lambda one: -one[1])

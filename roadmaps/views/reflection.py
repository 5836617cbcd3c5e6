"""The third stage: conclusion, effects, difficulties, lessons, next steps (R022, R100–R108)."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import User
from common.verdicts import require
from common.versions import Stale
from roadmaps.actions import plan as actions
from roadmaps.card import open_card
from roadmaps.enums import PLANNING
from roadmaps.forms.reflection import ReflectionForm
from roadmaps.models import Reflection, Roadmap
from roadmaps.reflections import ReflectionDraft, figures_of_schools, reflection_of
from roadmaps.rules import plan as rules
from roadmaps.views.plan_table import Viewer, progress_of
from schools.requests import PortalRequest


def reflection(request: PortalRequest, pk: int) -> HttpResponse:
    """What the roadmap has taught, beside the confirmed figures to write it from."""
    roadmap, context = open_card(request, pk, "roadmaps:reflection")
    verdict = rules.can_record(request.user, roadmap)
    known = reflection_of(roadmap)
    draft = ReflectionDraft.of(roadmap, known)
    form = ReflectionForm(request.POST or None, roadmap=roadmap, reflection=known, draft=draft)
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            return _save(request, roadmap, form)
    context |= {
        "form": form,
        "verdict": verdict,
        "known": known,
        "draft": draft,
        "progress": progress_of([roadmap], timezone.localdate())[roadmap.pk],
        "schools": figures_of_schools(roadmap),
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/stages/reflection.html", context, status=status)


def conclusion(request: PortalRequest, pk: int) -> HttpResponse:
    """The address that the conclusion had before it became a part of the reflection."""
    get_object_or_404(Roadmap.objects.visible_to(request.user), pk=pk)
    return redirect("roadmaps:reflection", pk)


def _save(request: PortalRequest, roadmap: Roadmap, form: ReflectionForm) -> HttpResponse:
    try:
        changed = actions.record_reflection(
            roadmap=roadmap,
            draft=form.draft,
            expected_version=form.cleaned_data["version"] or 0,
            by=request.user,
        )
    except Stale as stale:
        return _conflict_page(request, roadmap, form, stale.current)
    messages.success(request, "Рефлексия записана." if changed else "Ничего не изменилось.")
    return redirect("roadmaps:reflection", roadmap.pk)


def _conflict_page(
    request: PortalRequest, roadmap: Roadmap, form: ReflectionForm, current: Reflection | None
) -> HttpResponse:
    """Mine beside theirs; nothing is written yet, nothing is lost."""
    draft = ReflectionDraft.of(roadmap, current)
    theirs = ReflectionForm(roadmap=roadmap, reflection=current, draft=draft)
    names = [name for name in form.fields if name != "version" and name in theirs.fields]
    texts = [(form.told(name), form.shown(name), theirs.shown(name)) for name in names]
    context = {
        "title": "Рефлексию уже изменили",
        "current": current,
        "texts": [text for text in texts if text[1] != text[2]],
        "hidden": [form[name].as_hidden() for name in names],
        "version": ("version", current.version if current else 0),
        "fresh_url": request.path,
    }
    return render(request, "schools/risk_conflict.html", context, status=409)


def context(user: User, roadmap: Roadmap, viewer: Viewer) -> dict[str, Any]:
    """For the editor's page, one query: in a plan that is being made, what the pair's last roadmap
    left to do; later, how much has been written about this one."""
    if roadmap.state in PLANNING:
        return {"left_to_do": _earlier(user, roadmap)}
    counted = Reflection.objects.filter(roadmap=roadmap).annotate(
        effect_number=Count("effects", distinct=True),
        difficulty_number=Count("difficulties", distinct=True),
    )
    return {"reflected": counted.first()}


def _earlier(user: User, roadmap: Roadmap) -> Reflection | None:
    """Of the same pair, or of the same direction across pairs."""
    seen = Roadmap.objects.visible_to(user).filter(
        municipality=roadmap.municipality_id,
        partnership=roadmap.partnership_id,
        starts_on__lt=roadmap.starts_on,
    )
    if roadmap.is_by_direction:
        seen = seen.filter(direction=roadmap.direction_id)
    return Reflection.objects.newest_steps(seen)

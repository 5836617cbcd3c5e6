"""The three stages themselves, and what stage 1 records (contacts, problems)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.row_id import row_id
from common.verdicts import require
from common.versions import Stale
from roadmaps.actions import plan as actions
from roadmaps.card import open_card
from roadmaps.enums import Collective, Stage
from roadmaps.forms.records import ContactForm, ProblemForm
from roadmaps.forms.stages import StagesForm
from roadmaps.gates import Facts, StageStatus, statuses, to_joint_activity
from roadmaps.models import Roadmap, RoadmapStage
from roadmaps.progress import StageProgress
from roadmaps.rules import plan as rules
from roadmaps.stage_dates import proposed
from roadmaps.stage_plan import stages_mark
from roadmaps.views.plan_table import progress_of
from roadmaps.views.roadmap import editable
from schools.requests import PortalRequest


def acquaintance(request: PortalRequest, pk: int) -> HttpResponse:
    """Contacts of the three collectives and problems; every button of the page posts here."""
    roadmap = get_object_or_404(editable(request), pk=pk)
    verdict = rules.can_record(request.user, roadmap)
    contact, problem = ContactForm(prefix="contact"), ProblemForm(prefix="problem", roadmap=roadmap)
    if request.method == "POST":
        require(verdict)
        deed = request.POST.get("deed", "")
        if deed == "contact":
            contact = ContactForm(request.POST, prefix="contact")
        elif deed == "problem":
            problem = ProblemForm(request.POST, prefix="problem", roadmap=roadmap)
        form = {"contact": contact, "problem": problem}.get(deed)
        if form is None or form.is_valid():
            messages.success(request, _record(request, roadmap, deed, form))
            return redirect("roadmaps:acquaintance", pk)
    context = {
        "roadmap": roadmap,
        "verdict": verdict,
        "contact_form": contact,
        "problem_form": problem,
        "form": contact if contact.errors else problem,
        "collectives": _by_collective(roadmap),
        "gate": to_joint_activity(Facts.of(roadmap)),
    }
    status = 422 if contact.errors or problem.errors else 200
    return render(request, "roadmaps/acquaintance.html", context, status=status)


def stages(request: PortalRequest, pk: int) -> HttpResponse:
    """Days, goals, responsible persons of the three stages, the gates between them, how far they
    have come; days are proposed where there are none and it is asked for."""
    roadmap, context = open_card(request, pk, "roadmaps:stages", editable(request))
    verdict = rules.can_edit(request.user, roadmap)
    offered = proposed(roadmap.period)
    own: dict[str, Any] = {"stages": roadmap.stages.all(), "period": roadmap.period}
    if "propose" in request.GET:
        own["proposal"] = offered
    form = StagesForm(request.POST or None, **own)
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            return _save_stages(request, roadmap, form)
    context |= {
        "form": form,
        "verdict": verdict,
        "record": rules.can_record(request.user, roadmap),
        "parts": _parts(roadmap, form),
        "offered": offered if any(not row.span for row in roadmap.stages.all()) else (),
        "is_proposed": "proposal" in own,
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/stages/plan.html", context, status=status)


def _save_stages(request: PortalRequest, roadmap: Roadmap, form: StagesForm) -> HttpResponse:
    try:
        changed = actions.save_stages(
            roadmap=roadmap,
            values=form.values,
            expected=form.cleaned_data["mark"],
            by=request.user,
        )
    except Stale as stale:
        theirs = StagesForm(stages=stale.current, period=roadmap.period)
        names = [name for name in form.fields if name != "mark"]
        texts = [(form[name].label, form.shown(name), theirs.shown(name)) for name in names]
        context = {
            "title": "Этапы уже изменили",
            "texts": [text for text in texts if text[1] != text[2]],
            "hidden": [form[name].as_hidden() for name in names],
            "version": ("mark", stages_mark(stale.current)),
            "fresh_url": request.path,
        }
        return render(request, "schools/risk_conflict.html", context, status=409)
    said = ", ".join(map(str, changed))
    messages.success(request, f"Сохранено: этап {said}." if said else "Ничего не изменилось.")
    return redirect("roadmaps:stages", roadmap.pk)


@dataclass(frozen=True)
class StagePart:
    """One stage on its page."""

    row: RoadmapStage
    fields: dict[str, BoundField]
    progress: StageProgress
    status: StageStatus

    @property
    def choice(self) -> Stage:
        return Stage(self.row.stage)


def _parts(roadmap: Roadmap, form: StagesForm) -> list[StagePart]:
    progress = progress_of([roadmap], timezone.localdate())[roadmap.pk]
    found = statuses(Facts.of(roadmap), progress)
    return [
        StagePart(row, form.of_stage(row.stage), progress.stage(row.stage), found[row.stage])
        for row in roadmap.stages.all()
    ]


def _record(request: PortalRequest, roadmap: Roadmap, deed: str, form: Any) -> str:
    """Do what the pressed button asks for; the sentence tells what was done."""
    own: dict[str, Any] = {"roadmap": roadmap, "by": request.user}
    if deed == "contact":
        actions.record_contact(**own, **form.cleaned_data)
        return "Контакт записан."
    if deed == "problem":
        actions.record_problem(**own, **form.cleaned_data)
        return "Проблема записана."
    if deed in ("none", "some"):
        actions.set_no_problems(**own, value=deed == "none")
        return "Отмечено: проблемы не выявлены." if deed == "none" else "Отметка снята."
    sort, _, number = deed.partition("-")
    removers = {"contact": actions.remove_contact, "problem": actions.remove_problem}
    if sort in removers and (pk := row_id(number)):
        removers[sort](**own, pk=pk)
        return "Запись убрана."
    return "Ничего не изменилось."


def _by_collective(roadmap: Roadmap) -> list[dict[str, Any]]:
    return [
        {
            "label": one.label,
            "contacts": [c for c in roadmap.contacts.all() if c.collective == one.value],
        }
        for one in Collective
    ]

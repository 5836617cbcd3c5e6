"""What stage 1 records (contacts, problems) and what stage 3 ends with (a conclusion)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from common.row_id import row_id
from common.verdicts import require
from roadmaps.actions import plan as actions
from roadmaps.enums import Collective, Stage
from roadmaps.forms.records import ConclusionForm, ContactForm, ProblemForm
from roadmaps.gates import Facts, to_joint_activity
from roadmaps.models import Roadmap
from roadmaps.rules import plan as rules
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


def conclusion(request: PortalRequest, pk: int) -> HttpResponse:
    """The conclusion of stage 3; when somebody wrote one meanwhile, both texts are shown."""
    roadmap = get_object_or_404(editable(request), pk=pk)
    verdict = rules.can_record(request.user, roadmap)
    stage = next(one for one in roadmap.stages.all() if one.stage == Stage.REFLECTION)
    start = {"conclusion": stage.conclusion, "before": stage.conclusion}
    form = ConclusionForm(request.POST or None, initial=start)
    context = {"roadmap": roadmap, "stage": stage, "form": form, "verdict": verdict}
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            try:
                actions.record_conclusion(
                    roadmap=roadmap,
                    stage=Stage.REFLECTION,
                    text=form.cleaned_data["conclusion"],
                    expected=form.cleaned_data["before"],
                    by=request.user,
                )
            except actions.StaleConclusion as stale:
                typed = {"conclusion": form.cleaned_data["conclusion"], "before": stale.current}
                context |= {"theirs": stale.current, "form": ConclusionForm(initial=typed)}
                return render(request, "roadmaps/conclusion.html", context, status=409)
            messages.success(request, "Вывод записан.")
            return redirect("roadmaps:detail", pk)
    status = 422 if form.errors else 200
    return render(request, "roadmaps/conclusion.html", context, status=status)


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

"""The algorithm of networking as a checklist of a roadmap (R126–R136)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from common.verdicts import require
from roadmaps import algorithm as steps
from roadmaps.actions import algorithm as actions
from roadmaps.card import frame_of, roadmaps_for
from roadmaps.enums import AlgorithmStep
from roadmaps.forms.algorithm import MarkForm
from roadmaps.rules import plan as rules
from schools.requests import PortalRequest


def algorithm(request: PortalRequest, pk: int) -> HttpResponse:
    """Eleven steps; every button of the page posts here with the number of its step."""
    rows = roadmaps_for(request).prefetch_related("stages", "contacts", "problems")
    roadmap = get_object_or_404(rows, pk=pk)
    verdict = rules.can_record(request.user, roadmap)
    wrong: dict[int, MarkForm] = {}
    if request.method == "POST":
        require(verdict)
        step = _step(request)
        form = MarkForm(request.POST, prefix=f"s{step}")
        if request.POST.get("deed") == "unmark":
            actions.unmark_step(roadmap=roadmap, step=step)
            messages.success(request, f"Отметка шага {step} снята.")
            return _back(pk, step)
        if form.is_valid():
            note = form.cleaned_data["note"]
            actions.mark_step(roadmap=roadmap, step=step, note=note, by=request.user)
            messages.success(request, f"Шаг {step} отмечен.")
            return _back(pk, step)
        wrong[step] = form
    lines = steps.lines_of(roadmap)
    context = frame_of(request.user, roadmap, "roadmaps:algorithm") | {
        "verdict": verdict,
        "done": sum(line.mark is not None for line in lines),
        "lines": [(line, wrong.get(line.step.value) or _form_of(line)) for line in lines],
        "form": next(iter(wrong.values()), None),
    }
    return render(request, "roadmaps/algorithm.html", context, status=422 if wrong else 200)


def _form_of(line: steps.StepLine) -> MarkForm:
    note = line.mark.note if line.mark else ""
    return MarkForm(prefix=f"s{line.step.value}", initial={"note": note})


def _step(request: PortalRequest) -> AlgorithmStep:
    asked = request.POST.get("step", "")
    if asked not in {str(step.value) for step in AlgorithmStep}:
        raise Http404("Такого шага в алгоритме нет.")
    return AlgorithmStep(int(asked))


def _back(pk: int, step: int) -> HttpResponse:
    return redirect(f"{reverse('roadmaps:algorithm', args=[pk])}#step-{step}")

"""Steps of a roadmap's life: send, recall, approve, pause, resume, finish, reopen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.transitions import WrongState
from common.verdicts import require
from roadmaps.actions.plan.lifecycle import MOVES, WordsChanged, approve
from roadmaps.agreement import words_of
from roadmaps.card import roadmaps_for
from roadmaps.forms.approval import ApprovalForm, StepForm
from roadmaps.models import Roadmap
from roadmaps.plan_facts import blockers
from roadmaps.rules import plan as rules
from roadmaps.views.plan_table import progress_of
from schools.requests import PortalRequest

#: Words of the workflow's verbs: button, question, what follows, what is said afterwards.
STEPS = {
    "send": (
        "Отправить школам",
        "Отправить карту на согласование?",
        "Школы пары получат уведомление, прочтут план и согласуют его или напишут замечания "
        "к строкам. Править строки в это время сможете только вы.",
        "Карта отправлена школам.",
    ),
    "recall": (
        "Вернуть в черновик",
        "Вернуть карту в черновик?",
        "Школы снова смогут готовить строки. Их ответы останутся в истории, "
        "после правок карту отправляют заново.",
        "Карта возвращена в черновик.",
    ),
    "approve": (
        "Утвердить",
        "Утвердить карту?",
        "План будет зафиксирован, школы начнут отчитываться о мероприятиях. "
        "Строки можно будет менять с указанием причины, правки получат отметку «не утверждено».",
        "Карта утверждена.",
    ),
    "pause": (
        "Приостановить",
        "Приостановить карту?",
        "Пока карта приостановлена, о мероприятиях не отчитываются, ничего не просрочено "
        "и строки не правят.",
        "Карта приостановлена.",
    ),
    "resume": (
        "Продолжить",
        "Продолжить карту?",
        "Сроки снова начнут действовать, строки можно будет править.",
        "Карта снова выполняется.",
    ),
    "finish": (
        "Завершить",
        "Завершить карту?",
        "Править её после этого нельзя; методист сможет возобновить карту.",
        "Карта завершена.",
    ),
    "reopen": (
        "Возобновить",
        "Возобновить карту?",
        "Карта снова станет выполняться, строки можно будет править.",
        "Карта возобновлена.",
    ),
}


def move(request: PortalRequest, pk: int, verb: str) -> HttpResponse:
    """Ask (GET) and take (POST) one step of the workflow."""
    if verb not in STEPS:
        raise Http404("Такого действия нет.")
    roadmap = get_object_or_404(roadmaps_for(request).prefetch_related("stages"), pk=pk)
    verdict = rules.MOVES[verb](request.user, roadmap)
    if request.method == "POST" and roadmap.state == Roadmap.TRANSITIONS[verb][1]:
        # The button was pressed twice, or somebody was first: what was wanted is so.
        return redirect("roadmaps:detail", pk)
    require(verdict)
    if verb == "approve":
        return _approve(request, roadmap)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, roadmap, verb, form)
    return _done(request, roadmap, verb, form.cleaned_data["comment"])


def _asked(request: PortalRequest, roadmap: Roadmap, verb: str, form: StepForm) -> HttpResponse:
    button, question, text, _ = STEPS[verb]
    if verb == "finish":
        text = f"{text} {_left(roadmap)}"
    context = {
        "roadmap": roadmap,
        "button": button,
        "question": question,
        "text": text,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/roadmap_move.html", context, status=status)


def _done(request: PortalRequest, roadmap: Roadmap, verb: str, comment: str) -> HttpResponse:
    try:
        MOVES[verb](roadmap=roadmap, by=request.user, comment=comment)
        messages.success(request, STEPS[verb][3])
    except WrongState as error:
        messages.error(request, str(error))
    return redirect("roadmaps:detail", roadmap.pk)


def _approve(request: PortalRequest, roadmap: Roadmap) -> HttpResponse:
    """Who signs, which order, and why without the word of schools that have not agreed."""
    words = words_of(roadmap)
    lacking = [word.school for word in words if not word.has_agreed]
    posted = request.POST if request.method == "POST" else None
    form = ApprovalForm(posted, municipality=roadmap.municipality, lacking=lacking)
    if request.method == "POST" and blockers(roadmap):
        form.add_error(None, "План утвердить нельзя: посмотрите, чего не хватает")
    if request.method == "POST" and form.is_valid():
        try:
            approve(
                roadmap=roadmap,
                by=request.user,
                comment=form.cleaned_data["comment"],
                order=form.order,
                not_agreed=form.seen if "not_agreed" in request.POST else None,
            )
        except WrongState as error:
            messages.error(request, str(error))
            return redirect("roadmaps:detail", roadmap.pk)
        except WordsChanged:
            roadmap.refresh_from_db(fields=["state", "round"])
            return _words_changed(request, roadmap)
        messages.success(request, STEPS["approve"][3])
        return redirect("roadmaps:detail", roadmap.pk)
    return _approval_page(request, roadmap, form, 422 if form.errors else 200)


def _words_changed(request: PortalRequest, roadmap: Roadmap) -> HttpResponse:
    """A school answered while the form was open: the words as they are now, the form as typed."""
    lacking = [word.school for word in words_of(roadmap) if not word.has_agreed]
    typed = request.POST.copy()
    typed["not_agreed"] = ",".join(str(one.pk) for one in lacking)
    form = ApprovalForm(typed, municipality=roadmap.municipality, lacking=lacking)
    form.add_error(None, "Пока вы утверждали, школа ответила иначе: посмотрите ответы ещё раз")
    return _approval_page(request, roadmap, form, 409)


def _approval_page(
    request: PortalRequest, roadmap: Roadmap, form: ApprovalForm, status: int
) -> HttpResponse:
    _, question, text, _ = STEPS["approve"]
    words = words_of(roadmap)
    context = {
        "roadmap": roadmap,
        "question": question,
        "text": text,
        "form": form,
        "words": words,
        "old": [word for word in words if word.has_agreed and word.before_edits],
        "blockers": blockers(roadmap),
    }
    return render(request, "roadmaps/roadmap_approve.html", context, status=status)


def _left(roadmap: Roadmap) -> str:
    """What is given up by finishing now."""
    total = progress_of([roadmap], timezone.localdate())[roadmap.pk].total
    if total.held >= total.planned:
        return ""
    told = f"Сейчас проведено {total.held} из {total.planned}"
    return f"{told}, остальное так и останется не проведённым."

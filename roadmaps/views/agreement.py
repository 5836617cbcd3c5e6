"""«Согласование»: who answered, the answer of a school with remarks, the methodist's replies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.paging import page_of
from common.row_id import row_id
from common.verdicts import require
from roadmaps.actions.plan import agreement as actions
from roadmaps.agreement import remarks_of, words_of
from roadmaps.card import open_card, roadmaps_for
from roadmaps.enums import AmendmentState, RoadmapState, SchoolWord
from roadmaps.forms.approval import AnswerForm, RemarkForm, ReplyForm
from roadmaps.models import Amendment, PlanRemark, Roadmap
from roadmaps.plan_changes import RowChange
from roadmaps.plan_fields import BY_NAME
from roadmaps.rules import approval as rules
from schools.requests import PortalRequest

NAME = "roadmaps:approval"


@require_safe
def approval(request: PortalRequest, pk: int) -> HttpResponse:
    """Words of the schools and their remarks; `?row=` shows those to one row."""
    roadmap, context = open_card(request, pk, NAME)
    return render(request, "roadmaps/approval.html", context | page_context(request, roadmap))


def page_context(
    request: PortalRequest, roadmap: Roadmap, amendment: Amendment | None = None
) -> dict[str, Any]:
    """Words and remarks of a plan or of its change, and what the person may do with them."""
    remarks = remarks_of(roadmap, amendment)
    row = row_id(request.GET.get("row", ""))
    if row:
        remarks = remarks.filter(row=row)
    page = page_of(remarks, request)
    may_answer = rules.can_answer(request.user, roadmap, amendment)
    return {
        "amendment": amendment,
        "words": words_of(roadmap, amendment),
        "page": page,
        "remarks": [(one, told_field(one)) for one in page],
        "one_row": row,
        "may_answer": may_answer,
        "own_schools": rules.schools_to_answer(request.user, roadmap) if may_answer else [],
        "keeps": rules.keeps(request.user, roadmap),
        "may_settle": rules.can_settle(request.user, roadmap),
        "is_sent": roadmap.state == RoadmapState.AGREEING or amendment is not None,
    }


def aside(roadmap: Roadmap) -> dict[str, Any]:
    """Beside the editor: words of the schools while they are asked, the open change after."""
    opened = None
    if roadmap.is_approved:
        found = roadmap.amendments.filter(state=AmendmentState.AGREEING)
        opened = found.defer("plan", "changes").first()
    is_asked = roadmap.state == RoadmapState.AGREEING
    return {"agreement": {"words": words_of(roadmap) if is_asked else [], "opened": opened}}


def told_field(remark: PlanRemark) -> str:
    known = BY_NAME.get(remark.field)
    return known.label if known else ""


def answer(request: PortalRequest, pk: int) -> HttpResponse:
    """The plan to read, with a place for a remark at each row; a school's word (POST)."""
    roadmap, context = open_card(request, pk, NAME)
    return _answer(request, roadmap, None, context)


def amendment_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """The same for a numbered change: only the rows that it changes."""
    amendment = amendment_or_404(request, pk)
    roadmap, context = open_card(request, amendment.roadmap_id, "roadmaps:changes")
    return _answer(request, roadmap, amendment, context)


def amendment_or_404(request: PortalRequest, pk: int) -> Amendment:
    seen = Roadmap.objects.visible_to(request.user)
    found = Amendment.objects.filter(roadmap__in=seen)
    return get_object_or_404(found.select_related("created_by", "approved_by", "approver"), pk=pk)


def _answer(
    request: PortalRequest, roadmap: Roadmap, amendment: Amendment | None, context: dict[str, Any]
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    # What was asked a moment ago and is not any more is told with all that was typed.
    verdict = rules.can_answer(request.user, roadmap, amendment)
    if posted is None or not rules.schools_to_answer(request.user, roadmap):
        require(verdict)
    form, page, lines = _forms(request, roadmap, amendment)
    status = 200
    if posted is not None and not verdict:
        form.add_error(None, verdict.reason)
        status = 409
    elif posted is not None:
        status = 422
        if _is_whole(form, lines):
            try:
                return _answered(request, roadmap, amendment, form, lines)
            except actions.NotAsked as error:
                form.add_error(None, str(error))
                status = 409
    context |= {
        "amendment": amendment,
        "form": form,
        "page": page,
        "lines": lines,
        "on_paper": rules.keeps(request.user, roadmap),
        "typed": any(line["form"].has_changed() for line in lines),
    }
    return render(request, "roadmaps/answer.html", context, status=status)


def _forms(request: PortalRequest, roadmap: Roadmap, amendment: Amendment | None) -> Any:
    """The word, the page of rows and a form of a remark for each of them."""
    schools = rules.schools_to_answer(request.user, roadmap)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(
        posted,
        schools=schools,
        on_paper=rules.keeps(request.user, roadmap),
        initial={"round": 0 if amendment else roadmap.round, "school": schools[0].pk},
    )
    rows = roadmap.rows.select_related("event__kind")
    changes: dict[int, RowChange] = {}
    if amendment:
        told = [RowChange.from_json(one) for one in amendment.changes]
        changes = {change.row: change for change in told if change.is_there}
        rows = rows.filter(pk__in=changes)
    page = page_of(rows, request)
    lines = [
        {"row": row, "form": RemarkForm(posted, row=row), "change": changes.get(row.pk)}
        for row in page
    ]
    return form, page, lines


def _is_whole(form: AnswerForm, lines: list[dict[str, Any]]) -> bool:
    """Whether all is understood and the word goes with what was written."""
    right = [line["form"].is_valid() for line in lines]
    if not form.is_valid() or not all(right):
        return False
    has_remarks = any(line["form"].remark for line in lines)
    word = form.cleaned_data["word"]
    if word == SchoolWord.AGREED and has_remarks:
        sentence = "Вы написали замечания к строкам: отправьте замечания или уберите их"
        form.add_error(None, sentence)
    if word == SchoolWord.REMARKS and not has_remarks and not form.cleaned_data["comment"]:
        form.add_error(None, "Напишите хотя бы одно замечание: к строке или общее")
    return not form.errors


def _answered(
    request: PortalRequest,
    roadmap: Roadmap,
    amendment: Amendment | None,
    form: AnswerForm,
    lines: list[dict[str, Any]],
) -> HttpResponse:
    data = form.cleaned_data
    word = SchoolWord(data["word"])
    remarks = [one for line in lines if (one := line["form"].remark)]
    actions.answer(
        roadmap=roadmap,
        amendment=amendment,
        school=data["school"],
        word=word,
        by=request.user,
        round=data["round"],
        comment=data["comment"],
        remarks=remarks,
        on_paper=rules.keeps(request.user, roadmap),
    )
    agreed = f"{amendment} согласовано." if amendment else "План согласован."
    told = agreed if word == SchoolWord.AGREED else "Замечания отправлены методисту."
    messages.success(request, f"{data['school']}: {told}")
    return redirect("roadmaps:amendment", amendment.pk) if amendment else redirect(NAME, roadmap.pk)


@require_POST
def settle(request: PortalRequest, pk: int) -> HttpResponse:
    """The methodist's reply to a remark: taken into account, or refused with a reason."""
    found = PlanRemark.objects.select_related("answer__amendment", "answer__school", "row__event")
    remark = get_object_or_404(found, pk=pk)
    roadmap = get_object_or_404(roadmaps_for(request), pk=remark.answer.roadmap_id)
    require(rules.can_settle(request.user, roadmap))
    amendment = remark.answer.amendment
    page = (
        reverse("roadmaps:amendment", args=[amendment.pk])
        if amendment
        else reverse(NAME, args=[roadmap.pk])
    )
    form = ReplyForm(request.POST)
    if not form.is_valid():
        context = {"roadmap": roadmap, "remark": remark, "form": form, "back_url": page}
        context["field"] = told_field(remark)
        return render(request, "roadmaps/remark_settle.html", context, status=422)
    try:
        actions.settle(remark=remark, by=request.user, **form.cleaned_data)
        messages.success(request, "Ответ записан, школа его увидит.")
    except actions.NotAsked as error:
        messages.error(request, str(error))
    return redirect(page)

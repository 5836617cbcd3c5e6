"""Categories of schools: set for many, history, end, removal of a mistake, the basis."""

from typing import Any

from django.contrib import messages
from django.core import serializers
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from common.academic_year import AcademicYear
from common.row_id import row_id
from common.russian import counted
from common.verdicts import require
from schools.actions import categories as actions
from schools.card import open_card
from schools.enums import CategoryCode
from schools.forms.categories import CategoryForm, EndForm, EndManyForm
from schools.models import BasisDocument, Category, School, SchoolCategory
from schools.requests import PortalRequest
from schools.rules import categories as rules
from schools.views.chosen_schools import MOST, Chosen, named
from schools.views.stored_files import to_save

#: Names of schools on the page that says what was done; the others are counted.
SHOWN = 50
#: Where the session keeps what ended by the last set, for its undoing.
FORMER = "categories_former"


def categories_set(request: PortalRequest) -> HttpResponse:
    """Give a category to the schools that the address names."""
    municipality = request.municipality
    require(rules.can_set(request.user, municipality))
    chosen = Chosen.of(request)
    able = [school for school in chosen.schools if rules.can_have(school)]
    form = _set_form(request, chosen, able)
    if request.method == "POST" and not chosen.problem and form.is_valid():
        answer = _given(request, form, able) if _is_as_seen(request, form, chosen) else None
        if answer:
            return answer
    context = _about(chosen) | {"form": form, "able": able, "number": len(able)}
    return render(request, "schools/categories_set.html", context)


@require_safe
def categories_done(request: PortalRequest) -> HttpResponse:
    """What was set at that moment, with the way back."""
    require(rules.can_set(request.user, request.municipality))
    at = _moment(request.GET.get("at", ""))
    rows = SchoolCategory.objects.filter(
        school__municipality=request.municipality, author=request.user, created_at=at
    )
    held = list(rows.select_related("school__legal_form", "category", "basis")[: MOST + 1])
    held.sort(key=lambda row: (row.school.sort_key, row.school.pk))
    context = {
        "held": held,
        "shown": held[:SHOWN],
        "rest": max(0, len(held) - SHOWN),
        "ids": ",".join(str(row.pk) for row in held),
        "at": at.isoformat(),
        "until": request.GET.get("until", ""),
    }
    return render(request, "schools/categories_done.html", context)


@require_POST
def categories_undo(request: PortalRequest) -> HttpResponse:
    """Take back exactly what was set a moment ago."""
    require(rules.can_set(request.user, request.municipality))
    ids = [row_id(text) for text in request.POST.get("ids", "").split(",")[:MOST]]
    rows = SchoolCategory.objects.filter(pk__in=ids, school__municipality=request.municipality)
    taken = actions.undo(
        rows=rows,
        at=_moment(request.POST.get("at", "")),
        until=_year(request.POST.get("until", "")),
        former=_remembered(request),
        by=request.user,
    )
    if taken:
        words = counted(taken, "школы", "школ", "школ")
        messages.success(request, f"Назначение категории отменено у {words}.")
    if taken < len(ids):
        messages.warning(request, "Остальное уже изменено или отменено и осталось как есть.")
    return redirect("schools:list")


def categories_end(request: PortalRequest) -> HttpResponse:
    """Write the last year of a category down for the schools that the address names."""
    require(rules.can_set(request.user, request.municipality))
    chosen = Chosen.of(request)
    held = SchoolCategory.objects.filter(school__in=chosen.schools[:MOST])
    form = EndManyForm(
        request.POST or None,
        categories=Category.objects.filter(pk__in=held.values("category")),
        current=AcademicYear.of(timezone.localdate()),
    )
    if request.method == "POST" and not chosen.problem and form.is_valid():
        rows = held.filter(category=form.cleaned_data["category"])
        _end_many(request, rows.select_related("school", "category"), form.cleaned_data["until"])
        return redirect("schools:list")
    context = _about(chosen) | {"form": form, "chosen": chosen.schools}
    return render(request, "schools/categories_end.html", context)


def categories_history(request: PortalRequest, pk: int) -> HttpResponse:
    """All categories of a school: since, until, on what basis, set by whom and when."""
    card = open_card(request, pk, "schools:categories")
    rows = SchoolCategory.objects.filter(school=card["school"]).order_by("-since", "-pk")
    context = {
        "held": rows.select_related("category", "basis", "author"),
        "can_set": rules.can_set(request.user, card["school"].municipality),
    }
    return render(request, "schools/categories_history.html", card | context)


def category_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the last academic year of one category down."""
    held = _held(request, pk)
    current = AcademicYear.of(timezone.localdate())
    form = EndForm(request.POST or None, current=current, since=held.since)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        actions.end_categories(held=[held], until=until, by=request.user)
        text = f"{held.school}: последний год категории «{held.category}» – {until}."
        messages.success(request, text)
        return redirect("schools:categories", held.school_id)
    return render(request, "schools/category_end.html", {"form": form, "held": held})


def category_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Remove a category that was written down by mistake."""
    held = _held(request, pk)
    if request.method == "POST":
        actions.delete_category(held=held, by=request.user)
        messages.success(request, f"{held.school}: запись о категории «{held.category}» удалена.")
        return redirect("schools:categories", held.school_id)
    period = actions.period_words(held.since, held.until)
    text = f"{held.school}: «{held.category}», {period}. В «Истории» карточки останется след."
    return render(request, "schools/category_delete.html", {"held": held, "text": text})


@require_safe
def basis_file(request: PortalRequest, pk: int) -> FileResponse:
    """The paper on which a decision rests."""
    documents = BasisDocument.objects.visible_to(request.user).select_related("file")
    return to_save(get_object_or_404(documents, pk=pk).file)


def _set_form(request: PortalRequest, chosen: Chosen, able: list[School]) -> CategoryForm:
    merged = SchoolCategory.objects.filter(category__code=CategoryCode.LOW_OR_ADVERSE)
    holders = set(merged.filter(school__in=able).values_list("school", flat=True))
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        data["count"] = str(len(chosen.schools))
    return CategoryForm(
        data,
        request.FILES or None,
        municipality=request.municipality,  # type: ignore[arg-type]
        current=AcademicYear.of(timezone.localdate()),
        merged=[school for school in able if school.pk in holders],
        initial={"count": len(chosen.schools)},
    )


def _is_as_seen(request: PortalRequest, form: CategoryForm, chosen: Chosen) -> bool:
    """Whether the filter still finds as many schools as when the form was opened."""
    said, now = request.POST.get("count", ""), str(len(chosen.schools))
    if not chosen.is_whole_filter or said == now:
        return True
    form.add_error(None, f"Отбор изменился: было школ {said[:9] or 0}, стало {now}. Проверьте его.")
    return False


def _given(request: PortalRequest, form: CategoryForm, able: list[School]) -> HttpResponse | None:
    """Run the action and go to what was done; None with the reason in the form."""
    term, ends = form.term(), form.cleaned_data.get("end_merged", False)
    in_the_way = [] if ends else [row.school for row in actions.merged_holders(able, term)]
    if in_the_way:
        text = f"Отметьте, что «ШНОР и ШНСУ» завершается, или не выбирайте: {named(in_the_way)}."
        form.add_error("end_merged" if "end_merged" in form.fields else None, text)
        return None
    try:
        outcome = actions.set_category(
            schools=able,
            term=term,
            municipality=request.municipality,  # type: ignore[arg-type]
            basis=form.chosen_basis(),
            end_merged=ends,
            by=request.user,
        )
    except actions.NothingToSet as nothing:
        outcome = nothing.outcome
    except ValidationError as error:
        form.add_error("file", error)
        return None
    if not outcome.done:
        form.add_error(None, _already(term, outcome.skipped))
        return None
    _tell(request, term, outcome)
    former = serializers.serialize("json", outcome.merged)
    request.session[FORMER] = {"at": outcome.at.isoformat(), "rows": former}
    query = urlencode({"at": outcome.at.isoformat(), "until": str(term.until or "")})
    return redirect(f"{reverse('schools:categories-done')}?{query}")


def _remembered(request: PortalRequest) -> list[SchoolCategory]:
    """What ended by the set that is being taken back, as this very person's set left it."""
    kept = request.session.pop(FORMER, {})
    if kept.get("at") != request.POST.get("at"):
        return []
    entries = serializers.deserialize("json", kept["rows"])
    return [one for entry in entries if isinstance(one := entry.object, SchoolCategory)]


def _tell(request: PortalRequest, term: actions.Term, outcome: actions.Outcome) -> None:
    if outcome.skipped:
        messages.warning(request, _already(term, outcome.skipped))
    if outcome.merged:
        schools = [row.school for row in outcome.merged]
        messages.info(request, f"«ШНОР и ШНСУ» завершена или заменена: {named(schools)}.")


def _already(term: actions.Term, skipped: list[School]) -> str:
    if not skipped:
        return "Среди выбранных нет школ, которым можно назначить категорию."
    return f"Категория «{term.category}» в эти годы уже записана: {named(skipped)}."


def _end_many(request: PortalRequest, rows: Any, until: AcademicYear) -> None:
    lasting = [row for row in rows if row.until is None or row.until > until]
    ended = [row for row in lasting if row.since <= until]
    later = [row.school for row in lasting if row.since > until]
    done = actions.end_categories(held=ended, until=until, by=request.user)
    if done:
        schools = counted(done, "школы", "школ", "школ")
        messages.success(request, f"Последний год категории у {schools}: {until}.")
    if later:
        messages.warning(request, f"Начинается позже {until}, осталась: {named(later)}.")
    if not lasting:
        messages.info(request, "У выбранных школ эта категория к тому году уже завершена.")


def _about(chosen: Chosen) -> dict[str, Any]:
    """Whom the page is about and who is refused, by name."""
    verdicts = [(school, rules.can_have(school)) for school in chosen.schools]
    return {
        "problem": chosen.problem,
        "names": named(chosen.schools),
        "refused": [(school, verdict.reason) for school, verdict in verdicts if not verdict],
    }


def _held(request: PortalRequest, pk: int) -> SchoolCategory:
    rows = SchoolCategory.objects.visible_to(request.user)
    held = get_object_or_404(rows.select_related("school", "category", "basis"), pk=pk)
    require(rules.can_change(request.user, held))
    return held


def _moment(text: str) -> Any:
    """The moment that the address names; Http404 for what is none."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise Http404("No such moment")
    return moment


def _year(text: str) -> AcademicYear | None:
    try:
        return AcademicYear.parse(text) if text else None
    except ValueError:
        raise Http404("No such year") from None

"""The bank of practices (R136): its list, a card, a card made of a confirmed event."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.listing import Order, Sorting, chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, Value, download
from common.verdicts import require
from common.versions import Stale
from roadmaps.actions import practices as actions
from roadmaps.enums import ReportState
from roadmaps.event_lines import EventLine
from roadmaps.forms.practices import PracticeFilter, PracticeForm
from roadmaps.models import EventReport, Occurrence, PracticeCard
from roadmaps.models.sources import PracticeCardQuerySet
from roadmaps.practice_draft import without_people
from roadmaps.rules import plan as plan_rules
from roadmaps.rules import sources as rules
from roadmaps.section import tabs_for
from roadmaps.their_text import told
from schools.requests import PortalRequest

ORDERS = {
    "added": Order(("created_at",), largest_first=True),
    "title": Order(("search_key",)),
    "held": Order(("held_on",), largest_first=True),
}
HEADINGS = (
    Heading("Практика", 44),
    Heading("В чём она", 50),
    Heading("Что делается", 50),
    Heading("Что получилось", 50),
    Heading("Вид", 24),
    Heading("Направление", 36),
    Heading("Для каких рисков", 40),
    Heading("Чья", 20),
    Heading("Проведена", 14),
    Heading("Внесена", 14),
)


@require_safe
def practice_list(request: PortalRequest) -> HttpResponse:
    """Practices of the current municipality; the choice lives in the address."""
    chosen, found, sorting = _asked(request)
    context = {
        "tabs": tabs_for(request, "roadmaps:practices"),
        "filter": chosen,
        "page": page_of(found, request),
        "heads": [
            sorting.head("Практика", "title"),
            sorting.head("Для каких рисков"),
            sorting.head("Направление и вид"),
            sorting.head("Чья"),
            sorting.head("Проведена", "held"),
        ],
        "can_keep": rules.can_keep_bank(request.user, request.municipality),
    }
    return render(request, "roadmaps/practices.html", context)


@require_safe
def practice_export(request: PortalRequest) -> FileResponse:
    chosen, found, _ = _asked(request)
    rows = Rows.of(found)
    about = About("Банк практик", str(request.municipality), chosen_words(chosen))
    return download(about, HEADINGS, _cells(rows), is_cut=rows.is_cut)


@require_safe
def practice(request: PortalRequest, pk: int) -> HttpResponse:
    """One card; where it came from is told to who may see that."""
    card = _card(request, pk)
    origin = card.event_id and Occurrence.objects.visible_to(request.user).filter(
        event=card.event_id, held_on=card.held_on
    )
    context = {
        "card": card,
        "origin": origin.with_pairs(request.user).first() if origin else None,
        "can_change": rules.can_change_card(request.user, card),
        "may_insert": plan_rules.can_begin(request.user, request.municipality),
    }
    return render(request, "roadmaps/practice.html", context)


def practice_add(request: PortalRequest, pk: int) -> HttpResponse:
    """«В банк практик»: a card of a confirmed event, filled from it and from its report."""
    user = request.user
    seen = Occurrence.objects.visible_to(user).with_pairs(user)
    rows = seen.select_related("municipality", "event__host", "event__kind", "event__direction")
    occurrence = get_object_or_404(rows, pk=pk)
    require(rules.can_make_card(user, occurrence))
    if request.method != "POST" and (made := actions.card_of(occurrence)):
        messages.info(request, "Карточка этого мероприятия в банке уже есть.")
        return redirect("roadmaps:practice", made.pk)
    start, factors = _start(occurrence)
    form = PracticeForm(
        request.POST or None,
        instance=PracticeCard(**start),
        municipality=occurrence.municipality,
        factors=factors,
    )
    if request.method == "POST" and form.is_valid():
        try:
            card = actions.make_card(occurrence=occurrence, values=form.values, by=user)
        except actions.NotHeld:
            require(rules.can_make_card(user, Occurrence.objects.get(pk=pk)))
            raise
        messages.success(request, "Практика внесена в банк.")
        return redirect("roadmaps:practice", card.pk)
    line = EventLine(occurrence, timezone.localdate())
    context = {"form": form, "occurrence": occurrence, "line": line}
    status = 422 if form.errors else 200
    return render(request, "roadmaps/practice_form.html", context, status=status)


def practice_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a card; when somebody was first, both texts are shown."""
    card = _card(request, pk)
    require(rules.can_change_card(request.user, card))
    form = PracticeForm(request.POST or None, instance=card, municipality=card.municipality)
    context: dict[str, Any] = {"form": form, "card": card}
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.save_card(card=card, values=form.values, expected_version=version)
        except Stale as stale:
            context |= {
                "theirs": told(stale.current, (*actions.FIELDS, "factors")),
                "version": stale.current.version,
            }
            status = 409
        else:
            messages.success(request, "Карточка сохранена.")
            return redirect("roadmaps:practice", pk)
    status = 422 if form.errors else status
    return render(request, "roadmaps/practice_form.html", context, status=status)


@require_POST
def practice_retire(request: PortalRequest, pk: int) -> HttpResponse:
    return _retired(request, pk, True, "Карточка убрана в архив.")


@require_POST
def practice_restore(request: PortalRequest, pk: int) -> HttpResponse:
    return _retired(request, pk, False, "Карточка снова в банке.")


def narrowed(rows: PracticeCardQuerySet, chosen: PracticeFilter) -> PracticeCardQuerySet:
    """The cards that a valid filter asks for; without one, all current ones."""
    data = chosen.cleaned_data
    rows = rows.search(data.get("q", ""))
    for name in ("direction", "kind", "school"):
        if one := data.get(name):
            rows = rows.filter(**{name: one})
    if factor := data.get("factor"):
        rows = rows.filter(factors=factor)
    if state := data.get("state"):
        return rows.filter(is_retired=True) if state == "retired" else rows
    return rows.current()


def _asked(request: PortalRequest) -> tuple[PracticeFilter, PracticeCardQuerySet, Sorting]:
    """The list with its filter and order, for the page and for the file."""
    municipality = request.municipality
    require(rules.can_read(request.user, municipality))
    keeps = rules.can_keep_bank(request.user, municipality)
    chosen = PracticeFilter(request.GET, municipality=municipality, keeps=bool(keeps))
    chosen.is_valid()
    sorting = Sorting.of(request, ORDERS)
    bank = PracticeCard.objects.visible_to(request.user).of(municipality)
    rows = narrowed(bank, chosen).select_related("kind", "direction", "school")
    return chosen, sorting.sorted(rows.prefetch_related("factors")), sorting


def _cells(rows: Rows) -> Iterator[list[Value]]:
    for cards in rows.chunks():
        for card in cards:
            risks = "; ".join(factor.label for factor in card.factors.all())
            words: list[Value] = [card.title, card.summary, card.steps, card.outcome]
            words += [str(card.kind or ""), str(card.direction or ""), risks]
            yield [*words, str(card.school or ""), card.held_on, card.created_at]


def _card(request: PortalRequest, pk: int) -> PracticeCard:
    rows = PracticeCard.objects.visible_to(request.user).select_related(
        "kind", "direction", "school", "municipality", "created_by"
    )
    return get_object_or_404(rows.prefetch_related("factors"), pk=pk)


def _start(occurrence: Occurrence) -> tuple[dict[str, Any], tuple[int, ...]]:
    """What the card is first filled with; no photo and no name of a person goes along."""
    event = occurrence.event
    confirmed = EventReport.objects.filter(occurrence=occurrence, state=ReportState.CONFIRMED)
    report = confirmed.select_related("school").order_by("pk").first()
    host = event.host or (report.school if report else None)
    start = {
        "title": event.title,
        "steps": without_people(event.steps),
        "outcome": without_people(report.outcome) if report else "",
        "expected_result": event.expected_result,
        "responsible": without_people(event.responsible),
        "kind": event.kind,
        "direction": event.direction,
        "school": host if host and host.municipality_id == occurrence.municipality_id else None,
    }
    return start, tuple(factor.pk for factor in event.factors.all())


def _retired(request: PortalRequest, pk: int, is_retired: bool, done: str) -> HttpResponse:
    card = _card(request, pk)
    require(rules.can_change_card(request.user, card))
    actions.set_retired(card=card, is_retired=is_retired)
    messages.success(request, done)
    return redirect(reverse("roadmaps:practice", args=[pk]))

"""People of one school: the tab of the card, contacts, the team, a new director."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.paging import page_of
from common.russian import long_date
from common.verdicts import require
from common.versions import Stale
from schools.actions import people as actions
from schools.card import open_card
from schools.forms.people import EndForm
from schools.forms.school_people import ContactForm, DirectorForm, TeamForm
from schools.models import Membership, School
from schools.requests import PortalRequest
from schools.rules import people as rules
from schools.school_people import lines_of, past_of, staff_of

TAB = "schools:school-people"


def school_people(request: PortalRequest, pk: int) -> HttpResponse:
    """Who leads, who signs in, contacts, the management team; those of before apart."""
    card = open_card(request, pk, TAB)
    school, user, today = card["school"], request.user, timezone.localdate()
    page = page_of(past_of(school, today), request)
    context = {
        "staff": staff_of(school, user, today),
        "page": page,
        "past": list(lines_of(page.items, user, today)),
        "can_change_director": rules.can_change_director(user, school, today),
        "can_keep_contacts": rules.can_keep_contacts(user, school, today),
    }
    return render(request, "schools/school_people.html", card | context)


def contact_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down somebody without an account."""
    school = _school(request, pk)
    require(rules.can_keep_contacts(request.user, school, timezone.localdate()))
    form = ContactForm(request.POST or None, school=school, back_url=_tab(pk))
    if request.method == "POST" and form.is_valid():
        row = actions.save_contact(row=form.save(commit=False), by=request.user)
        messages.success(request, f"Контакт записан: {row}.")
        return redirect(TAB, pk)
    context = {"form": form, "school": school, "title": "Новый контакт"}
    return render(request, "schools/contact_form.html", context)


def contact_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change somebody without an account."""
    row = _row(request, pk)
    require(rules.can_edit_contact(request.user, row, timezone.localdate()))
    school, title = row.school, row.name
    assert school is not None  # noqa: S101 - tells the type checker
    form = ContactForm(request.POST or None, instance=row, school=school, back_url=_tab(school.pk))
    if request.method == "POST" and form.is_valid():
        actions.correct_person(row=form.save(commit=False), by=request.user)
        messages.success(request, f"Сохранено: {row}.")
        return redirect(TAB, school.pk)
    context = {"form": form, "school": school, "title": title}
    return render(request, "schools/contact_form.html", context)


def contact_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for the last day of somebody without an account."""
    row = _row(request, pk)
    require(rules.can_end_contact(request.user, row, timezone.localdate()))
    form = EndForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        actions.end_contact(row=row, until=until, by=request.user)
        messages.success(request, f"{row.name}: последний день работы – {long_date(until)}")
        return redirect(TAB, row.school_id)
    context = {"form": form, "row": row, "back_url": _tab(row.school_id)}
    return render(request, "schools/people_end.html", context)


def team_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Say whether a person belongs to the management team, and as whom (R047, R139)."""
    row = _row(request, pk)
    require(rules.can_set_team(request.user, row, timezone.localdate()))
    form = TeamForm(request.POST or None, instance=row, back_url=_tab(row.school_id))
    if request.method == "POST" and form.is_valid():
        actions.correct_person(row=form.save(commit=False), by=request.user)
        messages.success(request, f"Команда: {row.name} – сохранено.")
        return redirect(TAB, row.school_id)
    context = {"form": form, "school": row.school, "title": f"{row.name}: команда школы"}
    return render(request, "schools/contact_form.html", context)


def post_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back a post that has not begun."""
    row = _row(request, pk)
    require(rules.can_cancel(request.user, row, timezone.localdate()))
    if request.method == "POST":
        actions.cancel_post(row=row, by=request.user)
        messages.success(request, f"Назначение отменено: {row}.")
        return redirect(TAB, row.school_id)
    return render(
        request, "schools/contact_cancel.html", {"row": row, "back_url": _tab(row.school_id)}
    )


def director_change(request: PortalRequest, pk: int) -> HttpResponse:
    """A new director: what is typed is shown with its consequences before it is done."""
    school = _school(request, pk)
    require(rules.can_change_director(request.user, school, timezone.localdate()))
    form = DirectorForm(request.POST or None, school=school, back_url=_tab(pk))
    if request.method == "POST" and "again" not in request.POST and form.is_valid():
        _require_ends(request, form)
        if "confirmed" not in request.POST:
            return _ask(request, form)
        if _change(request, form):
            return redirect(TAB, pk)
    heads = Membership.objects.active(timezone.localdate()).heads_of(school)
    context = {"form": form, "school": school, "heads": heads}
    return render(request, "schools/director_form.html", context)


def _require_ends(request: PortalRequest, form: DirectorForm) -> None:
    """Nobody ends the own post, as on the page of people."""
    for head in form.leaving:
        require(rules.can_end(request.user, head, administrators=2))


def _ask(request: PortalRequest, form: DirectorForm) -> HttpResponse:
    people = {head.user_id for head in form.leaving if head.user_id}
    # Posts elsewhere are nothing of this municipality.
    posts = Membership.objects.filter(user__in=people, municipality=form.school.municipality_id)
    others = posts.active(form.instance.since)
    context = {
        "form": form,
        "school": form.school,
        "row": form.instance,
        "leaving": form.leaving,
        "last_day": form.ends_on,
        "known": form.known,
        "others": others.exclude(pk__in=[head.pk for head in form.leaving]).select_related(
            "school", "municipality"
        ),
    }
    return render(request, "schools/director_confirm.html", context)


def _change(request: PortalRequest, form: DirectorForm) -> bool:
    """Run the action and say what happened; False when somebody came first."""
    row = form.save(commit=False)
    try:
        sent = actions.change_director(
            row=row,
            leaving=form.leaving,
            last_day=form.ends_on,
            by=request.user,
            site=request.build_absolute_uri("/"),
        )
    except (IntegrityError, Stale):
        form.add_error(None, "Директора этой школы только что сменили. Проверьте раздел «Люди».")
        return False
    ways = {
        True: f"Приглашение отправлено: {row.email}.",
        False: "Человек уже входит в портал, приглашение не нужно.",
        None: "Записан без входа в портал.",
    }
    day = long_date(row.since)
    messages.success(request, f"Директор с {day} – {row.name}. {ways[sent]}")
    return True


def _school(request: PortalRequest, pk: int) -> School:
    schools = School.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(schools, pk=pk)


def _row(request: PortalRequest, pk: int) -> Membership:
    rows = Membership.objects.on_cards_seen_by(request.user)
    related = ("user", "school__municipality", "municipality", "function")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _tab(school: int | None) -> str:
    return reverse(TAB, args=[school])

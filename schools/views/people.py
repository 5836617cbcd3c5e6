"""People of the municipality: who works where, who may come in, until when."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import actions as accounts
from accounts.roles import Role
from common.listing import chosen_words
from common.paging import page_of
from common.row_id import row_id
from common.russian import long_date
from common.sheets import About, Rows, download
from common.verdicts import require
from schools.actions import people as actions
from schools.forms.people import EndForm, PeopleFilter, PersonForm
from schools.forms.school_people import CorrectionForm
from schools.middleware import SESSION_KEY
from schools.models import Membership, Municipality
from schools.models.membership import MembershipQuerySet
from schools.people_list import HEADINGS, lines_of, narrowed, rows_of
from schools.requests import PortalRequest
from schools.rules import people as rules
from schools.standing import is_administrator


def people(request: PortalRequest) -> HttpResponse:
    """Who works where, with filters; all municipalities for the administrator."""
    chosen, found = _asked(request)
    page = page_of(found, request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, request.user, timezone.localdate()),
        "everywhere": is_administrator(request.user),
    }
    return render(request, "schools/people.html", context)


@require_safe
def people_export(request: PortalRequest) -> FileResponse:
    """The list with its filter as a table."""
    chosen, found = _asked(request)
    rows = Rows.of(found)
    about = About("Люди", str(request.municipality or ""), chosen_words(chosen))
    return download(about, HEADINGS, lines_of(rows), is_cut=rows.is_cut)


def person_invite(request: PortalRequest) -> HttpResponse:
    """Give a role and a way in: to somebody new, or (`?person=`) to a row without an account."""
    user = request.user
    require(rules.can_see_people(user, request.municipality))
    everywhere = is_administrator(user)
    form = PersonForm(
        request.POST or None,
        instance=_row_without_account(request),
        allowed=rules.roles_given_by(user, request.municipality),
        municipality=None if everywhere else request.municipality,
    )
    if request.method == "POST" and form.is_valid() and _give(request, form):
        return redirect("schools:people")
    return render(request, "schools/people_invite.html", {"form": form})


def person_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for the last day, naming the person, and end the work at the post."""
    row = get_object_or_404(_seen(request).select_related("user", "school", "municipality"), pk=pk)
    held = Membership.objects.administrators().count()
    require(rules.can_end(request.user, row, administrators=held))
    back_url = _back(request, row)
    form = EndForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        actions.end_membership(row=row, until=until, by=request.user)
        messages.success(request, f"{row.name}: последний день работы – {long_date(until)}")
        return redirect(back_url)
    context = {"form": form, "row": row, "back_url": back_url}
    return render(request, "schools/people_end.html", context)


def person_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Correct what was written down wrongly; role and account stay as they are."""
    rows = Membership.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("user", "school", "municipality"), pk=pk)
    require(rules.can_change(request.user, row))
    back_url, title = _back(request, row), row.name
    form = CorrectionForm(request.POST or None, instance=row, back_url=back_url)
    if request.method == "POST" and form.is_valid():
        actions.correct_person(row=form.save(commit=False), by=request.user)
        messages.success(request, f"Сохранено: {row}.")
        return redirect(back_url)
    context = {"form": form, "title": title, "back_url": back_url}
    return render(request, "schools/people_edit.html", context)


@require_POST
def invitation_resend(request: PortalRequest, pk: int) -> HttpResponse:
    """Send a new link; the earlier one stops working."""
    rows = _seen(request).with_account().select_related("user", "municipality")
    row = get_object_or_404(rows, pk=pk)
    require(rules.can_resend(request.user, row, timezone.localdate()))
    accounts.invite(user=row.user, by=request.user, site=request.build_absolute_uri("/"))
    messages.success(request, f"Новое приглашение отправлено: {row.name}, {row.user.email}.")
    return redirect("schools:people")


@require_POST
def switch(request: PortalRequest) -> HttpResponse:
    """Work in another municipality from now on; only in one's own."""
    asked = request.POST.get("municipality", "")
    mine = Municipality.objects.visible_to(request.user)
    place = get_object_or_404(mine, pk=row_id(asked))
    request.session[SESSION_KEY] = place.pk
    return redirect("home")


def _asked(request: PortalRequest) -> tuple[PeopleFilter, MembershipQuerySet]:
    user = request.user
    require(rules.can_see_people(user, request.municipality))
    chosen = PeopleFilter(request.GET, everywhere=is_administrator(user))
    chosen.is_valid()
    return chosen, narrowed(_seen(request), chosen.cleaned_data, timezone.localdate())


def _seen(request: PortalRequest) -> MembershipQuerySet:
    """All people for the administrator, those of the current municipality for a methodist."""
    rows = Membership.objects.visible_to(request.user)
    if is_administrator(request.user):
        return rows
    return rows.filter(municipality=request.municipality)


def _back(request: PortalRequest, row: Membership) -> str:
    """Where the person came from: the card of the school, or the list."""
    if request.GET.get("from") == "card" and row.school_id:
        return reverse("schools:school-people", args=[row.school_id])
    return reverse("schools:people")


def _row_without_account(request: PortalRequest) -> Membership | None:
    asked = request.GET.get("person", "")
    if not asked:
        return None
    rows = _seen(request).filter(user=None)
    row = get_object_or_404(rows, pk=row_id(asked))
    require(rules.can_change(request.user, row))
    return row


def _give(request: PortalRequest, form: PersonForm) -> bool:
    """Run the action and say what happened; False when a double submit came first."""
    row = form.save(commit=False)
    try:
        sent = actions.give_role(row=row, by=request.user, site=request.build_absolute_uri("/"))
    except IntegrityError:
        form.add_error(None, "Эта роль человеку только что назначена.")
        return False
    role = Role(row.role).label
    if sent:
        text = f"Приглашение отправлено: {row.name}, {row.email}. Роль: {role}."
    else:
        text = f"Роль назначена: {row.name}, {role}. Человек уже входит, приглашение не нужно."
    messages.success(request, text)
    return True

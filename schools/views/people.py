"""People of the municipality: who works where, who may come in, until when."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import actions as accounts
from accounts.roles import Role
from common.paging import page_of
from common.row_id import row_id
from common.russian import long_date
from common.verdicts import require
from schools import actions
from schools.forms.people import EndForm, PeopleFilter, PersonForm
from schools.middleware import SESSION_KEY
from schools.models import Membership, Municipality
from schools.models.membership import MembershipQuerySet
from schools.people_list import narrowed, rows_of
from schools.requests import PortalRequest
from schools.rules import people as rules
from schools.standing import is_administrator


def people(request: PortalRequest) -> HttpResponse:
    """Who works where, with filters; all municipalities for the administrator."""
    user, today = request.user, timezone.localdate()
    require(rules.can_see_people(user, request.municipality))
    everywhere = is_administrator(user)
    chosen = PeopleFilter(request.GET, everywhere=everywhere)
    chosen.is_valid()
    page = page_of(narrowed(_seen(request), chosen.cleaned_data, today), request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, user, today),
        "everywhere": everywhere,
    }
    return render(request, "schools/people.html", context)


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
    form = EndForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        actions.end_membership(row=row, until=until, by=request.user)
        messages.success(request, f"{row.name}: последний день работы – {long_date(until)}.")
        return redirect("schools:people")
    return render(request, "schools/people_end.html", {"form": form, "row": row})


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


def _seen(request: PortalRequest) -> MembershipQuerySet:
    """All people for the administrator, those of the current municipality for a methodist."""
    rows = Membership.objects.visible_to(request.user)
    if is_administrator(request.user):
        return rows
    return rows.filter(municipality=request.municipality)


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

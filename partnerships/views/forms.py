"""A new partnership, and a change of its card."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.row_id import row_id
from common.tabs import Tab
from common.verdicts import require
from common.versions import Stale
from partnerships.actions import cards as actions
from partnerships.actions.moves import NoSuccessor, set_successor
from partnerships.enums import MemberRole, PartnershipState, Scenario
from partnerships.forms import PartnershipForm
from partnerships.hard_context import warning_of
from partnerships.models import Partnership
from partnerships.proposed_aims import aims_of
from partnerships.rules import partnership as rules
from partnerships.views.fetching import fetched
from schools.models import Municipality, School
from schools.requests import PortalRequest

#: Buttons of the form that only show it again.
_ADD, _REMOVE, _PROPOSE = "add_row", "remove_row", "propose"
_GROUP = "group"


def partnership_create(request: PortalRequest) -> HttpResponse:
    """Propose a partnership or a group (`?kind=group`); `?lead=` and `?target=` name schools.

    `?topic=`, `?reason=`, `?scenario=` and `?factor=` come from the page of candidates.
    """
    require(rules.can_create(request.user, request.municipality))
    municipality = cast("Municipality", request.municipality)  # the rule refuses without one
    is_group = request.GET.get("kind") == _GROUP
    if request.method != "POST":
        form = _new_form(request, municipality, is_group=is_group)
        form.tick_proposed(aims_of(form.schools_to_help, _this_year()))
        if known := [str(row_id(pk)) for pk in request.GET.getlist("factor")[:50]]:
            form.initial["factors"] = known
        return _page(request, form)
    form = PartnershipForm(request.POST, municipality=municipality, is_group=is_group)
    if answer := _shown_again(request, form):
        return answer
    if form.is_valid():
        try:
            made = actions.create_partnership(
                municipality=municipality, draft=form.draft(), by=request.user
            )
        except actions.AlreadyThere as twin:
            if twin.just_now:
                return redirect("partnerships:detail", pk=twin.partnership.pk)
            form.add_error(None, str(twin))
        else:
            messages.success(request, f"Партнёрство предложено: {made.title}.")
            _come_instead(request, made)
            return redirect("partnerships:detail", pk=made.pk)
    return _page(request, form)


def partnership_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change members, topic, basis, aims and period; both texts when somebody was first."""
    partnership = fetched(request, pk)
    require(rules.can_edit(request.user, partnership))
    if request.method != "POST":
        return _page(request, PartnershipForm.of(partnership))
    form = PartnershipForm(
        request.POST,
        municipality=partnership.municipality,
        partnership=partnership,
        is_group=partnership.is_group,
        initial=PartnershipForm.of(partnership).initial,
    )
    if answer := _shown_again(request, form):
        return answer
    if form.is_valid():
        try:
            changed = actions.update_partnership(
                partnership=partnership,
                draft=form.draft(),
                # A form without a version does not know what it would overwrite.
                expected_version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except Stale as stale:
            return _conflict_page(request, form, stale.current)
        except (actions.AlreadyThere, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            said = "Партнёрство сохранено." if changed else "Ничего не изменилось."
            messages.success(request, said)
            return redirect("partnerships:detail", pk=pk)
    return _page(request, form)


def _new_form(
    request: PortalRequest, municipality: Municipality, *, is_group: bool
) -> PartnershipForm:
    """Two rows to begin with, or those of the schools that the address names."""
    other = MemberRole.PARTICIPANT if is_group else MemberRole.TARGET
    own = School.objects.of(municipality).open().select_related("municipality")
    named: list[tuple[str, School]] = [
        (role, school)
        for role, name in ((MemberRole.LEAD, "lead"), (other, "target"))
        for school in own.filter(pk__in=[row_id(pk) for pk in request.GET.getlist(name)[:20]])
    ]
    rows: list[tuple[str, School | None]] = []
    for side in (MemberRole.LEAD, other):
        rows += [row for row in named if row[0] == side] or [(side, None)]
    initial: dict[str, Any] = {}
    for index, (role, school) in enumerate(rows):
        initial |= {f"role_{index}": role, f"school_{index}": school.short_name if school else ""}
    return PartnershipForm(
        municipality=municipality,
        is_group=is_group,
        rows=range(len(rows)),
        found={index: school for index, (_, school) in enumerate(rows) if school},
        initial=initial | _suggested(request),
    )


def _suggested(request: PortalRequest) -> dict[str, str]:
    """What the page of candidates says of the pair: topic, reason and scenario."""
    asked = {name: request.GET.get(name, "")[:500] for name in ("topic", "reason")}
    scenario = request.GET.get("scenario", "")
    if scenario in Scenario.values:
        asked["scenario"] = scenario
    return {name: value for name, value in asked.items() if value}


def _shown_again(request: PortalRequest, form: PartnershipForm) -> HttpResponse | None:
    """The form with a row more or less, or with proposed aims ticked; None for «Сохранить»."""
    pressed = {name for name in (_ADD, _REMOVE, _PROPOSE) if name in request.POST}
    if not pressed:
        return None
    form.is_valid()  # finds the schools; what else is wrong is said when the form is saved
    if _PROPOSE in pressed:
        if form.tell_of_misnamed_only():
            return _page(request, form)
        again = form.again()
        again.tick_proposed(aims_of(again.schools_to_help, _this_year()))
        again.was_proposed = True
        return _page(request, again)
    pressed_at = request.POST.get(_REMOVE, "")
    gone = next((index for index in form.rows if str(index) == pressed_at), None)
    return _page(request, form.again(without=gone, one_more=_ADD in pressed))


def _instead_of(request: PortalRequest) -> Partnership | None:
    """`?instead=`: the partnership that was replaced and waits for the new one."""
    visible = Partnership.objects.visible_to(request.user).of(request.municipality)
    waiting = visible.filter(state=PartnershipState.REPLACED, successor=None)
    pk = row_id(request.GET.get("instead", ""))
    return waiting.with_members().filter(pk=pk).first() if pk else None


def _come_instead(request: PortalRequest, made: Partnership) -> None:
    """Link the new partnership with the one in whose place it comes."""
    if (replaced := _instead_of(request)) is None:
        return
    try:
        set_successor(partnership=replaced, successor=made, by=request.user)
    except NoSuccessor as error:
        messages.warning(request, f"{replaced.title}: {error}")


def _page(request: PortalRequest, form: PartnershipForm) -> HttpResponse:
    partnership, year = form.partnership, _this_year()
    form.proposed = aims_of(form.schools_to_help, year)
    scenario = "" if form.is_group else str(form["scenario"].value())
    schools = list(form.found.values())
    context = {
        "form": form,
        "partnership": partnership,
        "year": year,
        "warning": warning_of(scenario, schools, form.municipality, year),
        "tabs": [] if partnership else _kinds(form),
        "instead": None if partnership else _instead_of(request),
    }
    return render(request, "partnerships/partnership_form.html", context)


def _kinds(form: PartnershipForm) -> list[Tab]:
    """What may be proposed: help of a lead, or a group."""
    url = reverse("partnerships:create")
    return [
        Tab("Помощь школы-лидера", url, not form.is_group),
        Tab("Команда или семинар", f"{url}?kind={_GROUP}", form.is_group),
    ]


def _conflict_page(
    request: PortalRequest, form: PartnershipForm, current: Partnership
) -> HttpResponse:
    """What differs, mine beside theirs; nothing is written yet, nothing is lost."""
    changes = actions.compared(current, form.draft())[1]
    context = {
        "title": f"{current.title}: партнёрство уже изменили",
        "current": current,
        "texts": [(change.what, change.new, change.old) for change in changes],
        "hidden": [form[name].as_hidden() for name in form.fields if name != "version"],
        "version": ("version", current.version),
        "fresh_url": reverse("partnerships:detail", args=[current.pk]),
    }
    return render(request, "schools/risk_conflict.html", context, status=409)


def _this_year() -> AcademicYear:
    return AcademicYear.of(timezone.localdate())

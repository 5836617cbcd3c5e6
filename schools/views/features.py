"""Features of a school and the directions that they propose (R084–R096)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from schools.actions import features as actions
from schools.forms.features import FeaturesForm
from schools.requests import PortalRequest
from schools.views.risks import editable_or_403


def features_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Ticks, with the directions of each beside it."""
    school = editable_or_403(request, pk)
    given = request.POST if request.method == "POST" else None
    form = FeaturesForm(given, school=school)
    if given is None or not form.is_valid():
        return render(request, "schools/features_form.html", {"form": form, "school": school})
    told = actions.choose(
        school=school,
        chosen=form.cleaned_data["features"],
        shown=form.cleaned_data["shown"],
        by=request.user,
    )
    said = "Особенности школы сохранены" if told else "В особенностях школы ничего не изменилось"
    messages.success(request, f"{said}: {school.official_name}.")
    return redirect("schools:risks", pk=pk)

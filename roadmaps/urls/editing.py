"""Steps of an editor beside the form of a row: undo, several rows, who else is here."""

from django.urls import URLPattern, path

from roadmaps.views import autosave, bulk, presence, steps

urlpatterns: list[URLPattern] = [
    path("<int:pk>/undo/", steps.undo, name="undo"),
    path("<int:pk>/redo/", steps.redo, name="redo"),
    path("<int:pk>/bulk/", bulk.bulk, name="bulk"),
    path("<int:pk>/presence/", presence.presence, name="presence"),
    path("rows/<int:pk>/autosave/", autosave.autosave, name="autosave"),
]

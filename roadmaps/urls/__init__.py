"""Pages of the roadmaps app, one module a section."""

from roadmaps.urls import (
    approval,
    checks,
    editing,
    editor,
    exchange,
    joint,
    pictures,
    reports,
    sources,
    stages,
)

app_name = "roadmaps"

urlpatterns = [
    *reports.urlpatterns,
    *editor.urlpatterns,
    *editing.urlpatterns,
    *joint.urlpatterns,
    *stages.urlpatterns,
    *exchange.urlpatterns,
    *sources.urlpatterns,
    *checks.urlpatterns,
    *approval.urlpatterns,
    *pictures.urlpatterns,
]

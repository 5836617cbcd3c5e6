"""Addresses of the editor; those of the reports of schools are in `report_urls`."""

from django.urls import URLPattern, URLResolver, include, path

from roadmaps.views import roadmap, row, row_order, stages

app_name = "roadmaps"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", roadmap.roadmap_list, name="list"),
    path("new/", roadmap.create, name="create"),
    path("", include("roadmaps.report_urls")),
    path("<int:pk>/", roadmap.detail, name="detail"),
    path("<int:pk>/acquaintance/", stages.acquaintance, name="acquaintance"),
    path("<int:pk>/conclusion/", stages.conclusion, name="conclusion"),
    path("<int:pk>/due/", row.due_preview, name="due-preview"),
    path("<int:pk>/stages/<int:stage>/add/", row.add, name="row-add"),
    path("<int:pk>/moves/<str:verb>/", roadmap.move, name="move"),
    path("rows/<int:pk>/", row.edit, name="event-edit"),
    path("rows/<int:pk>/move/", row_order.move, name="event-move"),
    path("rows/<int:pk>/cancel/", row_order.cancel, name="event-cancel"),
    path("rows/<int:pk>/delete/", row_order.delete, name="event-delete"),
]

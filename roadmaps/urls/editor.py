"""Roadmaps and their rows: list, new, editor, moves of the workflow."""

from django.urls import URLPattern, path

from roadmaps.views import beginning, cooled, exports, moves, roadmap, row, row_order

urlpatterns: list[URLPattern] = [
    path("", roadmap.roadmap_list, name="list"),
    path("export/", exports.roadmap_export, name="export"),
    path("new/", beginning.create, name="create"),
    path("cooled/", cooled.cooled_list, name="cooled"),
    path("cooled/export/", cooled.cooled_export, name="cooled-export"),
    path("<int:pk>/", roadmap.detail, name="detail"),
    path("<int:pk>/due/", row.due_preview, name="due-preview"),
    path("<int:pk>/stages/<int:stage>/add/", row.add, name="row-add"),
    path("<int:pk>/moves/<str:verb>/", moves.move, name="move"),
    path("rows/<int:pk>/", row.edit, name="event-edit"),
    path("rows/<int:pk>/move/", row_order.move, name="event-move"),
    path("rows/<int:pk>/cancel/", row_order.cancel, name="event-cancel"),
    path("rows/<int:pk>/delete/", row_order.delete, name="event-delete"),
]

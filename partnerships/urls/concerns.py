from django.urls import path

from partnerships.views import concerns as views

urlpatterns = [
    path("concerns/", views.concern_list, name="concern-list"),
    path("concerns/export/", views.concern_export, name="concerns-export"),
    path("concerns/<int:pk>/<slug:verb>/", views.concern_move, name="concern-move"),
    path("<int:pk>/concerns/", views.concerns, name="concerns"),
    path("<int:pk>/concerns/add/", views.concern_add, name="concern-add"),
]

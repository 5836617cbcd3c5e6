from django.urls import path

from partnerships.views import teams as views

urlpatterns = [
    path("<int:pk>/team/", views.team, name="team"),
    path("<int:pk>/team/export/", views.team_export, name="team-export"),
    path("<int:pk>/team/add/", views.team_add, name="team-add"),
    path("<int:pk>/team/composition/", views.team_composition, name="team-composition"),
    path("team/<int:pk>/edit/", views.teammate_edit, name="teammate-edit"),
    path("team/<int:pk>/end/", views.teammate_end, name="teammate-end"),
    path("team/<int:pk>/delete/", views.teammate_delete, name="teammate-delete"),
]

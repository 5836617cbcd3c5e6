from django.urls import path

from partnerships.views import visits as views

urlpatterns = [
    path("visits/", views.visits_list, name="visits-list"),
    path("visits/export/", views.visits_list_export, name="visits-list-export"),
    path("visits/<int:pk>/edit/", views.visit_edit, name="visit-edit"),
    path("visits/<int:pk>/delete/", views.visit_delete, name="visit-delete"),
    path("visits/<int:pk>/done/", views.visit_step_done, name="visit-step-done"),
    path("<int:pk>/visits/", views.visits, name="visits"),
    path("<int:pk>/visits/export/", views.visits_export, name="visits-export"),
    path("<int:pk>/visits/add/", views.visit_add, name="visit-add"),
]

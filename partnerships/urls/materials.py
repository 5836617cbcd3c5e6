from django.urls import path

from partnerships.views import materials as views

urlpatterns = [
    path("materials/", views.material_list, name="materials-list"),
    path("materials/export/", views.material_export, name="materials-export"),
    path("materials/add/", views.material_add, name="material-add"),
    path("materials/<int:pk>/edit/", views.material_edit, name="material-edit"),
    path("materials/<int:pk>/retire/", views.material_retire, name="material-retire"),
    path("materials/<int:pk>/restore/", views.material_restore, name="material-restore"),
    path("materials/<int:pk>/delete/", views.material_delete, name="material-delete"),
    path("materials/<int:pk>/file/", views.material_file, name="material-file"),
    path("<int:pk>/materials/", views.materials, name="materials"),
    path(
        "<int:pk>/materials/export/",
        views.partnership_export,
        name="partnership-materials-export",
    ),
    path(
        "<int:pk>/materials/add/",
        views.partnership_material_add,
        name="partnership-material-add",
    ),
]

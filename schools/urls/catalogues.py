from django.urls import path

from schools.views import catalogues

_ROW = "catalogues/<slug:slug>/<int:pk>"

urlpatterns = [
    path("catalogues/", catalogues.catalogues, name="catalogues"),
    path("catalogues/<slug:slug>/", catalogues.catalogue, name="catalogue"),
    path("catalogues/<slug:slug>/add/", catalogues.catalogue_add, name="catalogue-add"),
    path(f"{_ROW}/edit/", catalogues.catalogue_edit, name="catalogue-edit"),
    path(f"{_ROW}/retire/", catalogues.catalogue_retire, name="catalogue-retire"),
    path(f"{_ROW}/restore/", catalogues.catalogue_restore, name="catalogue-restore"),
    path(f"{_ROW}/delete/", catalogues.catalogue_delete, name="catalogue-delete"),
    path(f"{_ROW}/move/", catalogues.catalogue_move, name="catalogue-move"),
]

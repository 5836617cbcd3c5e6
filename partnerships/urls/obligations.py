from django.urls import path

from partnerships.views import obligations as views

urlpatterns = [
    path("<int:pk>/obligations/edit/", views.obligations_edit, name="obligations-edit"),
]

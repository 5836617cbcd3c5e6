from django.urls import path

from partnerships import views

app_name = "partnerships"

urlpatterns = [
    path("", views.partnership_list, name="list"),
    path("about/", views.about, name="about"),
    path("create/", views.partnership_create, name="create"),
    path("<int:pk>/", views.partnership_detail, name="detail"),
    path("<int:pk>/edit/", views.partnership_edit, name="edit"),
    path("<int:pk>/visits/add/", views.visit_add, name="visit-add"),
    path("<int:pk>/<slug:verb>/", views.partnership_move, name="move"),
]

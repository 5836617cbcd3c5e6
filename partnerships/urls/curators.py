from django.urls import path

from partnerships.views import curators as views

urlpatterns = [
    path("<int:pk>/curators/", views.curators, name="curators"),
    path("curators/<int:pk>/end/", views.curator_end, name="curator-end"),
]

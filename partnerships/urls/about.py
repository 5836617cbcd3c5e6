from django.urls import path

from partnerships.views import about as views

urlpatterns = [
    path("about/", views.about, name="about"),
]

"""One event in several roadmaps."""

from django.urls import URLPattern, path

from roadmaps.views import joint

urlpatterns: list[URLPattern] = [
    path("rows/<int:pk>/joint/", joint.joint, name="joint"),
    path("rows/<int:pk>/joint/remove/", joint.remove, name="joint-remove"),
]

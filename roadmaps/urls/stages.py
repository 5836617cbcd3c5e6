"""What the stages record: dates and goals, contacts and problems, reflection."""

from django.urls import URLPattern, path

from roadmaps.views import reflection, stages

urlpatterns: list[URLPattern] = [
    path("<int:pk>/acquaintance/", stages.acquaintance, name="acquaintance"),
    path("<int:pk>/stages/", stages.stages, name="stages"),
    path("<int:pk>/reflection/", reflection.reflection, name="reflection"),
    path("<int:pk>/conclusion/", reflection.conclusion, name="conclusion"),
]

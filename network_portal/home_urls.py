"""Home pages by role and the developers' gallery."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

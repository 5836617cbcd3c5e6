"""Addresses of the reports of schools and of the methodists' queue."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

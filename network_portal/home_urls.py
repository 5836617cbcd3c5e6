"""Home pages by role and the developers' gallery."""

from django.urls import URLPattern, path

from network_portal.gallery import gallery
from network_portal.homes.start import home

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("gallery/", gallery, name="gallery"),
]

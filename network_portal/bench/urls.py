"""The portal's addresses and, beside them, the rival's."""

from django.urls import path

from network_portal.bench.rival import site
from network_portal.urls import urlpatterns as portal

urlpatterns = [*portal, path("bench-admin/", site.urls)]

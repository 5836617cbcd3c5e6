"""The one table of URLs. Everything asks for sign-in unless a view says otherwise."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("network_portal.home_urls")),
    path("", include("network_portal.health_urls")),
    path("", include("accounts.urls")),
    path("schools/", include("schools.urls")),
    path("partnerships/", include("partnerships.urls")),
    path("roadmaps/", include("roadmaps.urls")),
    path("documents/", include("reports.urls")),
    path("service/", admin.site.urls),
]

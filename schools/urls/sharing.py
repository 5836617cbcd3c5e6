from django.urls import URLPattern, path

from schools.sharing import KINDS
from schools.views import sharing, sharing_lists


def _verbs(kind: str) -> list[URLPattern]:
    """Add to a school; change, take back, offer again, delete a row."""
    return [
        path(f"<int:pk>/{kind}/add/", sharing.add, {"kind": kind}, f"{kind}-add"),
        path(f"{kind}/<int:pk>/edit/", sharing.edit, {"kind": kind}, f"{kind}-edit"),
        path(f"{kind}/<int:pk>/retire/", sharing.retire, {"kind": kind}, f"{kind}-retire"),
        path(f"{kind}/<int:pk>/restore/", sharing.restore, {"kind": kind}, f"{kind}-restore"),
        path(f"{kind}/<int:pk>/delete/", sharing.delete, {"kind": kind}, f"{kind}-delete"),
    ]


urlpatterns = [
    path("<int:pk>/sharing/", sharing.sharing, name="sharing"),
    path("experience/", sharing_lists.experience, name="experience"),
    path("experience/export/", sharing_lists.experience_export, name="experience-export"),
    path("resources/", sharing_lists.resources, name="resources"),
    path("resources/export/", sharing_lists.resources_export, name="resources-export"),
    path("mentors/", sharing_lists.mentors, name="mentors"),
    path("mentors/export/", sharing_lists.mentors_export, name="mentors-export"),
    *(pattern for kind in KINDS for pattern in _verbs(kind)),
]

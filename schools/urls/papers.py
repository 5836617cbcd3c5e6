from django.urls import path

from schools.views import papers, requests

urlpatterns = [
    path("<int:pk>/papers/", papers.papers, name="papers"),
    path("<int:pk>/papers/add/", papers.paper_add, name="paper-add"),
    path("papers/<int:pk>/", papers.paper_edit, name="paper-edit"),
    path("papers/<int:pk>/delete/", papers.paper_delete, name="paper-delete"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper-file"),
    path("requests/", requests.requests, name="requests"),
    path("requests/table/", requests.requests_export, name="requests-export"),
    path("<int:pk>/requests/add/", requests.request_add, name="request-add"),
    path("requests/<int:pk>/", requests.request_edit, name="request-edit"),
    path("requests/<int:pk>/delete/", requests.request_delete, name="request-delete"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request-answer"),
]

"""Agreement of the schools, approval, changes after it, history."""

from django.urls import URLPattern, path

from roadmaps.views import agreement, amendments, history

urlpatterns: list[URLPattern] = [
    path("<int:pk>/approval/", agreement.approval, name="approval"),
    path("<int:pk>/answer/", agreement.answer, name="answer"),
    path("remarks/<int:pk>/settle/", agreement.settle, name="remark-settle"),
    path("<int:pk>/changes/", amendments.changes, name="changes"),
    path("<int:pk>/changes/accept/", amendments.accept, name="changes-accept"),
    path("<int:pk>/changes/send/", amendments.send, name="amendment-send"),
    path("amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path("amendments/<int:pk>/answer/", agreement.amendment_answer, name="amendment-answer"),
    path("amendments/<int:pk>/approve/", amendments.approve, name="amendment-approve"),
    path("amendments/<int:pk>/withdraw/", amendments.withdraw, name="amendment-withdraw"),
    path("<int:pk>/history/", history.history, name="history"),
]

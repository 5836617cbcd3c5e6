from django.urls import path

from partnerships.views import history as views

urlpatterns = [
    path("<int:pk>/history/", views.partnership_history, name="history"),
]

from django.urls import path

from partnerships.views import runs as views

urlpatterns = [
    path("runs/", views.run_list, name="runs-list"),
    path("runs/new/", views.run_order, name="run-order"),
    path("runs/<int:pk>/", views.run_detail, name="run"),
    path("runs/<int:pk>/export/", views.run_export, name="run-export"),
    path("runs/<int:pk>/load/", views.run_load, name="run-load"),
    path("runs/<int:pk>/load/export/", views.run_load_export, name="run-load-export"),
    path("runs/<int:pk>/decide/", views.run_decide, name="run-decide"),
    path("runs/<int:pk>/retry/", views.run_retry, name="run-retry"),
]

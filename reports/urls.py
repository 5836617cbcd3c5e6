from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.document_list, name="list"),
    path("export/", views.document_export, name="export"),
    path("new/", views.document_create, name="create"),
    path("<int:pk>/", views.document_detail, name="detail"),
    path("<int:pk>/file/", views.document_download, name="download"),
    path(
        "agreements/<int:partnership>/<int:template>/",
        views.agreement_order,
        name="agreement-order",
    ),
    path("<int:pk>/retry/", views.document_retry, name="retry"),
    path("<int:pk>/register/", views.document_register, name="register"),
]

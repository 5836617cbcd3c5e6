from django.urls import path

from partnerships.views import network as views

urlpatterns = [
    path("network/", views.network, name="network"),
    path("network/table/", views.network_table, name="network-table"),
    path("network/table/export/", views.network_export, name="network-export"),
    path("network/picture/", views.network_file, name="network-file"),
]

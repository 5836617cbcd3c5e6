from django.urls import path

from partnerships.views import leads as views

urlpatterns = [
    path("leads/", views.leads, name="leads"),
    path("leads/export/", views.leads_export, name="leads-export"),
    path("leads/add/", views.lead_add, name="lead-add"),
    path("leads/<int:pk>/edit/", views.lead_terms, name="lead-terms"),
    path("leads/settings/edit/", views.settings, name="network-settings"),
]

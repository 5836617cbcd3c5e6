"""Puts the portal's own service section in the place of Django's admin."""

from django.contrib.admin.apps import AdminConfig


class ServiceConfig(AdminConfig):
    default_site = "network_portal.service.ServiceSite"

"""The composition root as an app: it brings the system checks."""

from django.apps import AppConfig


class NetworkPortalConfig(AppConfig):
    name = "network_portal"
    verbose_name = "Портал"

    def ready(self) -> None:
        from network_portal import checks  # noqa: F401 - registers itself

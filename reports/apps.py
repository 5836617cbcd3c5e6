from django.apps import AppConfig

from common.panels import register


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Справки"

    def ready(self) -> None:
        """Add to the pages of the floors below."""
        from reports import panels

        register(
            "partnerships.agreements", panels.agreement_drafts, "reports/panels/agreement.html"
        )

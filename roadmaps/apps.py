from django.apps import AppConfig

from common.panels import register


class RoadmapsConfig(AppConfig):
    name = "roadmaps"
    verbose_name = "Дорожные карты"

    def ready(self) -> None:
        """Add to the pages of the floors below."""
        from roadmaps import panels

        folder = "roadmaps/panels"
        register("partnerships.detail", panels.partnership_stages, f"{folder}/stages.html", 10)
        register("partnerships.detail", panels.partnership_balance, f"{folder}/balance.html", 20)
        register("partnerships.list", panels.partnership_column, f"{folder}/held_column.html")
        register("schools.detail", panels.school_events, f"{folder}/school_events.html", 20)

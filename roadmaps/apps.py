from django.apps import AppConfig

from common.panels import register


class RoadmapsConfig(AppConfig):
    name = "roadmaps"
    verbose_name = "Дорожные карты"

    def ready(self) -> None:
        """Add to the pages of the floors below."""
        from partnerships import promises
        from roadmaps import panels
        from roadmaps.balance import counted_on
        from roadmaps.forms.catalogues import CATALOGUES
        from schools import catalogues

        catalogues.register(*CATALOGUES)
        promises.register(counted_on)

        folder = "roadmaps/panels"
        register("partnerships.detail", panels.partnership_stages, f"{folder}/stages.html", 10)
        register("partnerships.detail", panels.partnership_balance, f"{folder}/balance.html", 20)
        register("partnerships.aside", panels.partnership_contact, f"{folder}/contact.html")
        register("partnerships.visits", panels.partnership_problems, f"{folder}/problems.html")
        register("partnerships.list", panels.partnership_column, f"{folder}/held_column.html")
        register("schools.detail", panels.school_events, f"{folder}/school_events.html", 20)

from django.apps import AppConfig

from common.panels import register


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Партнёрства"

    def ready(self) -> None:
        """Add to the pages of the floor below."""
        from partnerships import life_panels, panels
        from partnerships.forms.catalogues import CATALOGUES
        from schools import catalogues

        catalogues.register(*CATALOGUES)
        register("schools.detail", panels.school_card, "partnerships/panels/school_card.html", 10)
        register("schools.head", panels.school_badges, "partnerships/panels/school_badges.html")
        register("schools.list", panels.school_column, "partnerships/panels/school_column.html")
        register("schools.clusters", panels.unpaired, "partnerships/panels/unpaired.html")
        folder = "partnerships/panels"
        register("schools.detail", life_panels.lead_terms, f"{folder}/lead_terms.html", 15)
        slot = "partnerships.detail"
        register(slot, life_panels.agreement_checks, f"{folder}/agreement_checks.html", 1)
        register(slot, life_panels.succession, f"{folder}/succession.html", 2)

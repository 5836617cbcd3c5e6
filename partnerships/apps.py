from django.apps import AppConfig

from common.panels import register


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Партнёрства"

    def ready(self) -> None:
        """Add to the pages of the floor below."""
        from partnerships import panels

        register("schools.detail", panels.school_card, "partnerships/panels/school_card.html", 10)
        register("schools.head", panels.school_badges, "partnerships/panels/school_badges.html")
        register("schools.list", panels.school_column, "partnerships/panels/school_column.html")

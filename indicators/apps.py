from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Показатели"

    def ready(self) -> None:
        from common.panels import register
        from indicators.panels import SLOT, school_panel
        from indicators.results import results_of_schools
        from partnerships import results

        register(SLOT, school_panel, "indicators/school_panel.html", order=300)
        results.register(results_of_schools)

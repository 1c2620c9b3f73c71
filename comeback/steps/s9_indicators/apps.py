from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IndicatorsConfig(AppConfig):
    name = "comeback.steps.s9_indicators"
    label = "s9_indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.checks import check
        from comeback.cases.deriving import project
        from comeback.cases.windows import look_through
        from comeback.cases.worker import every
        from comeback.steps.s9_indicators import actions, calendar_rows, views  # noqa: F401  registers actions and screens
        from comeback.steps.s9_indicators.facts import case_facts, month_facts
        from comeback.steps.s9_indicators.owed import open_months
        from comeback.steps.s9_indicators.projecting import compare, derive_all, project_subjects, project_vehicles
        from comeback.visits.importing import after_batch

        post_migrate.connect(calendar_rows.fill, sender=self)
        look_through("month", month_facts)
        look_through("case", case_facts)
        project(project_subjects)
        after_batch(project_vehicles)
        every(60, "months", open_months)
        check("indicators", compare, fix=derive_all)

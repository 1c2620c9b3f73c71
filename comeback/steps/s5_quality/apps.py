from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "comeback.steps.s5_quality"
    label = "s5_quality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.windows import look_through
        from comeback.steps.s5_quality import actions, views, wording  # noqa: F401  registers them
        from comeback.steps.s5_quality.facts import case_facts
        from comeback.steps.s5_quality.models import DeliveryConfirmation, Inspection, Measure, RegisterEntry

        look_through("case", case_facts, rests_on=(Inspection, DeliveryConfirmation, RegisterEntry, Measure))

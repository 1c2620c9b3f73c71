from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "comeback.steps.s3_reception"
    label = "s3_reception"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.windows import look_through
        from comeback.steps.s3_reception import actions, carding, delivering, views, wording  # noqa: F401  registers them
        from comeback.steps.s3_reception.facts import case_facts

        look_through("case", case_facts)

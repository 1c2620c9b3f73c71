from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "comeback.steps.s2_preparation"
    label = "s2_preparation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.windows import look_through
        from comeback.steps.s2_preparation import actions, ordering, views, wording  # noqa: F401  registers them
        from comeback.steps.s2_preparation.facts import case_facts

        look_through("case", case_facts)

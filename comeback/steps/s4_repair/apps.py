from django.apps import AppConfig


class RepairConfig(AppConfig):
    name = "comeback.steps.s4_repair"
    label = "s4_repair"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.windows import look_through
        from comeback.steps.s4_repair import actions, views, wording  # noqa: F401  registers them
        from comeback.steps.s4_repair.facts import case_facts

        look_through("case", case_facts)

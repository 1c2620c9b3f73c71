from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "comeback.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases import actions, triggers  # noqa: F401  registers the acts of the thread itself
        from comeback.cases.facts import case_facts, request_facts
        from comeback.cases.imports import cars_changed
        from comeback.cases.windows import look_through
        from comeback.visits.importing import after_batch

        post_migrate.connect(triggers.install, sender=self)
        look_through("request", request_facts)
        look_through("case", case_facts)
        after_batch(cars_changed)

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "comeback.steps.s6_settlement"
    label = "s6_settlement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.models import CostLine
        from comeback.cases.windows import look_through
        from comeback.steps.s6_settlement import actions, views, wording  # noqa: F401  registers actions, screens, messages
        from comeback.steps.s6_settlement.facts import case_facts
        from comeback.steps.s6_settlement.models import PolicyDecision

        look_through("case", case_facts, rests_on=(CostLine, PolicyDecision))

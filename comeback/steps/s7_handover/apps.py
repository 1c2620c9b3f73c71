from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "comeback.steps.s7_handover"
    label = "s7_handover"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.windows import look_through
        from comeback.steps.s7_handover import actions, views  # noqa: F401  registers actions and screens
        from comeback.steps.s7_handover.facts import case_facts
        from comeback.steps.s7_handover.models import (
            CureAnswer,
            DocumentExplained,
            DriveOffer,
            Explanation,
            HandOver,
            LeavePlan,
        )

        look_through(
            "case", case_facts, rests_on=(Explanation, CureAnswer, LeavePlan, DriveOffer, DocumentExplained, HandOver)
        )

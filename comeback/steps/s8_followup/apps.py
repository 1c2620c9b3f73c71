from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "comeback.steps.s8_followup"
    label = "s8_followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from comeback.cases.windows import look_through
        from comeback.cases.worker import every
        from comeback.steps.s8_followup import actions, views, wording  # noqa: F401  registers actions, screens, messages
        from comeback.steps.s8_followup.facts import case_facts
        from comeback.steps.s8_followup.models import Attempt, Contact, Unreachable
        from comeback.steps.s8_followup.reminders import remind

        look_through("case", case_facts, rests_on=(Attempt, Contact, Unreachable))
        every(10, "contact reminders", remind)

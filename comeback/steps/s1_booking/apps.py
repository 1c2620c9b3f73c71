from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "comeback.steps.s1_booking"
    label = "s1_booking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from comeback.cases.messages import word
        from comeback.cases.windows import look_through
        from comeback.steps.s1_booking import actions, appointing, rejecting, views  # noqa: F401  registers actions and screens
        from comeback.steps.s1_booking.facts import case_facts, request_facts

        look_through("request", request_facts)
        look_through("case", case_facts)
        word("danger", _("%(plate)s: words of danger in a call, the car is not to be driven."))

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "comeback.desk"
    label = "desk"

    def ready(self) -> None:
        from comeback.desk import thread  # noqa: F401  registers the pages of the thread's own acts

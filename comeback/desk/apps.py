from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "comeback.desk"
    label = "desk"

from django.urls import re_path

from comeback.steps.s7_handover import views

urlpatterns = [
    re_path(r"^cases/(?P<number>[0-9A-Za-z-]+)/prints/works/$", views.works_print, name="works_print"),
]

from django.urls import re_path

from comeback.steps.s3_reception import views

urlpatterns = [
    re_path(r"^cases/(?P<number>[0-9A-Za-z-]+)/fault-card/check/$", views.card_check, name="card_check"),
]

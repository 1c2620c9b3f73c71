from django.urls import re_path

from comeback.steps.s2_preparation import views

urlpatterns = [
    re_path(r"^cases/(?P<number>[0-9A-Za-z-]+)/prints/order/$", views.order_print, name="order_print"),
]

from django.urls import path, re_path

from comeback.steps.s9_indicators import views

MONTH = r"^months/(?P<code>[0-9A-Za-z-]+)/(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])"

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    re_path(rf"{MONTH}/$", views.month_page, name="month"),
    re_path(rf"{MONTH}/cases\.csv$", views.month_cases, name="month_cases"),
    re_path(rf"{MONTH}/sheet\.pdf$", views.month_sheet, name="month_sheet"),
    path("control/", views.control_table, name="control_table"),
]

from django.urls import path, re_path

from comeback.desk import views
from comeback.desk.preferences import preferences

LINE = r"(?P<line>[0-9A-Za-z._]+)"
ACT = r"(?P<act>[a-z_]+)"
LINE_OR_GATE = r"(?P<line>\d+\.\d+|G\d+)"  # so that a room's own pages, such as …/prints/order/, are not taken for acts

urlpatterns = [
    path("preferences/", preferences, name="preferences"),
    re_path(rf"^cases/(?P<number>[0-9A-Za-z-]+)/{LINE}/$", views.case_line, name="case_line"),
    re_path(rf"^cases/(?P<number>[0-9A-Za-z-]+)/{LINE_OR_GATE}/{ACT}/$", views.case_line, name="case_line_act"),
    re_path(rf"^requests/(?P<pk>\d+)/{LINE}/$", views.request_line, name="request_line"),
    re_path(rf"^requests/(?P<pk>\d+)/{LINE_OR_GATE}/{ACT}/$", views.request_line, name="request_line_act"),
    re_path(
        rf"^months/(?P<code>[0-9A-Za-z-]+)/(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])/{ACT}/$",
        views.month_line,
        name="month_line",
    ),
]

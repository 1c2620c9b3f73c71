from django.urls import include, path, re_path

from comeback.web import case_page, today, views

urlpatterns = [
    path("", include("comeback.web.setup.urls")),
    path("", today.today, name="today"),
    path("cases/", views.cases, name="cases"),
    re_path(r"^cases/(?P<number>[0-9A-Za-z-]+)/$", case_page.case_page, name="case"),
    re_path(r"^cases/(?P<number>[0-9A-Za-z-]+)/journal/$", case_page.case_journal, name="case_journal"),
    path("requests/<int:pk>/", views.request_page, name="request"),
    path("method/", views.method, name="method"),
    path("messages/<int:pk>/read/", views.read_message, name="read_message"),
]

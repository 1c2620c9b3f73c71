from django.urls import path

from comeback.web.setup import people, sites, views

urlpatterns = [
    path("setup/", views.first, name="setup"),
    path("settings/", views.settings, name="settings"),
    path("settings/sites/add/", views.add_site, name="settings_add_site"),
    path("settings/site/", sites.site, name="settings_site"),
    path("settings/site/<slug:what>/", sites.change, name="settings_site_change"),
    path("settings/people/add/", people.add, name="settings_add_person"),
    path("settings/people/<int:pk>/", people.person, name="settings_person"),
    path("settings/people/<int:pk>/<slug:what>/", people.change, name="settings_person_change"),
]

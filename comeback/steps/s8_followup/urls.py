from django.urls import path

from comeback.steps.s8_followup.views import contacts

urlpatterns = [path("contacts/", contacts, name="contacts")]

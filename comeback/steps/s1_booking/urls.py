from django.urls import path

from comeback.steps.s1_booking import views

urlpatterns = [
    path("booking/", views.booking, name="booking"),
    path("booking/found/", views.booking_found, name="booking_found"),
    path("booking/panels/", views.booking_panels, name="booking_panels"),
    path("diary/", views.diary, name="diary"),
]

"""This file knows the addresses of one's own account."""

from django.urls import path

from forestall.web.people import views

urlpatterns = [
    path("account/profile/", views.profile, name="profile"),
    path("language/", views.choose_language, name="language"),
    path("invited/<str:token>/", views.invited, name="invited"),
]

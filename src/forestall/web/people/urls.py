"""This file knows the addresses of the first page and of one's own account."""

from django.urls import path

from forestall.web.people import views

urlpatterns = [
    path("", views.home, name="home"),
    path("account/profile/", views.profile, name="profile"),
    path("language/", views.choose_language, name="language"),
    path("invited/<str:token>/", views.invited, name="invited"),
]

"""Addresses of the first run; once somebody has an account they are gone."""

from django.urls import path

from nearer.firstrun import views

app_name = "firstrun"
urlpatterns = [
    path("setup", views.begin, name="begin"),
    path("setup/place", views.place, name="place"),
    path("setup/restore", views.restore, name="restore"),
    path("setup/kit", views.kit, name="kit"),
    path("setup/kit/file", views.kit_file, name="kit_file"),
    path("setup/people", views.people, name="people"),
]

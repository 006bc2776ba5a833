"""Public pages of the look: help, and the kit of every component."""

from django.urls import path

from nearer.web import views

app_name = "web"

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("kit", views.kit, name="kit"),
]

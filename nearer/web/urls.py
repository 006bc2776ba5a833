"""Public pages of the look: help, and the kit of every component."""

from django.urls import path

from nearer.web import views, worker

app_name = "web"

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("offline", worker.offline, name="offline"),
    path("worker.js", worker.worker, name="worker"),
    path("kit", views.kit, name="kit"),
]

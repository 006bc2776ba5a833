"""Addresses of keepsakes. The server takes larger bodies at `photo` and `voice`: see nearer/server/asgi.py."""

from django.urls import path

from nearer.keepsakes import views

app_name = "keepsakes"
urlpatterns = [
    path("b/<uuid:bond>/keepsakes", views.shelf, name="shelf"),
    path("b/<uuid:bond>/keepsakes/photo", views.photo, name="photo"),
    path("b/<uuid:bond>/keepsakes/voice", views.voice, name="voice"),
    path("b/<uuid:bond>/keepsakes/take-back", views.take_back, name="take_back"),
    path("b/<uuid:bond>/keepsakes/<uuid:keepsake>", views.file, name="file"),
]

"""Addresses of keepsakes. The server takes larger bodies at `photo` and `voice`: see nearer/server/asgi.py."""

from django.urls import path

from nearer.keepsakes import book_views, views

app_name = "keepsakes"
urlpatterns = [
    path("b/<uuid:bond>/keepsakes", book_views.shelf, name="shelf"),
    path("b/<uuid:bond>/keepsakes/find", book_views.find, name="find"),
    path("b/<uuid:bond>/keepsakes/whole", book_views.whole, name="whole"),
    path("b/<uuid:bond>/keepsakes/line", views.line, name="line"),
    path("b/<uuid:bond>/keepsakes/photo", views.photo, name="photo"),
    path("b/<uuid:bond>/keepsakes/voice", views.voice, name="voice"),
    path("b/<uuid:bond>/keepsakes/take-back", views.take_back, name="take_back"),
    path("b/<uuid:bond>/keepsakes/<uuid:keepsake>", views.file, name="file"),
]

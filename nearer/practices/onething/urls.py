"""Addresses of the room's own pages; what they are about stands on them, not in them."""

from django.urls import path

from nearer.practices.onething import views

app_name = "onething"
urlpatterns = [
    path("on", views.turn, name="turn"),
    path("alone", views.alone, name="alone"),
    path("alone/not-now", views.not_now, name="not_now"),
    path("alone/remove", views.forget, name="forget"),
]

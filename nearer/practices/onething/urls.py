"""Addresses of the room's own pages; what they are about stands on them, not in them."""

from django.urls import path

from nearer.practices.onething import views
from nearer.practices.onething.quiet import views as quiet

app_name = "onething"
urlpatterns = [
    path("on", views.turn, name="turn"),
    path("alone", quiet.alone, name="alone"),
    path("alone/not-now", quiet.not_now, name="not_now"),
    path("alone/remove", quiet.forget, name="forget"),
]

"""Addresses of the pulse; which reading is meant stands in the form."""

from django.urls import path

from nearer.pulse import views

app_name = "pulse"
urlpatterns = [
    path("b/<uuid:bond>/pulse", views.give, name="give"),
    path("pulse", views.own, name="own"),
    path("pulse/forget", views.forget, name="forget"),
]

"""Addresses of bonds and invitations."""

from django.urls import path

from nearer.bonds import views

app_name = "bonds"
urlpatterns = [
    path("invite", views.invite, name="invite"),
    path("b/<uuid:bond>/invitation", views.invitation, name="invitation"),
    path("b/<uuid:bond>/take-back", views.take_back, name="take_back"),
    path("b/<uuid:bond>/confirm", views.confirm, name="confirm"),
    path("b/<uuid:bond>/switch", views.switch, name="switch"),
    path("j/", views.join_page, name="join"),
    path("j/open", views.open_invitation, name="open"),
    path("j/join", views.join, name="do_join"),
]

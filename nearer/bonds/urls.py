"""Addresses of bonds and invitations."""

from django.urls import path, re_path

from nearer.bonds import joining, views

app_name = "bonds"
urlpatterns = [
    path("invite", views.invite, name="invite"),
    path("b/<uuid:bond>/invitation", views.invitation, name="invitation"),
    path("b/<uuid:bond>/take-back", views.take_back, name="take_back"),
    path("b/<uuid:bond>/confirm", views.confirm, name="confirm"),
    path("b/<uuid:bond>/state", views.state, name="state"),
    path("b/<uuid:bond>/first", views.first, name="first"),
    path("b/<uuid:bond>/switch", views.switch, name="switch"),
    path("j/", joining.join_page, name="join"),
    path("j/open", joining.open_invitation, name="open"),
    path("j/answer", joining.answer, name="answer"),
    path("j/join", joining.join, name="do_join"),
    re_path(r"^[jJ](?:/(?P<rest>.*))?$", joining.mangled, {"to": "bonds:join"}, name="mangled"),
]

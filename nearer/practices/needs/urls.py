"""Addresses of the room's own pages; which card, line or request is meant stands in the form."""

from django.urls import path

from nearer.practices.needs import sign_views, views

app_name = "needs"
urlpatterns = [
    path("maps", views.maps, name="maps"),
    path("take-back", views.take_back, name="take_back"),
    path("answer", views.answer, name="answer"),
    path("notes", views.understanding, name="understanding"),
    path("lines", sign_views.signs, name="signs"),
    path("lines/noticed", sign_views.noticed, name="noticed"),
    path("lines/take-back", sign_views.take_back, name="unshow"),
    path("lines/mine", sign_views.mine, name="mine"),
    path("lines/mine/change", sign_views.change, name="change"),
]

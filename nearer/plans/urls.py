"""Addresses of plans and of the parking place; which line is meant stands in the form."""

from django.urls import path

from nearer.plans import views

app_name = "plans"
urlpatterns = [
    path("b/<uuid:bond>/plans", views.propose, name="propose"),
    path("b/<uuid:bond>/plans/answer", views.answer, name="answer"),
    path("b/<uuid:bond>/parked/edit", views.edit_parked, name="edit_parked"),
    path("b/<uuid:bond>/parked/let-go", views.unpark, name="unpark"),
]

"""Addresses of before and after."""

from django.urls import path

from nearer.study import views

app_name = "study"
urlpatterns = [
    path("us/<uuid:bond>/before-and-after", views.page, name="page"),
    path("us/<uuid:bond>/before-and-after/yes", views.wish, name="wish"),
    path("us/<uuid:bond>/before-and-after/answers", views.give, name="give"),
    path("us/<uuid:bond>/before-and-after/not-now", views.let_be, name="let_be"),
    path("us/<uuid:bond>/before-and-after/table", views.table, name="table"),
]

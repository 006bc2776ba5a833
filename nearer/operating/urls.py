"""Addresses for whoever runs the copy, and for what watches it."""

from django.urls import path

from nearer.operating import views

app_name = "operating"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("operator", views.page, name="page"),
    path("operator/mail", views.try_mail, name="try_mail"),
    path("operator/notice", views.try_notice, name="try_notice"),
]

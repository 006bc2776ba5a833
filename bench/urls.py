"""The product's addresses and two bare ones."""

from django.urls import include, path

from bench import views

urlpatterns = [
    path("bench/bare", views.bare),
    path("bench/session", views.session),
    path("", include("nearer.urls")),
]

handler400 = "nearer.web.views.bad_request"
handler403 = "nearer.web.views.forbidden"
handler404 = "nearer.web.views.not_found"
handler500 = "nearer.web.views.server_error"

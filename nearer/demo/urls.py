"""The product's addresses, the page with both windows, and the way into one."""

from django.urls import include, path

from nearer.demo import views

urlpatterns = [
    path("demo", views.windows, name="windows"),
    path("demo/in", views.come_in, name="come_in"),
    path("", include("nearer.urls")),
]

handler400 = "nearer.web.views.bad_request"
handler403 = "nearer.web.views.forbidden"
handler404 = "nearer.web.views.not_found"
handler500 = "nearer.web.views.server_error"

"""Addresses of the front door."""

from django.urls import path

from nearer.accounts import again, quick_exit, views

app_name = "accounts"
urlpatterns = [
    path("signup", views.sign_up, name="sign_up"),
    path("signup/recovery", views.recovery_code, name="recovery_code"),
    path("login", views.log_in, name="login"),
    path("logout", views.log_out, name="logout"),
    path("lock", quick_exit.lock, name="lock"),
    path("recover", views.recover, name="recover"),
    path("again", again.again, name="again"),
    path("drawer/close", again.close, name="close"),
    path("still", views.still, name="still"),
]

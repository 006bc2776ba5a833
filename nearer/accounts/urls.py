"""Addresses of the front door."""

from django.urls import path

from nearer.accounts import again, views
from nearer.accounts.sessions import drafts, quick_exit
from nearer.accounts.ways_in import passkey_views

app_name = "accounts"
urlpatterns = [
    path("signup", views.sign_up, name="sign_up"),
    path("signup/recovery", views.recovery_code, name="recovery_code"),
    path("login", views.log_in, name="login"),
    path("logout", views.log_out, name="logout"),
    path("lock", quick_exit.lock, name="lock"),
    path("recover", views.recover, name="recover"),
    path("recover/both", views.lost, name="lost"),
    path("again", again.again, name="again"),
    path("passkey/ask", passkey_views.ask, name="passkey_ask"),
    path("passkey/login", passkey_views.log_in, name="passkey_login"),
    path("passkey/again", again.again_by_passkey, name="passkey_again"),
    path("drawer/close", again.close, name="close"),
    path("still", views.still, name="still"),
    path("unsent", drafts.key, name="unsent"),
]

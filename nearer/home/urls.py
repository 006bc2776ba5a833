"""Addresses of today's page, of the bond's own page and of one's settings."""

from django.urls import path, re_path

from nearer.bonds.joining import mangled
from nearer.home import (
    away_views,
    devices_views,
    event_views,
    mute_views,
    notices_views,
    passkey_views,
    return_views,
    settings_views,
    views,
)

app_name = "home"
urlpatterns = [
    path("", views.today, name="today"),
    path("us", views.us, name="us"),
    path("b/<uuid:bond>/away", away_views.away, name="away"),
    path("back", return_views.ask, name="ask_back"),
    path("r/", return_views.answer, name="answer_back"),
    re_path(r"^[rR](?:/(?P<rest>.*))?$", mangled, {"to": "home:answer_back"}, name="mangled"),
    path("b/<uuid:bond>/keep-place", return_views.keep_place, name="keep_place"),
    path("settings", settings_views.overview, name="settings"),
    path("settings/suggestions", settings_views.suggestions, name="suggestions"),
    path("settings/zone", settings_views.zone, name="zone"),
    path("settings/home-screen", settings_views.home_screen, name="home_screen"),
    path("settings/passphrase", settings_views.passphrase, name="passphrase"),
    path("settings/recovery", settings_views.recovery, name="recovery"),
    path("settings/events", event_views.events, name="events"),
    path("settings/devices", devices_views.overview, name="devices"),
    path("settings/devices/out", devices_views.sign_out, name="sign_out"),
    path("settings/passkeys", passkey_views.overview, name="passkeys"),
    path("settings/passkeys/ask", passkey_views.ask, name="ask_passkey"),
    path("settings/passkeys/remove", passkey_views.remove, name="remove_passkey"),
    path("settings/notices", notices_views.overview, name="notices"),
    path("settings/notices/push", notices_views.add_push, name="notices_push"),
    path("settings/notices/here", notices_views.here, name="notices_here"),
    path("settings/notices/mail", notices_views.mail, name="notices_mail"),
    path("settings/notices/code", notices_views.code, name="notices_code"),
    path("settings/notices/service", notices_views.service, name="notices_service"),
    path("settings/notices/remove", notices_views.remove, name="notices_remove"),
    path("settings/notices/quiet", notices_views.quiet, name="notices_quiet"),
    path("settings/notices/decline", notices_views.decline, name="notices_decline"),
    path("mute", mute_views.mute_here, name="mute_here"),
    path("mute/<str:token>", mute_views.mute, name="mute"),
    path("settings/elsewhere", devices_views.elsewhere, name="elsewhere"),
]

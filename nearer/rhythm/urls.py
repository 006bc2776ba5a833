"""Addresses of a rhythm."""

from django.urls import path

from nearer.bonds.decorators import leads_to
from nearer.rhythm import hour_views, season_views, views

app_name = "rhythm"
urlpatterns = [
    path("us/rhythm", leads_to("rhythm:page"), name="ours"),
    path("us/<uuid:bond>/rhythm", views.page, name="page"),
    path("us/<uuid:bond>/rhythm/suggest", views.suggest, name="suggest"),
    path("us/<uuid:bond>/rhythm/answer", views.answer, name="answer"),
    path("us/<uuid:bond>/rhythm/wish", views.wish, name="wish"),
    path("us/<uuid:bond>/rhythm/choose", views.choose, name="choose"),
    path("us/<uuid:bond>/rhythm/lead", views.lead, name="lead"),
    path("us/<uuid:bond>/hour", hour_views.hour, name="hour"),
    path("us/<uuid:bond>/hour/next", hour_views.plan_next, name="plan_next"),
    path("us/<uuid:bond>/week", hour_views.week, name="week"),
    path("us/<uuid:bond>/season", season_views.talk, name="talk"),
    path("us/<uuid:bond>/season/end", season_views.end, name="end"),
    path("us/<uuid:bond>/season/take-back", season_views.unsay, name="unsay"),
]

"""Addresses of calendars. What takes in a calendar has a lane of its own: see nearer/server/asgi.py."""

from django.urls import path

from nearer.calendars import views

app_name = "calendars"
urlpatterns = [
    path("times", views.times, name="times"),
    path("times/file", views.file, name="file"),
    path("times/address", views.address, name="address"),
    path("times/again", views.again, name="again"),
    path("times/fresh", views.fresh, name="fresh"),
    path("times/forget", views.forget, name="forget"),
    path("times/halves", views.halves, name="halves"),
    path("times/days", views.days, name="days"),
    path("times/feed", views.feed, name="feed"),
    path("times/<str:token>.ics", views.feed_file, name="feed_file"),
    path("b/<uuid:bond>/times/<uuid:entry>", views.entry, name="entry"),
]

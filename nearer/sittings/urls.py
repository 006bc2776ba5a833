"""Addresses of the practices and their sittings."""

from django.urls import path

from nearer.sittings import looking_back, parked, rehearsal_views, reminding, views, way_out

app_name = "sittings"
urlpatterns = [
    path("practise", views.rooms, name="rooms"),
    path("practise/<slug:slug>", views.room, name="room"),
    path("practise/<slug:slug>/partner", rehearsal_views.partner, name="partner"),
    path("practise/<slug:slug>/start", views.start, name="start"),
    path("s/<uuid:ref>", views.sitting, name="sitting"),
    path("together", way_out.take_back, name="together"),
    path("s/<uuid:ref>/remind", reminding.remind, name="remind"),
    path("s/<uuid:ref>/reminder.ics", reminding.calendar, name="calendar"),
    path("s/<uuid:ref>/words", looking_back.words, name="words"),
    path("s/<uuid:ref>/park", parked.park, name="park"),
]

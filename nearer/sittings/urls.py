"""Addresses of the practices and their sittings."""

from django.urls import path

from nearer.sittings import views
from nearer.sittings.letters import reminding
from nearer.sittings.one_phone import way_out
from nearer.sittings.page import parked
from nearer.sittings.partner import views as rehearsal_views
from nearer.sittings.taking_back import looking_back

app_name = "sittings"
urlpatterns = [
    path("practise", views.rooms, name="rooms"),
    path("practise/<slug:slug>", views.room, name="room"),
    path("us/kept", views.kept, name="kept"),
    path("practise/<slug:slug>/partner", rehearsal_views.partner, name="partner"),
    path("practise/<slug:slug>/start", views.start, name="start"),
    path("s/<uuid:ref>", views.sitting, name="sitting"),
    path("together", way_out.take_back, name="together"),
    path("together/passkey", way_out.take_back_by_passkey, name="together_by_passkey"),
    path("s/<uuid:ref>/remind", reminding.remind, name="remind"),
    path("s/<uuid:ref>/reminder.ics", reminding.calendar, name="calendar"),
    path("s/<uuid:ref>/words", looking_back.words, name="words"),
    path("s/<uuid:ref>/park", parked.park, name="park"),
]

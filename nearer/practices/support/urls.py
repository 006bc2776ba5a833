"""Addresses of the room's own pages; which of what lies there is meant stands in the form."""

from django.urls import path

from nearer.practices.support import alone
from nearer.practices.support.ask import views as ask
from nearer.practices.support.known import views as known
from nearer.practices.support.sky import views as sky

app_name = "support"
urlpatterns = [
    path("ask", ask.ask, name="ask"),
    path("ask/answer", ask.answer, name="answer"),
    path("ask/back", ask.take_back, name="take_back"),
    path("ask/quiet", ask.mute, name="mute"),
    path("sky", sky.sky, name="sky"),
    path("sky/back", sky.hide, name="hide_sky"),
    path("sky/rhythm", sky.rhythm, name="rhythm"),
    path("sky/own", sky.own, name="own_sky"),
    path("touch", known.touch, name="touch"),
    path("touch/show", known.show_touch, name="show_touch"),
    path("helps", known.helps, name="helps"),
    path("alone", alone.alone, name="alone"),
]

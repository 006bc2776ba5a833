"""Addresses of the room's own pages; which of what lies there is meant stands in the form."""

from django.urls import path

from nearer.practices.ourtime import films, talk
from nearer.practices.ourtime.dates import views as dates
from nearer.practices.ourtime.wishes import views as wishes

app_name = "ourtime"
urlpatterns = [
    path("both", wishes.home, name="home"),
    path("cards", wishes.cards, name="wishes"),
    path("mine", wishes.mine, name="mine"),
    path("date", dates.offer, name="offer"),
    path("date/look", dates.look, name="look"),
    path("date/answer", dates.answer, name="answer"),
    path("date/after", dates.after, name="after"),
    path("talk", talk.talk, name="talk"),
    path("films", films.films, name="films"),
]

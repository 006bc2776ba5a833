"""Addresses of the room's own pages; which of what lies there is meant stands in the form."""

from django.urls import path

from nearer.practices.closer import views
from nearer.practices.closer.hopes import views as hopes
from nearer.practices.closer.promises import views as promises
from nearer.practices.closer.told import views as told
from nearer.practices.closer.trust import views as trust

app_name = "closer"
urlpatterns = [
    path("said", views.own, name="own"),
    path("said/forget", views.forget, name="forget"),
    path("third", views.third, name="third"),
    path("notes", told.notes, name="notes"),
    path("notes/mine", hopes.mine, name="drawer"),
    path("notes/mine/change", hopes.change, name="drawer_change"),
    path("notes/mine/bring", hopes.bring, name="bring"),
    path("ahead", told.ahead, name="ahead"),
    path("again", told.again, name="again"),
    path("answer", told.answer, name="answer"),
    path("take-back", told.take_back, name="take_back"),
    path("words", promises.words, name="words"),
    path("words/mark", promises.mark, name="mark"),
    path("words/not-kept", promises.own, name="not_kept"),
    path("words/alone", promises.notes, name="words_alone"),
    path("year", trust.year, name="year"),
    path("year/remove", trust.forget, name="year_remove"),
    path("year/not-now", trust.not_now, name="year_not_now"),
]

"""Addresses of the library."""

from django.urls import path

from nearer.library import desk_views, feeds, member_views, views

app_name = "library"
urlpatterns = [
    path("library/", views.index, name="index"),
    path("library/search", views.find, name="search"),
    path("library/feed", feeds.feed, name="feed"),
    path("library/bookmarks", member_views.marks, name="bookmarks"),
    path("library/voice", member_views.voice, name="voice"),
    path("library/category/<slug:slug>", views.category, name="category"),
    path("library/author/<slug:slug>", views.author, name="author"),
    path("library/practice/<slug:slug>", views.practice, name="practice"),
    path("library/picture/<slug:slug>.svg", views.picture, name="picture"),
    path("library/comments/<uuid:comment>/report", member_views.report, name="report"),
    path("library/comments/<uuid:comment>/delete", member_views.take_away, name="take_away"),
    path("library/desk/", desk_views.overview, name="desk"),
    path("library/desk/byline", desk_views.byline, name="byline"),
    path("library/desk/new", desk_views.begin, name="begin"),
    path("library/desk/comments", desk_views.look_at_comments, name="look_at_comments"),
    path("library/desk/<uuid:draft>", desk_views.look, name="draft"),
    path("library/desk/<uuid:draft>/write", desk_views.write, name="write"),
    path("library/desk/<uuid:draft>/step", desk_views.step, name="step"),
    path("library/desk/<uuid:draft>/<int:number>", desk_views.version, name="version"),
    path("library/<slug:slug>", views.article, name="article"),
    path("library/<slug:slug>/bookmark", member_views.mark, name="mark"),
    path("library/<slug:slug>/comment", member_views.comment, name="comment"),
]

"""Addresses of leaving, kept copies, taking one's words along, and erasing an account."""

from django.urls import path

from nearer.leaving import copy_views, delete_views, export_views, leave_views

app_name = "leaving"
urlpatterns = [
    path("spaces", leave_views.spaces, name="spaces"),
    path("b/<uuid:bond>/space", leave_views.leave_now, name="leave"),
    path("b/<uuid:bond>/keep", copy_views.keep, name="keep"),
    path("kept", copy_views.kept, name="kept"),
    path("kept/now", copy_views.kept_now, name="kept_now"),
    path("settings/copy", export_views.copy, name="copy"),
    path("settings/account", delete_views.delete, name="delete"),
    path("settings/spaces", leave_views.left, name="left"),
]

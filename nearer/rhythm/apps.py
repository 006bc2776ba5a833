"""A rhythm to live with."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RhythmConfig(AppConfig):
    """Names the app, and what articles lead to in it."""

    name = "nearer.rhythm"
    label = "rhythm"
    leads = {"our-hour": (_("A rhythm for you two"), "rhythm:ours")}

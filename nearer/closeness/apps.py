"""What grows between two people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosenessConfig(AppConfig):
    """Names the app, and what articles lead to in it."""

    name = "nearer.closeness"
    label = "closeness"
    leads = {"check-up": (_("Check-up"), "closeness:ours")}

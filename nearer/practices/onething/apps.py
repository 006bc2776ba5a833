"""What the room says about itself."""

from django.utils.translation import gettext_lazy as _

from nearer.sittings import practice


class OneThingConfig(practice.PracticeConfig):
    """One Thing."""

    name = "nearer.practices.onething"
    label = "onething"
    title = _("One Thing")
    summary = _("One thing that stands between you. Both are understood first; then you look for a way.")
    tip = 6
    glyph = "repair"
    minutes = 45
    style = "onething/onething.css"
    address = "one-thing"
    parks = True
    gated = True

"""Practice partners for rooms that bring none of their own."""

from django.utils.translation import gettext_lazy as _

from nearer.protocol.partner import Persona

PERSONAS = (
    Persona(name="Robin", manner=_("says little, and takes time.")),
    Persona(name="Kim", manner=_("says things in order, one after the other.")),
    Persona(name="Sasha", manner=_("thinks aloud.")),
    Persona(name="Remy", manner=_("is warm and says things directly.")),
)

PLAIN = (
    _("Something small from this week."),
    _("A walk in the evening, without a phone."),
    _("I would like to hear more about it."),
    _("That somebody asks me how it was."),
    _("Tea in the kitchen, before everybody is up."),
)
"""Sentences that fit most questions, for moves that have no line of their own."""

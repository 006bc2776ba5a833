"""The parts' own forms are enough."""

from nearer.parts.forms import forms_of

from .protocol import Harbour

FORMS = forms_of(Harbour.moves)

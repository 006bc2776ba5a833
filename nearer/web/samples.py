"""Made-up contents for the kit page: one form in each state, two people who do not exist."""

from typing import Any

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from nearer.web.pictures import glyph_names, icon_names

INKS = [
    ("lagoon", _("Lagoon")),
    ("marigold", _("Marigold")),
    ("clay", _("Clay")),
    ("fig", _("Fig")),
    ("sky", _("Sky")),
    ("moss", _("Moss")),
]
CHECKS = [("yes", _("Yes, that is it")), ("nearly", _("Nearly")), ("no", _("Not quite"))]
INVITE_LINK = "https://nearer.example/j/#TIDE-LAMP-7Q"
KINDS = [("partners", _("Partner")), ("friends", _("Friend")), ("family", _("Family"))]


class SampleForm(forms.Form):
    """Every kind of field a page uses."""

    username = forms.CharField(
        label=_("Username"), help_text=_("Letters and numbers. Nobody can look it up.")
    )
    passphrase = forms.CharField(label=_("Passphrase"), widget=forms.PasswordInput({"autocomplete": "off"}))
    words = forms.CharField(
        label=_("Say it in your own words"),
        max_length=400,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        required=False,
    )
    kind = forms.ChoiceField(label=_("They are my"), choices=KINDS)
    answer = forms.ChoiceField(label=_("Is that it?"), choices=CHECKS, widget=forms.RadioSelect())
    heat = forms.TypedChoiceField(
        label=_("How warm is this topic for you?"),
        help_text=_("Only you see your number."),
        choices=[(n, str(n)) for n in range(11)],
        widget=forms.RadioSelect(),
    )
    ink = forms.ChoiceField(label=_("Your colour"), choices=INKS, widget=forms.RadioSelect())
    aloud = forms.BooleanField(label=_("I said it aloud"), required=False)


def kit_context() -> dict[str, Any]:
    """Return the context of the kit page: forms that are empty, filled and refused, names, pictures."""
    import segno

    filled = {"username": "sam", "words": "You looked tired.", "answer": "nearly", "heat": "3", "ink": "sky"}
    refused = SampleForm({"username": "", "answer": "", "passphrase": ""}, auto_id="bad_%s")
    refused.add_error(None, _("We could not log you in with that. Try again, or use your recovery code."))
    return {
        "form": SampleForm(initial=filled, auto_id="ok_%s"),
        "refused": refused,
        "inks": INKS,
        "icons": icon_names(),
        "glyphs": glyph_names(),
        "levels": range(1, 8),
        "steps": [_("Speak"), _("Say back"), _("Check"), _("Next")],
        "code": "7QF2-KD9M-3XTA-V8RN-5HYC-PW2E-JM",
        "invite_link": INVITE_LINK,
        "qr": mark_safe(segno.make(INVITE_LINK).svg_inline(omitsize=True, dark="#0a1412", lineclass=None)),  # noqa: S308
        "look": {"me": "lagoon", "you": "marigold", "theme": ""},
    }

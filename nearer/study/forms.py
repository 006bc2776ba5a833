"""How a look is answered: a picture, and the questionnaire for those whom it fits."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from nearer.closeness.checkup.forms import ItemsForm
from nearer.closeness.picture.forms import PictureForm


class LookForm(ItemsForm, PictureForm):
    """One of the seven pictures, and a questionnaire, if there is one."""

    first: ClassVar[str] = "picture"

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self.fields["picture"].label = _("Which picture fits the two of you these days?")

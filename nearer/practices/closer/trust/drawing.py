"""The three answers over time as drawings, between the same two words by which they are given."""

from __future__ import annotations

from nearer.practices.closer.templatetags.tellings import fits
from nearer.practices.closer.trust import readings
from nearer.practices.closer.trust.forms import labels
from nearer.practices.closer.trust.readings import Felt
from nearer.pulse.growth import Growth, growth
from nearer.pulse.readings import LEAST, MOST
from nearer.records.keeping import Kept


def drawings(found: list[Kept[Felt]], name: str) -> list[Growth]:
    """Return a drawing for each of the three sentences about somebody of this name that was answered."""
    ends = fits(MOST), fits(LEAST)
    drawn = [growth(label, readings.points_of(found, item), ends) for item, label in labels(name).items()]
    return [each for each in drawn if each.dots]

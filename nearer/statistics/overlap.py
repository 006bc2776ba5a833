"""The seven pictures of two circles, from apart to almost one.

Our own drawing of the Inclusion of Other in the Self scale: Aron, A., Aron, E. N., & Smollan, D. (1992). Inclusion of Other in
the Self Scale and the structure of interpersonal closeness. Journal of Personality and Social Psychology, 63(4), 596-612.
"""

from __future__ import annotations

APART, ALMOST_ONE = 1, 7

CIRCLES = (
    (1.0, 2.0), (1.0685, 1.3603), (1.1328, 1.0304), (1.1937, 0.7702), (1.2517, 0.5482), (1.307, 0.3516), (1.3601, 0.1733),
)  # fmt: skip
"""Radius and distance of the two circles, picture by picture. Both together always cover the same area, and what they share
grows by the same with each picture, from nothing to 85 % of what one covers in the first."""

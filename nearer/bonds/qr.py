"""Draws a link as a QR code, on the server and without inline style."""

from __future__ import annotations

from django.utils.safestring import SafeString


def qr_svg(link: str) -> SafeString:
    """Return an SVG picture of a link.

    Args:
        link: the whole address; it is encoded as squares, so none of it reaches the markup.
    """
    import segno  # only where somebody invites: it takes its time to load

    code = segno.make(link, error="m", micro=False)
    return SafeString(code.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=1))

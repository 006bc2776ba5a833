"""The product's application, met by the two of the demo at a port each."""

from __future__ import annotations

from django.conf import settings

from nearer.demo.sides import Sides
from nearer.server.asgi import application as product

application = Sides(product, settings.CONFIG.bind)

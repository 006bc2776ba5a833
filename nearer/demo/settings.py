"""The product's settings, but for what the demo alone may do: stand in a frame, of its own page and of nobody else's."""

from nearer.config import LOCAL_HOSTS
from nearer.settings import *  # noqa: F403 -- everything but these few lines is the product's own.
from nearer.settings import CONFIG, INSTALLED_APPS, MIDDLEWARE, SECURE_CSP

INSTALLED_APPS = [*INSTALLED_APPS, "nearer.demo"]
MIDDLEWARE = ["nearer.demo.middleware.Framed", *MIDDLEWARE]
ROOT_URLCONF = "nearer.demo.urls"
SECURE_CSP = {
    **SECURE_CSP,
    "frame-ancestors": [
        CONFIG.url,
        *(f"http://{host}:{CONFIG.bind.rpartition(':')[2]}" for host in LOCAL_HOSTS if "[" not in host),
    ],
}

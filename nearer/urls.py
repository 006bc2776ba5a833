"""Every address. A room brings its own pages only if it has some."""

from importlib.util import find_spec

from django.urls import include, path

from nearer.sittings.practice import practices

urlpatterns = [
    path("", include("nearer.accounts.urls")),
    path("", include("nearer.bonds.urls")),
    path("", include("nearer.plans.urls")),
    path("", include("nearer.pulse.urls")),
    path("", include("nearer.calendars.urls")),
    path("", include("nearer.keepsakes.urls")),
    path("", include("nearer.sittings.urls")),
    path("", include("nearer.home.urls")),
    path("", include("nearer.closeness.urls")),
    path("", include("nearer.study.urls")),
    path("", include("nearer.rhythm.urls")),
    path("", include("nearer.leaving.urls")),
    path("", include("nearer.operating.urls")),
    path("", include("nearer.firstrun.urls")),
    path("", include("nearer.library.urls")),
    path("", include("nearer.web.urls")),
    *[path(f"{r.where}/", include(f"{r.name}.urls")) for r in practices() if find_spec(f"{r.name}.urls")],
]

handler400 = "nearer.web.views.bad_request"
handler403 = "nearer.web.views.forbidden"
handler404 = "nearer.web.views.not_found"
handler500 = "nearer.web.views.server_error"

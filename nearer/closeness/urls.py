"""Addresses of what grows between two people."""

from django.urls import path

from nearer.bonds.decorators import leads_to
from nearer.closeness.checkup import views as checkup
from nearer.closeness.picture import views as picture
from nearer.closeness.thanks import views as thanks

app_name = "closeness"
urlpatterns = [
    path("us/check-up", leads_to("closeness:checkup"), name="ours"),
    path("us/<uuid:bond>/closeness", picture.page, name="page"),
    path("us/<uuid:bond>/closeness/pick", picture.pick, name="pick"),
    path("us/<uuid:bond>/closeness/take-back", picture.take_back, name="take_back"),
    path("us/<uuid:bond>/closeness/curve", picture.wish, name="wish"),
    path("us/<uuid:bond>/closeness/not-now", picture.let_be, name="let_be"),
    path("us/<uuid:bond>/closeness/mark", picture.mark, name="mark"),
    path("us/<uuid:bond>/closeness/unmark", picture.unmark, name="unmark"),
    path("us/<uuid:bond>/check-up", checkup.page, name="checkup"),
    path("us/<uuid:bond>/check-up/remove", checkup.forget, name="checkup_forget"),
    path("us/<uuid:bond>/check-up/not-now", checkup.let_be, name="checkup_let_be"),
    path("us/<uuid:bond>/thanks", thanks.page, name="thanks"),
    path("us/<uuid:bond>/thanks/give", thanks.give, name="give"),
    path("us/<uuid:bond>/thanks/take-back", thanks.take_back, name="thanks_back"),
]

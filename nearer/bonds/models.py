"""A bond is two people; the database itself refuses a third."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models

from nearer.protocol import Seat


class Bond(models.Model):
    """Two people who practise together. What kind of pair they are is sealed in the host's card."""

    class State(models.TextChoices):
        """How far the bond has come."""

        WAITING = "waiting"  # an invitation is out
        JOINED = "joined"  # somebody joined; the host has not yet said that it is who they meant
        OPEN = "open"
        CLOSED = "closed"  # one of them left

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    key_version = models.PositiveIntegerField(default=1)
    key_made_on = models.DateField(default=date.today)
    roster = models.BinaryField()  # whose public keys the bond's key may be sealed to
    made_on = models.DateField(default=date.today)
    closed_on = models.DateField(null=True)


class Member(models.Model):
    """One of the two places in a bond, and the bond's key sealed to whoever sits there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bond = models.ForeignKey(Bond, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    seat = models.CharField(max_length=5, choices=[(seat.value, seat.value) for seat in Seat])
    sealed_key = models.BinaryField()
    way = models.BinaryField(default=b"")  # the public key of their way back, while this member has left
    card = models.BinaryField()  # sealed with the bond's key: the name and ink the other sees
    has_left = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bond", "seat"], name="one_person_a_seat"),
            models.UniqueConstraint(fields=["bond", "user"], name="nobody_bonds_with_themselves"),
            models.CheckConstraint(condition=models.Q(seat__in=list(Seat)), name="two_seats"),
        ]


class Invitation(models.Model):
    """An open invitation. Its secret is in the link, never here; the first bond key is wrapped under it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bond = models.OneToOneField(Bond, models.CASCADE, related_name="invitation")
    selector = models.BinaryField(unique=True)
    wrap = models.BinaryField()
    code_selector = models.BinaryField(unique=True)
    code_wrap = models.BinaryField()
    kept = models.BinaryField()  # link secret and short code, sealed for the inviter to see again
    expires_at = models.DateTimeField()


class FirstQuestion(models.Model):
    """The one question an invitation carried, with what either has answered: locked by both stores."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bond = models.OneToOneField(Bond, models.CASCADE, related_name="first")
    is_open = models.BooleanField(default=False)  # for those who erase without a key: what is not open goes
    sealed = models.BinaryField()


class Return(models.Model):
    """Somebody who has lost every way in asks, from a new account, for the place they had.

    First a link that is out, like an invitation's; then, once the other member has said yes, a day to wait for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asking")
    selector = models.BinaryField(unique=True)
    card = models.BinaryField()  # locked with the link's secret: who asks, and the public key they have now
    code_selector = models.BinaryField(unique=True)
    code_wrap = models.BinaryField()
    kept = models.BinaryField()  # link secret and short code, sealed for whoever asks to see again
    expires_at = models.DateTimeField()
    bond = models.OneToOneField(Bond, models.CASCADE, null=True, related_name="returning")
    yes_at = models.DateTimeField(null=True)
    vouched = models.BinaryField(default=b"")  # sealed with the bond's key: whom the other member said yes to

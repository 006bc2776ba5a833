"""A study's box: opened by whoever runs the study, filled and emptied by the two who give."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.statistics.dyads import LEAST_PAIRS
from nearer.study.models import Contribution, Study
from nearer.study.rules import Row, Wave
from nearer.vault import damage, store
from nearer.vault.errors import refusing
from nearer.vault.keys import public_key_of
from nearer.vault.studies import new_study_key, open_for_study, seal_for_study

ROW = "study"


class OneAtATime(Exception):
    """There is a study already: one at a time, and the next once the last is erased."""


def open_study(*, title: str, by: str, contact: str) -> bytes:
    """Open a study.

    Args:
        title: what it is called.
        by: who runs it.
        contact: how to reach them.

    Returns:
        Its private key, which is kept nowhere here.

    Raises:
        OneAtATime: there is one.
    """
    if there() is not None:
        raise OneAtATime
    private, public = new_study_key()
    Study.objects.create(title=title, by=by, contact=contact, public=public, opened_on=timezone.now().date())
    return private


def there() -> Study | None:
    """Return the study there is, open or closed; None for none."""
    return Study.objects.first()


def has_company() -> bool:
    """Whether there are as many bonds here as a study needs pairs: among fewer, nobody is offered to give anything."""
    return Bond.objects.filter(state=Bond.State.OPEN).count() >= LEAST_PAIRS


def close_study() -> bool:
    """Take nothing more. What is there stays until it is taken back or erased.

    Returns:
        Whether one was open.
    """
    return bool(Study.objects.filter(closed_on=None).update(closed_on=timezone.now().date()))


def erase_study() -> int:
    """Erase the study with all that was given to it, its keys first.

    Returns:
        How many pairs had given something.
    """
    pairs = list(Contribution.objects.values_list("pair", flat=True).distinct())
    store.erase(pairs)
    Study.objects.all().delete()
    return len(pairs)


def is_key_of(study: Study, private: bytes) -> bool:
    """Say whether a private key belongs to a study."""
    return public_key_of(private) == bytes(study.public)


def put(study: Study, pair: UUID, row: Row) -> UUID:
    """Seal a row into a study's box, inside a transaction.

    Returns:
        The id under which it lies there.
    """
    made = Contribution(pk=uuid4(), study=study, pair=pair)
    document = {
        "person": row.person, "wave": int(row.wave), "picture": row.picture, "form": row.form,
        "version": row.version, "answers": list(row.answers),
    }  # fmt: skip
    secret = store.secret_for(pair)
    made.sealed = seal_for_study(bytes(study.public), secret, document, study=study.pk, row=made.pk)
    made.save()
    # On which day this was made would lead to the two who did something on that day.
    transaction.on_commit(partial(store.dated, pair, study.opened_on))
    return made.pk


def take_out(ref: UUID) -> None:
    """Take one row out of its box."""
    Contribution.objects.filter(pk=ref).delete()


def is_there(ref: UUID) -> bool:
    """Say whether a row lies in a box."""
    return Contribution.objects.filter(pk=ref).exists()


def erase(pairs: Collection[UUID]) -> None:
    """Take all that some pairs gave out of the boxes, and erase what opens it once that is stored."""
    Contribution.objects.filter(pair__in=pairs).delete()
    transaction.on_commit(partial(store.erase, list(pairs)))


def rows_of(study: Study, private: bytes) -> list[Row]:
    """Return the rows of a study that open with its private key; what does not open is passed over, and noted."""
    found = list(Contribution.objects.filter(study=study))
    secrets = store.secrets_of({each.pair for each in found})
    opened = (
        damage.opened(ROW, each.pk, partial(_open, each, private, secrets.get(each.pair, b"")))
        for each in found
    )
    return [row for row in opened if row]


def name_of(pair: UUID) -> str:
    """Return what two people are called in a study's table."""
    return f"P{pair.hex[:10].upper()}"


@refusing(KeyError, TypeError, ValueError)
def _open(row: Contribution, private: bytes, secret: bytes) -> Row:
    said = open_for_study(private, secret, row.sealed, study=row.study_id, row=row.pk)
    return Row(
        pair=name_of(row.pair), person=int(said["person"]), wave=Wave(said["wave"]), picture=int(said["picture"]),
        form=str(said["form"]), version=int(said["version"]), answers=tuple(said["answers"]),
    )  # fmt: skip

"""The one way the vault says no: without a reason, so that no words and no key can travel inside an error."""

from collections.abc import Callable
from functools import wraps


class VaultError(Exception):
    """Something was not sealed, opened, wrapped or read.

    It takes no arguments: there is no place to put content, and whoever tries a wrong key learns nothing
    about what was wrong with it.
    """

    def __init__(self) -> None:
        """Make the error; it never holds anything."""
        super().__init__()

    def __str__(self) -> str:
        """Return the same sentence for every cause."""
        return "The vault did not open."


class SecretGone(VaultError):
    """What was asked for needs a secret that is not in the key store, or no longer: it was erased."""


class KeyRenewed(Exception):
    """A bond or a person has another key by now: look again, and do the same with what is there."""


def refusing[**P, T](*expected: type[Exception]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function raise `VaultError` where it would raise one of the expected errors.

    The new error is raised after the old one is forgotten, not "from None": a decoding error carries the
    whole text it failed on, and `__context__` would keep it alive for a log to find.

    Args:
        expected: the errors that mean "refused" in this function.

    Returns:
        A decorator that keeps the function's signature.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(*args, **kwargs)
            except expected:
                pass
            raise VaultError

        return run

    return decorate

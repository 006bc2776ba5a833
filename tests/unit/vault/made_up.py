"""What the vault's tests share: made-up keys and places, and one fixed way of looking for counterexamples."""

from typing import Any, TypedDict
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from nearer.testing.examples import examples
from nearer.vault.envelope import Scope, open_record, seal

# The same examples every time: a red run is a fact about the code, never about luck.
STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=examples(150))

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
BOND = UUID("b0b0b0b0-0000-4000-8000-000000000001")
ROW = UUID("c0c0c0c0-0000-4000-8000-000000000002")
NOOR = UUID("a0a0a0a0-0000-4000-8000-000000000003")
SAM = UUID("a0a0a0a0-0000-4000-8000-000000000004")
CANARY = "only for you two: 7f3a"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
documents = st.dictionaries(st.text(), json_values, max_size=6)
keys = st.binary(min_size=32, max_size=32)
numbers = st.integers(0, 2**32 - 1)


class Place(TypedDict):
    """Where a record belongs: everything that must match for it to open."""

    scope: Scope
    scope_id: UUID
    kind: str
    row: UUID
    author: UUID
    schema: int


def place(**changed: Any) -> Place:  # Any: tests put wrong things into places on purpose.
    base = Place(scope=Scope.BOND, scope_id=BOND, kind="entry", row=ROW, author=NOOR, schema=1)
    return Place(**{**base, **changed})  # type: ignore[typeddict-item]  # the same keys, by construction


def sealed(document: dict[str, Any] | None = None, *, key: bytes = KEY, key_version: int = 7) -> bytes:
    """Seal a small document to the usual place."""
    return seal(key, key_version=key_version, document=document or {"words": CANARY}, **place())


def opened(blob: bytes, *, key: bytes = KEY, **changed: Any) -> dict[str, Any]:  # Any: as in `place`.
    """Open a record in the usual place, or in one that differs."""
    return open_record(key, blob, **place(**changed))


def flipped(blob: bytes, bit: int) -> bytes:
    """Turn one bit over."""
    return blob[: bit // 8] + bytes([blob[bit // 8] ^ 1 << bit % 8]) + blob[bit // 8 + 1 :]

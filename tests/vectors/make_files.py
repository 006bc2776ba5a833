"""Make the frozen examples of sealed files, once: `python -m tests.vectors.make_files` from the root.

Each content is what its recipe says, so that the file stays small: some bytes, repeated up to a length.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from nearer.vault.keys import file_key
from nearer.vault.streams import seal_file
from tests.vectors.make import fixed, person

TARGET = Path(__file__).with_name("files-v1.json")
# Nothing, both edges of the smallest bucket, both edges of one chunk.
LENGTHS = [0, 252, 253, 65_532, 65_533]


def content(repeated: bytes, length: int) -> bytes:
    """Return the content a recipe stands for."""
    return (repeated * (length // len(repeated) + 1))[:length]


def sealed(length: int) -> dict[str, Any]:
    """Seal one file; libsodium draws its own start, so these were made once and only open."""
    inner, secret, file = fixed(f"inner {length}"), fixed(f"file secret {length}"), person(f"file {length}")
    repeated = fixed(f"content {length}", 7)
    whole, key = content(repeated, length), file_key(inner, secret)
    blob = seal_file(key, whole, file=file)
    return {
        "inner": inner.hex(), "secret": secret.hex(), "key": key.hex(), "file": str(file),
        "repeated": repeated.hex(), "length": length, "sha256": hashlib.sha256(whole).hexdigest(),
        "sealed_length": len(blob), "sealed": base64.b64encode(blob).decode(),
    }  # fmt: skip


def main() -> None:
    """Write the file if there is none."""
    if TARGET.exists():
        sys.exit(f"{TARGET.name} is frozen and was not touched.")
    made = {"format": "nearer vault v1, files", "files": [sealed(length) for length in LENGTHS]}
    TARGET.write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Static files under names that change with their content, inside script modules too."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Comments and indentation are for us; leaving them out never changes what a style means.
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes names, rewrites imports between script modules, trims styles, and keeps compressed copies."""

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: File[Any]) -> str:
        if name.endswith(".css"):
            content.seek(0)
            content = ContentFile(INDENT.sub("\n", COMMENT.sub("", content.read().decode())).encode())
        saved: str = super()._save(name, content)
        return saved

"""Static files under names that change with their content, inside script modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes names, rewrites imports between script modules, and keeps compressed copies."""

    support_js_module_import_aggregation = True

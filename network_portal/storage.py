"""Static files with the hash of their content in the name; ours are compressed beside it."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

#: What a visitor's pages load. The admin's 130 files are hashed only: compressing them took
#: seconds at every set-up and saves a few kilobytes to one person.
OURS = ("css/", "js/", "img/", "fonts/", "django_htmx/htmx-2.min.")


class PortalStaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage that compresses our files only and can do without a manifest.

    Before `build_assets` has run (tests, a bare `manage.py`) there is no manifest, and files
    keep the plain names under which the finders serve them.
    """

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from super().compress_files([path for path in paths if path.startswith(OURS)])

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name

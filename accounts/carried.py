"""What was typed into a form whose session ended (decision 8).

The fields travel through the sign-in page in one signed hidden value, so nothing is stored for
strangers and nobody can slip another form under the person who signs in.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

FIELD = "carried"
SALT = "accounts.carried"
LIFETIME_SECONDS = 24 * 3600
#: Longest text that is carried; forms of the portal are far shorter.
LONGEST = 300_000
CSRF_FIELD = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class CarriedForm:
    """A POST that waits for its person. `path` is local: it was resolved by our own URLs."""

    path: str
    fields: list[tuple[str, str]]
    lost_files: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "CarriedForm | None":
        """Fields of a POST; None when it must not travel: a password, or more than fits."""
        names = [name for name in request.POST if name != CSRF_FIELD]
        if any("password" in name.lower() for name in names):
            return None
        fields = [(name, value) for name in names for value in request.POST.getlist(name)]
        if sum(len(name) + len(value) for name, value in fields) > LONGEST:
            return None
        return cls(request.get_full_path(), fields, bool(request.FILES))

    @classmethod
    def unpack(cls, packed: str) -> "CarriedForm | None":
        """What `pack` made; None for a forged, spoiled or old value."""
        try:
            found = signing.loads(packed, salt=SALT, max_age=LIFETIME_SECONDS)
        except signing.BadSignature:
            return None
        path, fields, lost_files = found
        return cls(path, [(name, value) for name, value in fields], lost_files)

    def pack(self) -> str:
        parts = [self.path, self.fields, self.lost_files]
        return signing.dumps(parts, salt=SALT, compress=True)

"""The access matrix: who may GET and POST what, with the expected status.

One row per URL name; `tests/test_access_matrix.py` fails when a URL has no row. Addresses are
made by `tests/urls_walk.py` for objects of the cast's own municipality; a POST is sent empty.
The columns are the people of `tests/cast.py` and `anonymous`:

200 – the page (or a form that says what is missing), 302 – done, or the way to the sign-in page,
401 – sign in first, 403 – seen but not allowed, 404 – not visible, 405 – only the other method,
409 – the thing has moved on meanwhile, 422 – a field is missing. `manage.py access_doc` writes
the matrix into `docs/access.md` in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: People of the pair СОШ №9 – СОШ №5, of whom the objects of the walk tell.
PAIR = ("director", "lead_director", "coordinator", "curator")
#: Everybody who works in a school of the municipality.
SCHOOLS = (*PAIR, "lonely_director")
COMMITTEE = ("chair", "methodist")
#: Works in «Чужой» as a methodist.
STRANGER = "stranger"
PEOPLE = (*COMMITTEE, *SCHOOLS, "administrator", STRANGER)

TO_SIGN_IN = 302
SIGN_IN_FIRST = 401

GROUPS = {"pair": PAIR, "schools": SCHOOLS, "committee": COMMITTEE}

Column = Mapping[str, int]


def each(status: int, **others: int) -> dict[str, int]:
    """`status` for all who are signed in but `others`: a person or a group of `GROUPS`.

    A later keyword wins over an earlier one. `anonymous` is named where a page is public.
    """
    column = dict.fromkeys(PEOPLE, status)
    for name, other in others.items():
        column |= dict.fromkeys(GROUPS.get(name, (name,)), other)
    return column


@dataclass(frozen=True)
class Access:
    """Expected statuses of one URL by person."""

    get: Column
    post: Column = field(default_factory=lambda: each(405))
    #: Whether a POST does something; a page that only shows may not look at the method.
    writes: bool = False

    def expected(self, method: str, who: str) -> int:
        column = self.get if method == "get" else self.post
        stranger_to_all = TO_SIGN_IN if method == "get" else SIGN_IN_FIRST
        return column.get(who, stranger_to_all)


def same(column: Column) -> Access:
    """A form: both methods answer alike."""
    return Access(column, column, writes=True)


def page(column: Column) -> Access:
    """A page that only shows; our views of this kind do not look at the method."""
    return Access(column, column)


def button(column: Column) -> Access:
    """Only POST does something."""
    return Access(each(405), column, writes=True)


#: Sees the network of the municipality; the administrator sees no working data.
NETWORK = each(200, administrator=403)
#: Objects of the own municipality that everybody of it sees.
MUNICIPALITY = each(200, administrator=404, stranger=404)
#: An object of the pair: its schools and the committee.
MEMBERS = each(404, committee=200, pair=200)
DOCUMENTS = each(403, committee=200, stranger=200)
#: The methodist's own desk.
METHODIST = each(403, methodist=200, stranger=200)
PUBLIC = each(200, anonymous=200)

MATRIX: dict[str, Access] = {
    # The portal itself
    "home": page(each(200)),
    "gallery": page(each(403, administrator=200)),
    "healthz": Access(PUBLIC, each(405, anonymous=405)),
    "readyz": Access(each(503, anonymous=503), each(405, anonymous=405)),
    # Signing in and the person's own pages
    "accounts:sign-in": Access(each(302, anonymous=200), each(200, anonymous=200), writes=True),
    "accounts:sign-out": Access(each(405, anonymous=405), each(302, anonymous=302), writes=True),
    "accounts:password-reset": same(PUBLIC),
    "accounts:password-reset-sent": Access(PUBLIC, each(405, anonymous=405)),
    "accounts:password-reset-confirm": same(PUBLIC),
    "accounts:password-reset-done": Access(PUBLIC, each(405, anonymous=405)),
    "accounts:password-change": same(each(200)),
    "accounts:invitation": same(PUBLIC),
    "accounts:profile": page(each(200)),
    "accounts:roles": page(each(200)),
    "accounts:view-settings": same(PUBLIC),
    "accounts:notifications": page(each(200)),
    "accounts:notifications-read": button(each(302)),
    # The notice of the walk is the coordinator's.
    "accounts:notification-open": button(each(404, coordinator=302)),
    "accounts:outbox": page(each(403, administrator=200)),
    "accounts:outbox-message": page(each(403, administrator=200)),
    # Schools and people
    "schools:list": page(NETWORK),
    "schools:detail": page(MUNICIPALITY),
    "schools:edit": same(each(403, methodist=200, administrator=404, stranger=404)),
    "schools:people": page(each(403, methodist=200, administrator=200, stranger=200)),
    "schools:person-invite": same(each(403, methodist=200, administrator=200, stranger=200)),
    # The person of the walk is a methodist: given and ended by the administrator.
    "schools:person-end": same(each(404, methodist=403, administrator=200)),
    "schools:invitation-resend": button(each(404, methodist=403, administrator=302)),
    "schools:switch": button(each(404)),
    # Partnerships
    "partnerships:list": page(NETWORK),
    "partnerships:about": page(NETWORK),
    "partnerships:detail": page(MEMBERS),
    "partnerships:create": same(METHODIST),
    "partnerships:edit": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:move": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:visit-add": same(each(404, committee=403, pair=403, methodist=200, curator=200)),
    # Roadmaps; the one of the walk is approved
    "roadmaps:list": Access(NETWORK),
    "roadmaps:create": same(each(200, chair=403, administrator=403)),
    "roadmaps:detail": Access(MEMBERS),
    "roadmaps:acquaintance": Access(
        MEMBERS, each(404, chair=403, methodist=302, pair=302), writes=True
    ),
    "roadmaps:conclusion": Access(
        MEMBERS, each(404, chair=403, methodist=200, pair=200), writes=True
    ),
    "roadmaps:due-preview": Access(MEMBERS),
    "roadmaps:row-add": same(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:move": same(each(404, committee=403, pair=403)),
    "roadmaps:event-edit": same(each(404, committee=403, pair=403, methodist=200)),
    # An empty POST names no direction.
    "roadmaps:event-move": button(each(404, chair=403, pair=403)),
    # A report waits for a decision, so nobody cancels or deletes.
    "roadmaps:event-cancel": same(each(404, committee=403, pair=403)),
    "roadmaps:event-delete": same(each(404, committee=403, pair=403)),
    # Reports; the one of the walk is the target's and waits for the methodist
    "roadmaps:mine": page(each(403, schools=200, curator=403)),
    "roadmaps:events": page(each(403, committee=200, stranger=200)),
    "roadmaps:queue": page(METHODIST),
    "roadmaps:review": page(each(404, committee=200, pair=403)),
    # A sent report is shown, not edited.
    "roadmaps:report-edit": Access(
        each(404, committee=302, pair=302),
        each(404, committee=403, pair=403, methodist=409, director=409, coordinator=409),
        writes=True,
    ),
    "roadmaps:report-detail": page(MEMBERS),
    "roadmaps:report-recall": button(
        each(404, chair=403, pair=403, methodist=302, director=302, coordinator=302)
    ),
    "roadmaps:report-take": button(each(404, committee=403, pair=403, methodist=302)),
    "roadmaps:report-confirm": button(each(404, committee=403, pair=403, methodist=302)),
    # 422: a comment is missing
    "roadmaps:report-return": button(each(404, committee=403, pair=403, methodist=422)),
    "roadmaps:report-reopen": button(each(404, committee=403, pair=403, methodist=422)),
    "roadmaps:photo": page(each(404, methodist=200, pair=200)),
    "roadmaps:photo-delete": button(each(404, methodist=403, pair=403)),
    # Documents
    "reports:list": Access(DOCUMENTS),
    "reports:create": same(DOCUMENTS),
    "reports:detail": Access(each(404, committee=200)),
    "reports:download": Access(each(404, committee=200)),
    "reports:retry": button(each(404, committee=403)),
    "reports:register": same(each(404, committee=200)),
}

#: URLs that name no object of a municipality, so nothing of a foreign one can be asked for.
#: The administrator looks after people everywhere.
SEES_FOREIGN = {
    "schools:person-end": {"administrator"},
    "schools:invitation-resend": {"administrator"},
    "accounts:notification-open": set(),
}

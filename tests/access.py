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
#: Risks of the target: its own people and the committee; of others the school is seen.
OWN_RISKS = MUNICIPALITY | dict.fromkeys(("lead_director", "curator", "lonely_director"), 403)
#: Profiles, features and infrastructure of a school are the methodist's to keep.
KEEPS_RISKS = each(403, methodist=200, administrator=404, stranger=404)
#: An object of the pair: its schools and the committee.
MEMBERS = each(404, committee=200, pair=200)
#: A team of the same schools: their people and the committee; the methodist keeps it.
OF_GROUP = MEMBERS | {"curator": 404}
KEEPS_GROUP = each(404, committee=403, pair=403, methodist=200, curator=404)
DOCUMENTS = each(403, committee=200, stranger=200)
#: A school of the municipality, to which the committee looks for a lead.
MATCHING = each(403, committee=200, administrator=404, stranger=404)
#: The methodist's own desk.
METHODIST = each(403, methodist=200, stranger=200)
PUBLIC = each(200, anonymous=200)

#: The school of the walk keeps it itself, and the methodist; everybody else sees the card.
OWN_SCHOOL = each(
    403, methodist=200, director=200, coordinator=200, administrator=404, stranger=404
)
#: Papers and requests tell of risks: other schools do not learn that there are any.
OWN_PAPERS = each(404, chair=403, methodist=200, director=200, coordinator=200)
OWN_PAPERS_DONE = each(404, chair=403, methodist=302, director=302, coordinator=302)
DONE_AT_OWN_SCHOOL = each(
    403, methodist=302, director=302, coordinator=302, administrator=404, stranger=404
)

#: A row of the municipality's own catalogue: the methodist's.
OWN_ROW = each(403, methodist=200, administrator=404, stranger=404)
DONE_WITH_OWN_ROW = each(403, methodist=302, administrator=404, stranger=404)
CATALOGUES = each(403, methodist=200, administrator=200, stranger=200)
#: The same, sent empty.
EMPTY_DAYS = each(403, methodist=422, administrator=422, stranger=422)


def shared(kind: str) -> dict[str, Access]:
    """Verbs over what the school of the walk shares: its own and the methodist's."""
    return {
        f"schools:{kind}-add": same(OWN_SCHOOL),
        f"schools:{kind}-edit": same(OWN_SCHOOL),
        f"schools:{kind}-retire": button(DONE_AT_OWN_SCHOOL),
        f"schools:{kind}-restore": button(DONE_AT_OWN_SCHOOL),
        f"schools:{kind}-delete": Access(OWN_SCHOOL, DONE_AT_OWN_SCHOOL, writes=True),
    }


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
    "schools:export": Access(NETWORK),
    "schools:columns": button(each(302, administrator=403)),
    "schools:watch": button(each(302, administrator=404, stranger=404)),
    "schools:categories-set": same(METHODIST),
    "schools:categories-end": same(METHODIST),
    # Without a moment in the address there is nothing to show or to take back.
    "schools:categories-done": Access(each(403, methodist=404, stranger=404)),
    "schools:categories-undo": button(each(403, methodist=404, stranger=404)),
    "schools:categories": page(MUNICIPALITY),
    "schools:category-end": same(each(403, methodist=200, administrator=404, stranger=404)),
    "schools:category-delete": Access(
        each(403, methodist=200, administrator=404, stranger=404),
        each(403, methodist=302, administrator=404, stranger=404),
        writes=True,
    ),
    "schools:basis-file": Access(MUNICIPALITY),
    "schools:detail": page(MUNICIPALITY),
    "schools:create": same(METHODIST),
    "schools:edit": same(each(403, methodist=200, administrator=404, stranger=404)),
    "schools:close": same(each(403, methodist=200, administrator=404, stranger=404)),
    # The school of the walk is open and stays so.
    "schools:reopen": button(each(403, methodist=302, administrator=404, stranger=404)),
    "schools:history": page(MUNICIPALITY),
    # A proposal of the school waits already: it is shown.
    "schools:propose": same(
        each(403, director=200, coordinator=200, administrator=404, stranger=404)
    ),
    "schools:proposals": page(each(200, chair=403, curator=403, administrator=403)),
    "schools:proposal": page(each(404, methodist=200, director=200, coordinator=200)),
    "schools:proposal-accept": button(each(404, methodist=302, director=403, coordinator=403)),
    "schools:proposal-refuse": same(each(404, methodist=200, director=403, coordinator=403)),
    "schools:proposal-withdraw": button(each(404, methodist=403, director=302, coordinator=302)),
    "schools:risks": page(OWN_RISKS),
    "schools:profile-compare": page(OWN_RISKS),
    "schools:profile-create": same(KEEPS_RISKS),
    "schools:profile-edit": same(KEEPS_RISKS),
    # The year of the walk has a profile: nothing is copied, and it says so.
    "schools:profile-copy": button(KEEPS_RISKS | {"methodist": 302}),
    "schools:profile-delete": Access(KEEPS_RISKS, KEEPS_RISKS | {"methodist": 302}, writes=True),
    # All that is asked of an overcome factor may be unknown.
    "schools:profile-overcome": Access(KEEPS_RISKS, KEEPS_RISKS | {"methodist": 302}, writes=True),
    "schools:infrastructure-edit": same(KEEPS_RISKS),
    "schools:features-edit": Access(KEEPS_RISKS, KEEPS_RISKS | {"methodist": 302}, writes=True),
    "schools:clusters": Access(NETWORK),
    "schools:clusters-export": Access(NETWORK),
    "schools:sharing": page(MUNICIPALITY),
    "schools:experience": page(NETWORK),
    "schools:experience-export": Access(NETWORK),
    "schools:resources": page(NETWORK),
    "schools:resources-export": Access(NETWORK),
    "schools:mentors": page(NETWORK),
    "schools:mentors-export": Access(NETWORK),
    **shared("experience"),
    **shared("resource"),
    **shared("mentor"),
    "schools:catalogues": page(CATALOGUES),
    "schools:catalogue": page(CATALOGUES),
    "schools:catalogue-add": same(CATALOGUES),
    "schools:catalogue-edit": same(OWN_ROW),
    "schools:catalogue-retire": button(OWN_ROW | {"methodist": 302}),
    "schools:catalogue-restore": button(OWN_ROW | {"methodist": 302}),
    "schools:catalogue-delete": Access(OWN_ROW, OWN_ROW | {"methodist": 302}, writes=True),
    # An empty POST names no direction.
    "schools:catalogue-move": button(OWN_ROW | {"methodist": 404}),
    "schools:people-export": Access(each(403, methodist=200, administrator=200, stranger=200)),
    "schools:people": page(each(403, methodist=200, administrator=200, stranger=200)),
    "schools:person-invite": same(each(403, methodist=200, administrator=200, stranger=200)),
    # The person of the walk is a methodist: given and ended by the administrator.
    "schools:person-end": same(each(404, methodist=403, administrator=200)),
    "schools:invitation-resend": button(each(404, methodist=403, administrator=302)),
    "schools:person-edit": same(each(404, methodist=403, administrator=200)),
    "schools:school-people": page(MUNICIPALITY),
    "schools:director-change": same(each(403, methodist=200, administrator=404, stranger=404)),
    "schools:contact-add": same(OWN_SCHOOL),
    "schools:contact-edit": same(OWN_SCHOOL),
    "schools:contact-end": same(OWN_SCHOOL),
    "schools:team-edit": same(OWN_SCHOOL),
    "schools:post-cancel": Access(OWN_SCHOOL, DONE_AT_OWN_SCHOOL, writes=True),
    # The workbook of the walk has an error in one of its rows.
    "schools:imports": Access(METHODIST),
    "schools:import-start": same(METHODIST),
    "schools:import-template": Access(METHODIST),
    "schools:import": Access(each(404, methodist=200)),
    "schools:import-marked": Access(each(404, methodist=200)),
    "schools:import-confirm": button(each(404, methodist=403)),
    "schools:import-discard": Access(
        each(404, methodist=200), each(404, methodist=302), writes=True
    ),
    "schools:import-retry": button(each(404, methodist=403)),
    "schools:papers": page(OWN_RISKS),
    "schools:paper-add": same(OWN_SCHOOL),
    "schools:paper-edit": same(OWN_PAPERS),
    "schools:paper-delete": Access(OWN_PAPERS, OWN_PAPERS_DONE, writes=True),
    "schools:paper-file": Access(each(404, committee=200, director=200, coordinator=200)),
    "schools:requests": page(each(200, curator=403, administrator=403)),
    "schools:requests-export": Access(each(200, curator=403, administrator=403)),
    "schools:request-add": same(OWN_SCHOOL),
    # The request of the walk is the school's own and waits for an answer.
    "schools:request-edit": same(OWN_PAPERS | {"methodist": 403}),
    "schools:request-delete": Access(
        OWN_PAPERS | {"methodist": 403}, OWN_PAPERS_DONE | {"methodist": 403}, writes=True
    ),
    "schools:request-answer": same(
        each(404, committee=403, methodist=200, director=403, coordinator=403)
    ),
    "schools:switch": button(each(404)),
    # Partnerships
    "partnerships:list": page(NETWORK),
    "partnerships:export": Access(NETWORK),
    "partnerships:columns": button(each(302, administrator=403)),
    # The list of schools without a partner is of those who see all partnerships.
    "partnerships:unpaired": Access(each(403, committee=200, stranger=200)),
    "partnerships:unpaired-export": Access(each(403, committee=200, stranger=200)),
    "partnerships:about": page(NETWORK),
    # The resource of the walk is the whole network's; the methodist keeps those.
    "partnerships:materials-list": Access(NETWORK),
    "partnerships:materials-export": Access(NETWORK),
    "partnerships:material-add": same(METHODIST),
    "partnerships:material-edit": same(OWN_ROW),
    "partnerships:material-retire": button(DONE_WITH_OWN_ROW),
    "partnerships:material-restore": button(DONE_WITH_OWN_ROW),
    "partnerships:material-delete": Access(OWN_ROW, DONE_WITH_OWN_ROW, writes=True),
    "partnerships:material-file": Access(MUNICIPALITY),
    "partnerships:materials": Access(MEMBERS),
    # The group of the walk is a team of the two schools of the pair; the curator is of the pair.
    "partnerships:team": Access(OF_GROUP),
    "partnerships:team-export": Access(OF_GROUP),
    "partnerships:team-add": same(KEEPS_GROUP),
    "partnerships:team-composition": button(KEEPS_GROUP | {"methodist": 302}),
    "partnerships:teammate-edit": same(KEEPS_GROUP),
    "partnerships:teammate-end": button(KEEPS_GROUP | {"methodist": 302}),
    "partnerships:teammate-delete": Access(
        KEEPS_GROUP, KEEPS_GROUP | {"methodist": 302}, writes=True
    ),
    "partnerships:partnership-materials-export": Access(MEMBERS),
    "partnerships:partnership-material-add": same(
        each(404, committee=403, pair=403, methodist=200, curator=200)
    ),
    "partnerships:network": Access(NETWORK),
    "partnerships:network-table": Access(NETWORK),
    "partnerships:network-export": Access(NETWORK),
    "partnerships:network-file": Access(NETWORK),
    # Candidates are told with risks and results of all schools.
    "partnerships:candidates": Access(MATCHING),
    "partnerships:candidates-export": Access(MATCHING),
    "partnerships:pair-decide": same(MATCHING | {"chair": 403}),
    "partnerships:pair-rules-list": Access(each(403, committee=200, stranger=200)),
    "partnerships:pair-rules-export": Access(each(403, committee=200, stranger=200)),
    "partnerships:pair-rule-remove": Access(
        each(404, chair=403, methodist=200), each(404, chair=403, methodist=302), writes=True
    ),
    "partnerships:detail": page(MEMBERS),
    "partnerships:create": same(METHODIST),
    "partnerships:history": page(MEMBERS),
    # Load tells of partnerships that schools do not see.
    "partnerships:leads": Access(each(403, committee=200, stranger=200)),
    "partnerships:leads-export": Access(each(403, committee=200, stranger=200)),
    "partnerships:lead-add": same(METHODIST),
    "partnerships:lead-terms": same(OWN_SCHOOL),
    "partnerships:network-settings": same(METHODIST),
    "partnerships:concern-list": Access(each(403, committee=200, stranger=200)),
    "partnerships:concerns-export": Access(each(403, committee=200, stranger=200)),
    "partnerships:concerns": Access(MEMBERS),
    "partnerships:concern-add": same(MEMBERS),
    # The signal of the walk is the coordinator's and about the lead school: it does not see it.
    "partnerships:concern-move": same(each(404, committee=200, coordinator=200)),
    # Agreements: everybody of the pair sees them, the methodist keeps them.
    "partnerships:agreement-list": Access(each(403, committee=200, stranger=200)),
    "partnerships:agreement-export": Access(each(403, committee=200, stranger=200)),
    "partnerships:agreements": Access(MEMBERS),
    "partnerships:agreement-scan": Access(MEMBERS),
    "partnerships:agreement-draft": Access(MEMBERS),
    "partnerships:agreement-docx": Access(MEMBERS),
    "partnerships:agreement-add": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:agreement-edit": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:agreement-supplement": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:agreement-delete": Access(
        each(404, committee=403, pair=403, methodist=200),
        each(404, committee=403, pair=403, methodist=302),
        writes=True,
    ),
    "partnerships:agreement-samples": Access(
        each(403, methodist=200, administrator=200, stranger=200)
    ),
    # The sample is the municipality's own: the administrator keeps the common ones.
    "partnerships:agreement-sample": Access(
        each(403, methodist=200, administrator=404, stranger=404)
    ),
    "partnerships:agreement-sample-copy": button(
        each(403, methodist=302, administrator=404, stranger=404)
    ),
    "partnerships:edit": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:move": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:obligations-edit": same(each(404, committee=403, pair=403, methodist=200)),
    # All members see who the curators are; the methodist assigns and ends.
    "partnerships:curators": Access(
        MEMBERS, each(404, committee=403, pair=403, methodist=200), writes=True
    ),
    "partnerships:curator-end": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:visits": Access(MEMBERS),
    "partnerships:visits-export": Access(MEMBERS),
    "partnerships:visits-list": Access(NETWORK),
    "partnerships:visits-list-export": Access(NETWORK),
    # The visit of the walk was written by the coordinator, who writes none; the target owes a step.
    "partnerships:visit-edit": same(each(404, committee=403, pair=403, methodist=200)),
    "partnerships:visit-delete": Access(
        each(404, committee=403, pair=403, methodist=200),
        each(404, committee=403, pair=403, methodist=302),
        writes=True,
    ),
    "partnerships:visit-step-done": button(
        each(404, chair=403, methodist=302, pair=302, lead_director=403)
    ),
    "partnerships:visit-add": same(each(404, committee=403, pair=403, methodist=200, curator=200)),
    # Runs of matching; the one of the walk is ready
    "partnerships:runs-list": Access(each(403, committee=200, stranger=200)),
    "partnerships:run-order": same(METHODIST),
    "partnerships:run": Access(each(404, committee=200)),
    "partnerships:run-export": Access(each(404, committee=200)),
    "partnerships:run-load": Access(each(404, committee=200)),
    "partnerships:run-load-export": Access(each(404, committee=200)),
    "partnerships:run-decide": button(each(404, chair=403, methodist=302)),
    "partnerships:run-retry": button(each(404, committee=403)),
    # Roadmaps; the one of the walk is approved
    "roadmaps:export": Access(NETWORK),
    "roadmaps:list": Access(NETWORK),
    "roadmaps:cooled": Access(each(403, committee=200, stranger=200)),
    "roadmaps:cooled-export": Access(each(403, committee=200, stranger=200)),
    "roadmaps:create": same(each(200, chair=403, administrator=403)),
    "roadmaps:detail": Access(MEMBERS),
    "roadmaps:check": Access(MEMBERS),
    "roadmaps:school-calendar": Access(each(200)),
    # An empty POST names no days.
    "roadmaps:school-calendar-add": Access(CATALOGUES, EMPTY_DAYS, writes=True),
    "roadmaps:school-calendar-copy": Access(CATALOGUES, EMPTY_DAYS, writes=True),
    "roadmaps:school-calendar-edit": Access(OWN_ROW, OWN_ROW | {"methodist": 422}, writes=True),
    "roadmaps:school-calendar-delete": Access(OWN_ROW, DONE_WITH_OWN_ROW, writes=True),
    "roadmaps:acquaintance": Access(
        MEMBERS, each(404, chair=403, methodist=302, pair=302), writes=True
    ),
    "roadmaps:conclusion": page(each(404, committee=302, pair=302)),
    "roadmaps:stages": Access(MEMBERS, each(404, chair=403, methodist=200, pair=403), writes=True),
    "roadmaps:reflection": Access(
        MEMBERS, each(404, chair=403, methodist=200, pair=200), writes=True
    ),
    "roadmaps:due-preview": Access(MEMBERS),
    "roadmaps:timeline": Access(MEMBERS),
    "roadmaps:print": Access(MEMBERS),
    "roadmaps:calendar": Access(NETWORK),
    # Public: the link is the permission. The walk's is nobody's, so it does not exist.
    "roadmaps:feed": Access(each(404, anonymous=404), each(405, anonymous=405)),
    # An empty POST names no deed.
    "roadmaps:feeds": Access(NETWORK, each(302, administrator=403), writes=True),
    # An empty POST holds no table.
    "roadmaps:exchange": Access(
        each(404, committee=403, pair=403, methodist=200),
        each(404, committee=403, pair=403, methodist=422),
        writes=True,
    ),
    "roadmaps:export-docx": Access(MEMBERS),
    "roadmaps:export-xlsx": Access(MEMBERS),
    # What was read waits for its maker, the methodist; an empty POST knows not what it saw.
    "roadmaps:draft": Access(each(404, methodist=200), each(404, methodist=302), writes=True),
    "roadmaps:draft-columns": Access(
        each(404, methodist=200), each(404, methodist=422), writes=True
    ),
    "roadmaps:draft-discard": Access(
        each(404, methodist=200), each(404, methodist=302), writes=True
    ),
    "roadmaps:row-add": same(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:move": same(each(404, committee=403, pair=403)),
    "roadmaps:event-edit": same(each(404, committee=403, pair=403, methodist=200)),
    # An empty POST names no step and no rows; a row of an approved plan does not save itself.
    "roadmaps:undo": button(each(404, chair=403, pair=403, methodist=302)),
    "roadmaps:redo": button(each(404, chair=403, pair=403, methodist=302)),
    "roadmaps:bulk": same(each(404, committee=403, pair=403, methodist=302)),
    "roadmaps:presence": button(each(404, chair=200, pair=200, methodist=200)),
    "roadmaps:autosave": button(each(404, chair=403, pair=403, methodist=403)),
    # An empty POST names no direction.
    "roadmaps:event-move": button(each(404, chair=403, pair=403)),
    # A report waits for a decision, so nobody cancels or deletes.
    "roadmaps:event-cancel": same(each(404, committee=403, pair=403)),
    "roadmaps:event-delete": same(each(404, committee=403, pair=403)),
    # An empty POST names no roadmap; the event stands in one only, so it is taken out of none.
    "roadmaps:joint": Access(MEMBERS, each(404, chair=403, methodist=422, pair=403), writes=True),
    "roadmaps:joint-remove": same(each(404, committee=403, pair=403)),
    # Ready plans and practices; those of the walk are the municipality's own
    "roadmaps:templates": Access(NETWORK),
    "roadmaps:template": Access(MUNICIPALITY),
    "roadmaps:template-add": same(METHODIST),
    "roadmaps:template-edit": same(OWN_ROW),
    "roadmaps:template-copy": button(DONE_WITH_OWN_ROW),
    "roadmaps:template-retire": button(DONE_WITH_OWN_ROW),
    "roadmaps:template-restore": button(DONE_WITH_OWN_ROW),
    "roadmaps:template-row-add": same(OWN_ROW),
    "roadmaps:template-row-edit": same(OWN_ROW),
    # An empty POST names no direction.
    "roadmaps:template-row-move": button(OWN_ROW | {"methodist": 404}),
    "roadmaps:template-row-remove": button(DONE_WITH_OWN_ROW),
    "roadmaps:practices": Access(NETWORK),
    "roadmaps:practices-export": Access(NETWORK),
    "roadmaps:practice": Access(MUNICIPALITY),
    "roadmaps:practice-edit": same(OWN_ROW),
    "roadmaps:practice-retire": button(DONE_WITH_OWN_ROW),
    "roadmaps:practice-restore": button(DONE_WITH_OWN_ROW),
    # Nobody but the methodist edits an approved roadmap, and no draft is there.
    "roadmaps:practice-insert": same(OWN_ROW),
    # Nobody has confirmed the event.
    "roadmaps:practice-add": same(each(404, committee=403, pair=403)),
    "roadmaps:as-template": same(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:from-templates": Access(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:from-template": same(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:from-roadmaps": Access(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:from-roadmap": same(each(404, committee=403, pair=403, methodist=200)),
    "roadmaps:from-practices": same(each(404, committee=403, pair=403, methodist=200)),
    # An empty POST names no step.
    "roadmaps:algorithm": Access(MEMBERS, each(404, chair=403), writes=True),
    # Agreement and changes; the roadmap of the walk is in force, its change waits for the schools.
    "roadmaps:approval": Access(MEMBERS),
    "roadmaps:answer": Access(
        each(404, committee=403, pair=403),
        # Nothing is asked of them now: told with all that was typed.
        each(404, chair=403, methodist=409, pair=409, curator=403),
        writes=True,
    ),
    "roadmaps:remark-settle": button(each(404, committee=403, pair=403, methodist=422)),
    "roadmaps:changes": Access(MEMBERS),
    "roadmaps:changes-accept": button(each(404, committee=403, pair=403, methodist=302)),
    "roadmaps:amendment-send": Access(
        each(404, committee=403, pair=403, methodist=200),
        each(404, committee=403, pair=403, methodist=422),
        writes=True,
    ),
    "roadmaps:amendment": Access(MEMBERS),
    "roadmaps:amendment-answer": Access(
        each(404, chair=403, methodist=200, pair=200, curator=403),
        each(404, chair=403, methodist=422, pair=422, curator=403),
        writes=True,
    ),
    "roadmaps:amendment-approve": Access(
        each(404, committee=200, pair=403), each(404, committee=422, pair=403), writes=True
    ),
    "roadmaps:amendment-withdraw": Access(
        each(404, chair=403, methodist=200, pair=403),
        each(404, chair=403, methodist=302, pair=403),
        writes=True,
    ),
    "roadmaps:history": Access(MEMBERS),
    # Reports; the one of the walk is the target's and waits for the methodist
    "roadmaps:mine": page(each(403, schools=200, curator=403)),
    "roadmaps:events": page(each(403, committee=200, stranger=200)),
    "roadmaps:events-export": Access(each(403, committee=200, stranger=200)),
    "roadmaps:queue-export": Access(METHODIST),
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
    "reports:export": Access(DOCUMENTS),
    "reports:list": Access(DOCUMENTS),
    "reports:create": same(DOCUMENTS),
    "reports:detail": Access(each(404, committee=200)),
    "reports:download": Access(each(404, committee=200)),
    "reports:agreement-order": button(each(404, committee=302, pair=403)),
    "reports:retry": button(each(404, committee=403)),
    "reports:register": same(each(404, committee=200)),
}

#: Who may ask for an object of another municipality: the administrator looks after people
#: everywhere.
SEES_FOREIGN = {
    "schools:person-end": {"administrator"},
    "schools:invitation-resend": {"administrator"},
    "schools:person-edit": {"administrator"},
}

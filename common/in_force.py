"""Whether a post or an assignment that lasts from `since` until `until` is in force on a day."""

from datetime import date

from django.db.models import Q


def in_force(on: date, path: str = "") -> Q:
    """Condition on rows reached by `path`; an empty end is open, both days are included."""
    begun = Q(**{f"{path}since": None}) | Q(**{f"{path}since__lte": on})
    return begun & (Q(**{f"{path}until": None}) | Q(**{f"{path}until__gte": on}))

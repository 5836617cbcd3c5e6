"""What the database says of dates of which only the year, or year and month, may be known."""

from django.db.models import F, Q


def precise(prefix: str) -> Q:
    """A day stands with a month, a month with a year."""
    year, month, day = _parts(prefix)
    return (Q(**{day: None}) | Q(**{f"{month}__isnull": False})) & (
        Q(**{month: None}) | Q(**{f"{year}__isnull": False})
    )


def not_before(later: str, earlier: str) -> Q:
    """The later date does not end before the earlier begins; what is unknown refuses nothing."""
    year, month, day = _parts(later)
    from_year, from_month, from_day = _parts(earlier)
    same_month = Q(**{month: F(from_month)}) & (
        Q(**{day: None}) | Q(**{from_day: None}) | Q(**{f"{day}__gte": F(from_day)})
    )
    same_year = Q(**{year: F(from_year)}) & (
        Q(**{month: None})
        | Q(**{from_month: None})
        | Q(**{f"{month}__gt": F(from_month)})
        | same_month
    )
    unknown = Q(**{year: None}) | Q(**{from_year: None})
    return unknown | Q(**{f"{year}__gt": F(from_year)}) | same_year


def _parts(prefix: str) -> tuple[str, str, str]:
    return f"{prefix}_year", f"{prefix}_month", f"{prefix}_day"

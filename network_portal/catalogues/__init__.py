"""Common catalogue rows that every installation starts with.

The wording of obligations, criteria and indicators is the owner's (seeds 000–004); the factor list
is that of the project «500+» (`facts.md` 1.1). All of it may be edited afterwards: loading again
adds what is missing, fills what is empty and never overwrites.
"""

from network_portal.catalogues.loading import by_code, load_catalogues

__all__ = ["by_code", "load_catalogues"]

"""Facts for `partnerships.matching`, read in a constant number of queries whatever the size."""

from partnerships.match_facts.leads import leads_of
from partnerships.match_facts.pairs import pasts_of, rules_of
from partnerships.match_facts.targets import targets_of

__all__ = ["leads_of", "pasts_of", "rules_of", "targets_of"]

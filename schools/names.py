"""School names as people write them. Pure.

«МОБУ «СОШ №3»», «СОШ№3» and «Сош N 3» are one school of a municipality (quirk 9); legal forms
are therefore left out of the key that must be unique.
"""

import re

from common.search import fold, name_key

#: Abbreviations of legal forms that may stand before a name.
LEGAL_FORMS = ("мобу", "мбоу", "маоу", "мкоу", "гбоу", "гкоу", "гоу", "моу", "мку", "чоу", "ноу")
_FORM = re.compile(rf"^(?:{'|'.join(LEGAL_FORMS)})\b\.?\s*")


def school_key(name: str) -> str:
    """Key under which two spellings of one school's name are equal.

    >>> school_key("МОБУ «СОШ № 3»") == school_key("Сош N 3")
    True
    """
    return name_key(_FORM.sub("", fold(name)))

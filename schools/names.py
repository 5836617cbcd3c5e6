"""School names as people write them. Pure.

«МОБУ «СОШ №3»», «СОШ№3» and «Сош N 3» are one school of a municipality (quirk 9); legal forms
are therefore left out of the key that must be unique.
"""

import re

from common.search import fold, name_key

#: Abbreviations of legal forms that may stand before a name.
LEGAL_FORMS = (
    *("мобу", "мбоу", "маоу", "мкоу", "моу", "мсоу", "мбсоу", "мксоу", "мку", "мбу", "мау"),
    *("гобу", "гбоу", "гаоу", "гкоу", "гоу", "гку", "гбу", "гау", "фгкоу", "фгбоу", "фгаоу"),
    *("огбоу", "огкоу", "кгбоу", "кгкоу", "чоу", "чоо", "ноу", "ано", "аноо", "оано"),
    *("мбдоу", "мадоу", "мкдоу", "мдоу", "мбудо", "маудо", "мкудо", "гбудо", "гаудо"),
    *("гбпоу", "гапоу", "гкпоу", "фгбоу во", "фгаоу во", "гаоу во", "мбу до", "мау до", "гбу до"),
)
#: Full words of a kind and the abbreviation that names the same.
KINDS = {
    "средняя общеобразовательная школа": "сош",
    "основная общеобразовательная школа": "оош",
    "начальная общеобразовательная школа": "нош",
    "открытая (сменная) общеобразовательная школа": "осош",
    "средняя школа": "сш",
}
#: Words of a query that name organisations, never their heads.
OF_ORGANISATIONS = frozenset({*LEGAL_FORMS, *KINDS.values(), "гимназия", "лицей", "школа"})
SEARCH_KEY_LENGTH = 1000

_LONGEST_FIRST = sorted(LEGAL_FORMS, key=len, reverse=True)
_FORM = re.compile(rf"^(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})\b\.?\s*")
_MIXED = re.compile(r"\b(?=\w*[а-я])(?=\w*[a-z])\w+")
#: Latin letters that look like Russian ones and stand among them.
_LOOKALIKES = str.maketrans("aceopxykmhtb", "асеорхукмнтв")
_NUMBER_WORD = re.compile(r"\b(?:номер|ном\.)\s*(?=[0-9])")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def school_key(name: str) -> str:
    """Key under which two spellings of one school's name are equal.

    >>> school_key("МОБУ «СОШ № 3»") == school_key("Сош N 3")
    True
    """
    text = _MIXED.sub(lambda word: word[0].translate(_LOOKALIKES), fold(name))
    text = _FORM.sub("", text)
    for words, short in KINDS.items():
        text = text.replace(words, short)
    return name_key(_LEADING_ZEROS.sub("", _NUMBER_WORD.sub("", text)))


def search_text(
    *, legal_form: str, short_name: str, full_name: str, number: str, settlement: str
) -> str:
    """What a search looks into, folded; with the key of the name, so that «сош3» finds too."""
    text = fold(f"{legal_form} {short_name} {full_name} {settlement}")
    number_sign = fold(f"№{number}") if number else ""
    more = "" if number_sign in text else f" {number_sign}"
    return f"{school_key(short_name)} {text}{more}"[:SEARCH_KEY_LENGTH]


def proposed_name(kind: str, number: str) -> str:
    """Short name of a numbered school: «СОШ №3». `kind` is the word for it.

    >>> proposed_name("СОШ", "3")
    'СОШ №3'
    """
    return f"{kind} №{number}"

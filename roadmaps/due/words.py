"""Text as people type it → a canonical phrase that the grammar reads.

«До 15 октября 2026 года.» becomes `до n15 m10 y2026`. Tokens: n number, r Roman numeral, m month,
y calendar year, s school year (by its first year), a comma, a dash, words of `LEXICON`, and
`?слово` for what nobody knows."""

import re
import unicodedata
from difflib import get_close_matches

from roadmaps.due import weekdays
from roadmaps.due.phrases import PHRASES, rules
from roadmaps.due.slips import mended
from roadmaps.due.span import Refusal
from roadmaps.due.wording import GENITIVE, NOMINATIVE, prepositional

# Single words; the first full match counts, an empty replacement drops the word.
LEXICON = rules(
    (r"в|во|на|весь|всего|всей|всем|течени[еи]|протяжени[еи]", ""),
    (r"срок[а-я]*|дата|начиная|текущ[а-я]+|ориентировочно|примерно|планируется", ""),
    (r"понедельник|вторник|среда|среду|четверг|пятниц[ау]|суббот[ау]|воскресенье", ""),
    (r"план|факт|исполнени[еяю]|выполнени[еяю]|проведени[еяю]|нов[а-я]+|далее|затем", ""),
    (r"wd[a-g]+|сколько|отметка", r"\g<0>"),
    (r"гиа|огэ|егэ|впр|гвэ|экзамен[а-я]*", "экзамены"),
    (r"осен(?:ь|и|ью)", "осень"),
    (r"зим(?:а|ы|ой|у)", "зима"),
    (r"весн(?:а|ы|ой|у)", "весна"),
    (r"лет(?:о|а|ом)", "лето"),
    (r"и", ","),
    (r"с|со|от", "с"),
    (r"до", "до"),
    (r"ко?", "к"),
    (r"по", "по"),
    (r"г|гг|год|года|году|годы|годов|годах|годом|року|роки", "год"),
    (r"уч|учеб|учебн[а-я]+|навчальн[а-я]+", "уч"),
    (r"календарн[а-я]+", "кал"),
    (r"кв|кварт|квартал[а-я]{0,3}", "кв"),
    (r"перв(?:ый|ая|ое|ого|ой|ом|ую)", "n1"),
    (r"втор(?:ой|ая|ое|ого|ом|ую)", "n2"),
    (r"трет(?:ий|ья|ье|ьего|ьей|ьем|ью)", "n3"),
    (r"четверт(?:ый|ая|ое|ого|ой|ом|ую)", "n4"),
    (r"последн[а-я]+", "посл"),
    (r"четв|четверт[а-я]{1,3}", "четв"),
    (r"полуг|полугод|полугоди[а-я]{1,2}", "полуг"),
    (r"кон(?:ец|ца|це|цу|цом)", "конец"),
    (r"начал[аоеу]", "начало"),
    (r"середин[а-я]{1,2}", "середина"),
    (r"половин[а-я]{1,2}", "половина"),
    (r"декад[а-я]{1,2}", "декада"),
    (r"недел[а-я]{1,2}", "неделя"),
    (r"числ[аоеу]", "числа"),
    (r"мес|месяц[а-я]{0,2}", "мес"),
    (r"вкл|включительно", "вкл"),
    (r"каникул[а-я]*", "каникулы"),
    (r"постоянно|непрерывно|регулярно|систематически|ежедневно|бессрочно", "свободно"),
    (r"свободно|нужда|период", r"\g<0>"),
    (r"еженедельно|ежемесячно|ежеквартально|почетвертно|полугодично|ежегодно", r"\g<0>"),
)

# Full names in any case and abbreviations, January first.
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        r"янв(?:ар[а-я]{1,2})?",
        r"февр?(?:ал[а-я]{1,2})?",
        r"мар(?:т[а-я]{0,2})?",
        r"апр(?:ел[а-я]{1,2})?",
        r"ма(?:й|я|е|ю|ем)",
        r"июн[а-я]{0,2}",
        r"июл[а-я]{0,2}",
        r"авг(?:уст[а-я]{0,2})?",
        r"сент?(?:ябр[а-я]{0,2})?",
        r"окт(?:ябр[а-я]{0,2})?",
        r"нояб?(?:р[а-я]{0,2})?",
        r"дек(?:абр[а-я]{0,2})?",
    )
)
# Long names are forgiven a wrong letter; «июнь» and «июль» are too near each other for that.
_LONG_FORMS = {
    form: number
    for number in range(1, 13)
    for form in (NOMINATIVE[number], GENITIVE[number], prepositional(number))
    if len(form) > 5
}

# Typists write I, V and X of either alphabet; П and Ш stand for II and III.
_AS_ROMAN = str.maketrans({"і": "i", "l": "i", "|": "i", "у": "v", "п": "ii", "ш": "iii"})
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_LOOKALIKES = str.maketrans("aceopxyktmbh", "асеорхуктмвн")

_SUFFIX = r"(?:-?(?:ый|ой|ий|ого|его|ому|ему|ая|ую|ое|ом|ем|го|му|[йяеюм])\b)?"
TOKEN = re.compile(
    rf"""
    (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
    | (?P<date>\d{{1,2}}(?P<sep>[./])\d{{1,2}}(?P=sep)\d{{2,4}}
        | \d{{1,2}}\s?(?P<gap>[.-])\s?\d{{1,2}}\s?(?P=gap)\s?\d{{4}})(?!\d)
    | (?P<school>\d{{4}}\s?[/\\]\s?(?:\d{{4}}|\d{{2}}))(?!\d)
    | (?P<month>\d{{1,2}}\.\d{{4}})(?!\d)
    | (?P<day>\d{{1,2}}[./]\d{{1,2}})(?!\d)
    | (?P<year>\d{{4}})(?!\d)
    | (?P<number>\d{{1,2}})(?!\d){_SUFFIX}
    | (?P<word>[^\W\d_]+|\|+)
    | (?P<comma>[,;+&\n])
    | (?P<dash>-)
    | (?P<rest>[\d/\\]+)
    """,
    re.VERBOSE,
)


def canonical(text: str) -> str:
    """Return the canonical phrase; Refusal for a date that cannot be written so."""
    folded = weekdays.folded(_fold(text))
    for pattern, replacement in PHRASES:
        folded = pattern.sub(replacement, folded)
    phrase = " ".join(filter(None, (_token(match) for match in TOKEN.finditer(folded))))
    phrase = _school_years(phrase)
    for pattern, replacement in TIDY:
        phrase = pattern.sub(replacement, phrase)
    return phrase.strip(" ,")


def unknown_words(phrase: str) -> list[str]:
    """The words of a canonical phrase that nobody knows."""
    return [token[1:] for token in phrase.split() if token.startswith("?")]


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    text = re.sub("[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}]", "", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    return mended(re.sub("[‐‑‒–—―−÷]", "-", text))


def _token(match: re.Match[str]) -> str:
    text = match.group()
    match match.lastgroup:
        case "iso":
            year, month, day = text.split("-")
            return _date(day, month, year)
        case "date":
            return _date(*re.split(r"\s?[./-]\s?", text))
        case "month":
            month, year = text.split(".")
            return f"m{int(month)} y{year}"
        case "day":
            return _date(*re.split("[./]", text))
        case "school":
            return _school_year(*re.split(r"\s?[/\\]\s?", text))
        case "year":
            return f"y{text}"
        case "number":
            return f"n{int(match['number'])}"
        case "word":
            return _word(text)
        case "comma":
            return ","
        case "dash":
            return "-"
    return f"?{text}"


def _date(day: str, month: str, year: str = "") -> str:
    if len(year) == 3:
        raise Refusal(f"год записан не полностью: {year}")
    if len(year) == 2:
        year = f"20{year}"
    return f"n{int(day)} m{int(month)}" + (f" y{year}" if year else "")


def _school_year(first: str, last: str) -> str:
    if not _follows(first, last):
        raise Refusal(f"учебный год {first}/{last}: второй год не следует за первым")
    return f"s{first}"


def _follows(first: str, last: str) -> bool:
    return int(last) == (int(first) + 1) % 10 ** len(last)


def _word(word: str) -> str:
    if number := _ROMAN.get(word.translate(_AS_ROMAN)):
        return f"r{number}"
    if word in ("c", "k") or re.search("[а-я]", word):
        word = word.translate(_LOOKALIKES)
    for number, pattern in enumerate(_MONTHS, start=1):
        if pattern.fullmatch(word):
            return f"m{number}"
    for pattern, replacement in LEXICON:
        if match := pattern.fullmatch(word):
            return match.expand(replacement)
    near = get_close_matches(word, _LONG_FORMS, n=1, cutoff=0.8) if len(word) > 4 else []
    return f"m{_LONG_FORMS[near[0]]}" if near else f"?{word}"


def _school_years(phrase: str) -> str:
    """«2026-27» and «2026 – 2027 учебный год» are one school year; «2022–2028 уч. годы» are two
    ends of a range."""

    def read(match: re.Match[str]) -> str:
        of_school, first, last = match[1] or match[4], match[2], match[3]
        if _follows(first, last) and (of_school or len(last) == 2):
            return f"s{first}"
        return f"s{first} - s{int(last) - 1}" if of_school and len(last) == 4 else match[0]

    phrase = re.sub(r"(\bуч год )?\by(\d{4}) - [yn](\d{4}|\d\d)(?! m)\b( уч)?", read, phrase)
    return re.sub(r"\b(s\d{4})(?: уч| год)+", r"\1", phrase)


# What the order of tokens says, over the phrase.
TIDY = rules(
    (r"\b(m\d+) мес\b", r"\1"),
    (r"^- (?=\S)", ""),  # «срок – октябрь»
    (r"^n(\d+) - (m\d+ y\d+)$", r"m\1 - \2"),  # «09-10.2026»
    (r"\b(n[12]|r[12]) половина (?=(?:уч )?год|[ys]\d)", r"\1 полуг "),
    (r"\bполуг (?:уч )?год\b", "полуг"),
    (r"\b(m\d+|кв|полуг|четв) год\b", r"\1"),  # «сентябрь текущего года»
    (
        r"^(m\d+)( y\d+)? (?:, )?((?:[nr]\d+|посл) (?:половина|декада|неделя))$",
        r"\3 \1\2",
    ),  # «сентябрь (3-я неделя)»
    (r"\b(m\d+) n(\d\d) год\b", r"\1 y20\2"),  # «сентябрь 26 г.»
    (r"\b(y\d{4})(?: кал)?(?: год)+", r"\1"),
    (r"(m\d+|кв|полуг|четв) , (?=y\d{4}(?: ,|$))", r"\1 "),  # «октябрь, 2026»
    (r"^(y\d{4}) (?:, )?((?:n\d+ )?m\d+|[nr]\d+ (?:кв|полуг))$", r"\2 \1"),
    (r"\bуч год\b", "учгод"),
    (r"\bкал год\b", "калгод"),
    (r"\bдо (.+) вкл\b", r"по \1"),
    (r" вкл\b", ""),
    (r"\b(до|к|по) середина (m\d+)", r"по n15 \2"),
    (r"(?:, )+(?=[,-] )|(?<=- ), ", ""),
    (r"\b(?:уч год|учгод) (?=s\d)", ""),
)

"""Days of the week that repeat: «по средам», «каждый вторник и четверг»."""

import re
from datetime import timedelta

from roadmaps.due.span import DAY, Span

#: Beginnings of the words, Monday first; a letter of `_LETTERS` stands for each in a phrase.
_DAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_LETTERS = "abcdefg"
_SPOKEN = (
    "понедельникам",
    "вторникам",
    "средам",
    "четвергам",
    "пятницам",
    "субботам",
    "воскресеньям",
)
_DAY = rf"(?:{'|'.join(_DAYS)})[а-я]{{0,3}}"
_WEEKLY = re.compile(
    rf"(?:\bеженед[а-я]*[ ,]*)?\b(?:по|кажд[а-я]+)\s+({_DAY}(?:(?:\s*,\s*|\s+и\s+){_DAY})*)\b"
)


def folded(text: str) -> str:
    """Write «еженедельно по средам» as a rhythm and a token of its days."""
    return _WEEKLY.sub(lambda match: f"еженедельно wd{_letters(match[1])}", text)


def _letters(words: str) -> str:
    found = {day for word in re.findall("[а-я]+", words) for day in _DAYS if word.startswith(day)}
    return "".join(_LETTERS[_DAYS.index(day)] for day in sorted(found, key=_DAYS.index))


def spoken(letters: str) -> str:
    """«еженедельно по вторникам и четвергам»."""
    words = [_SPOKEN[_LETTERS.index(letter)] for letter in letters]
    *others, last = words
    return f"еженедельно по {', '.join(others)} и {last}" if others else f"еженедельно по {last}"


def days_in(piece: Span, letters: str) -> list[Span]:
    """Those days of the week in the piece, in order."""
    wanted = {_LETTERS.index(letter) for letter in letters}
    count = (piece.ends - piece.starts) // DAY + 1
    days = (piece.starts + timedelta(days=number) for number in range(count))
    return [Span(day, day) for day in days if day.weekday() in wanted]

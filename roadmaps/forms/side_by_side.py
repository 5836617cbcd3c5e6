"""Two fillings of one form beside each other, for a person who must choose."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm, BoundField


def side_by_side(mine: BaseForm, theirs: BaseForm, but: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Every visible field as `mine` and `theirs` in words; `hidden` carries mine on.

    `but`: fields that say something of the saving, not of what is saved.
    """
    names = [field.name for field in mine.visible_fields() if field.name not in but]
    return [_both(mine[name], theirs[name]) for name in names]


def _both(mine: BoundField, theirs: BoundField) -> dict[str, Any]:
    texts = {"mine": _shown(mine), "theirs": _shown(theirs)}
    return texts | {
        "label": mine.label,
        "hidden": mine.as_hidden(),
        "differs": texts["mine"] != texts["theirs"],
    }


def _shown(field: BoundField) -> str:
    """The value of a field in words, as a person chose it."""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return "" if value is None else str(value)
    chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
    return "; ".join(
        str(label) for key, label in _flat(choices) if str(key) in chosen and key != ""
    )


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Choices with those of their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label

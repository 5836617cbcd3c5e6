"""How a person wants to see the pages: «Версия для слабовидящих» (ГОСТ Р 52872-2019)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

COOKIE = "view"

#: Legal values of each setting; the first one is what a person sees who chose nothing.
CHOICES: dict[str, dict[str, str]] = {
    "scheme": {
        "system": "Как в системе",
        "light": "Светлые",
        "dark": "Тёмные",
        "bw": "Чёрным по белому",
        "wb": "Белым по чёрному",
        "blue": "Синим по голубому",
    },
    "size": {"100": "Обычный", "150": "150 %", "200": "200 %"},
    "spacing": {"normal": "Обычное", "wide": "Широкое"},
    "images": {"on": "Показывать", "off": "Не показывать"},
}


@dataclass(frozen=True)
class View:
    """Settings that become attributes of `<html>` and the choice of the dark stylesheet."""

    scheme: str = "system"
    size: str = "100"
    spacing: str = "normal"
    images: str = "on"

    @classmethod
    def of(cls, stored: object) -> Self:
        """Read a stored mapping; an unknown setting or value falls back to the usual one."""
        if not isinstance(stored, Mapping):
            return cls()
        known = {name: str(stored.get(name)) for name in CHOICES}
        return cls(**{name: value for name, value in known.items() if value in CHOICES[name]})

    @classmethod
    def from_cookie(cls, text: str | None) -> Self:
        """Read the cookie of a person who has not signed in; a spoiled one is ignored."""
        try:
            stored: Any = json.loads(text or "{}")
        except ValueError:
            return cls()
        return cls.of(stored)

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes of `<html>`; empty for a person who chose nothing."""
        usual = View()
        chosen = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != getattr(usual, field.name)
        }
        if chosen.get("scheme") in {"light", "dark"}:
            del chosen["scheme"]
        return {f"data-{name}": value for name, value in chosen.items()}

    @property
    def dark_media(self) -> str:
        """Media query of the dark stylesheet; empty where it is not linked at all."""
        return {"system": "screen and (prefers-color-scheme: dark)", "dark": "screen"}.get(
            self.scheme, ""
        )

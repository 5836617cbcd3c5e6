"""Two people at one row: the second save is refused, and both texts are shown."""

from typing import Any


class Stale(Exception):
    """Somebody saved the row in the meantime; `current` is what the database holds now."""

    def __init__(self, current: Any) -> None:
        super().__init__("Запись уже изменили.")
        self.current = current

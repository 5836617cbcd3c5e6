"""Numbers as people write them: «1 200», «58,2»."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.russian import exact, grouped

_GROUPED = re.compile(r"^\d{1,3}(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+$")


class WholeNumber(forms.IntegerField):
    """A count; spaces may set its thousands apart. «0 5» is no number."""

    def __init__(self, *, greatest: int, least: int = 0, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "required": False,
            "widget": forms.TextInput({"inputmode": "numeric"}),
        }
        super().__init__(**usual | kwargs)
        self.least, self.greatest = least, greatest
        self.error_messages["invalid"] = f"Напишите целое число от {least} или оставьте пустым"

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value).strip()
        return super().to_python(re.sub(r"\s", "", text) if _GROUPED.match(text) else text)

    def run_validators(self, value: Any) -> None:
        if value is not None and not self.least <= value <= self.greatest:
            limits = f"от {self.least} до {grouped(self.greatest)}"
            raise ValidationError(f"Напишите целое число {limits} или оставьте пустым")
        super().run_validators(value)


class Coordinate(forms.DecimalField):
    """Degrees with a decimal comma or point, to six places."""

    PLACES = 6

    def __init__(self, *, greatest: int, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "required": False,
            "max_digits": 9,
            "decimal_places": self.PLACES,
            "widget": forms.TextInput({"inputmode": "decimal"}),
        }
        super().__init__(**usual | kwargs)
        self.greatest = greatest
        self.error_messages["invalid"] = "Напишите градусы числом, например 58,2"

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = "" if value is None else str(value).strip().replace(",", ".").replace("−", "-")
        number = super().to_python(text)
        # A map copies fifteen places; six are a hand's breadth.
        fits = number is not None and number.is_finite() and abs(number) <= self.greatest
        return round(number, self.PLACES) if number is not None and fits else number

    def run_validators(self, value: Any) -> None:
        """Range first: of a number too large «not more than three digits» would be told."""
        if value is not None and abs(value) > self.greatest:
            sentence = f"Градусы бывают от −{self.greatest} до {self.greatest}, например 58,2"
            raise ValidationError(sentence, code="outside")
        super().run_validators(value)

    def prepare_value(self, value: Any) -> Any:
        """As a person writes it: 58,2 and not 58.200000."""
        return exact(value) if isinstance(value, Decimal) else value

"""Widgets of our forms that need more than an attribute."""

from django import forms


def date_input() -> forms.DateInput:
    """The browser's own date picker; it understands ISO dates only."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")

"""What the network is, in the committee's words (R002, R004–R006)."""

from django.db import models

from partnerships.enums import StatementKind
from schools.models import CatalogueItem


class Statement(CatalogueItem):
    """A definition, a characteristic or a level of networking. The seeds' lists differ and their
    texts are cut in places, so all of it may be edited (quirks 15, 27).
    """

    kind = models.CharField("раздел", max_length=20, choices=StatementKind)
    text = models.TextField("текст", max_length=2000, blank=True)

    class Meta(CatalogueItem.Meta):
        verbose_name = "положение о сети"
        verbose_name_plural = "положения о сети"

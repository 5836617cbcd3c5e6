"""What the network is, in the committee's words (R002, R004–R006)."""

from django.db import models

from partnerships.enums import StatementKind
from schools.models import CatalogueItem


class Statement(CatalogueItem):
    """A definition, a characteristic or a level of networking. The seeds' lists differ and their
    texts are cut in places, so all of it may be edited (quirks 15, 27). `source` names the
    documents that say so, with semicolons between them: the list of each can be shown alone.
    """

    kind = models.CharField("раздел", max_length=20, choices=StatementKind)
    text = models.TextField("текст", max_length=2000, blank=True)
    source = models.CharField("из каких документов", max_length=500, blank=True)

    class Meta(CatalogueItem.Meta):
        verbose_name = "положение о сети"
        verbose_name_plural = "положения о сети"

    @property
    def sources(self) -> list[str]:
        return [name.strip() for name in self.source.split(";") if name.strip()]

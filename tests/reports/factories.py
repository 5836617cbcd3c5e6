"""Documents for tests."""

import factory

from reports.enums import DocumentKind, NetworkSection
from reports.models import Document
from tests.accounts.factories import UserFactory
from tests.schools.factories import YEAR, MunicipalityFactory


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = DocumentKind.NETWORK
    year = YEAR
    sections = factory.LazyFunction(lambda: list(NetworkSection.values))
    created_by = factory.SubFactory(UserFactory)

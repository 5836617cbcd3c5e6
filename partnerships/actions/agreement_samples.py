"""Verbs over templates of agreements that the catalogue of the lower floor does not know."""

from django.db import transaction

from partnerships.models import AgreementTemplate
from schools.actions.catalogues import save
from schools.models import Municipality


@transaction.atomic
def copy_for(*, template: AgreementTemplate, municipality: Municipality) -> AgreementTemplate:
    """Make the municipality's own template with the same text, to be edited; its own one that
    was copied before and is named alike is given back instead."""
    # Of two clicks at once the second waits here and then finds the first's row.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    name = f"{template.name} ({municipality})"[:500]
    held = AgreementTemplate.objects.filter(municipality=municipality, name=name).first()
    if held is not None:
        return held
    own = AgreementTemplate(municipality=municipality, name=name, text=template.text)
    save(row=own, links={})
    return own

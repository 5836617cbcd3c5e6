"""`{% panels "school-card" school %}`: what upper apps have to say on this page."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.engine import Engine
from django.utils.safestring import SafeString, mark_safe

from common.panels import panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: template.RequestContext, slot: str, objects: Any) -> SafeString:
    """Render the panels of a slot, one after another, for one object or many."""
    user = context.get("user") or AnonymousUser()
    engine = context.template.engine if context.template else Engine.get_default()
    rendered = []
    for panel in panels_for(slot, user, objects):
        with context.push(**panel.context):
            rendered.append(engine.get_template(panel.template).render(context))
    return mark_safe("".join(rendered))  # noqa: S308 - output of templates
